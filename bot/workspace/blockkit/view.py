"""Check a view: a modal, or a person's App Home.

https://docs.slack.dev/reference/views
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.workspace.blockkit.block import Surface
from bot.workspace.blockkit.blocks import each_block
from bot.workspace.blockkit.composition import plain
from bot.workspace.blockkit.problem import Problem
from bot.workspace.blockkit.rules import Flag, String
from bot.workspace.blockkit.shapes import Shape, typed
from bot.workspace.blockkit.walk import blocks_in, kind
from bot.workspace.blockkit.whole import together

View = Literal["modal", "home"]

VIEW_BYTES = 250_000
"""The whole view as JSON."""


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The blocks of a view: at least one."""

    surface: Surface

    def problems(self, value: object, path: str) -> Iterator[Problem]:
        yield from each_block(value, self.surface, path)
        if value == []:
            yield Problem(path, "must provide at least 1 items")


_ANY_VIEW = {
    "callback_id": String(255, min=0),
    "external_id": String(255, min=0),
    "private_metadata": String(3000, min=0),
}

_SHAPES: dict[View, Shape] = {
    "modal": typed(
        "modal",
        required={"title": plain(24), "blocks": _Blocks("modal")},
        optional={
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
            **_ANY_VIEW,
        },
    ),
    # Slack's own early tutorials give a home a title, which nobody sees; a submit or close it refuses.
    "home": typed("home", required={"blocks": _Blocks("home")}, optional={"title": plain(24), **_ANY_VIEW}),
}


def check_view(view: object, expected: View) -> list[Problem]:
    """Find what Slack would refuse in a view.

    Args:
        view: The decoded JSON.
        expected: `modal` for `views.open`, `push` and `update` of one, `home` for `views.publish`.

    Returns:
        All problems, with paths that begin at `view`. Their code is `invalid_arguments`, as Slack answers for
        views, or `view_too_large`.
    """
    problems = [*_SHAPES[expected].problems(view, "view")]
    if isinstance(view, dict):
        found = list(blocks_in(view.get("blocks"), "view.blocks"))
        problems += together(found, expected)
        if expected == "modal" and "submit" not in view:
            problems += [_needs_submit(block.path) for block in found if kind(block.json) == "input"]
    return [replace(problem, code="invalid_arguments") for problem in problems] or _too_large(view)


def _needs_submit(path: str) -> Problem:
    return Problem(path, "must define `submit` to use an `input` block in modals")


def _too_large(view: object) -> list[Problem]:
    size = len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
    if size <= VIEW_BYTES:
        return []
    return [Problem("view", f"the view has {size} bytes, {VIEW_BYTES} are allowed", "view_too_large")]
