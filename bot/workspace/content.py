"""The content of messages and views as an app gives it, checked as Slack checks it."""

import random
from collections.abc import Iterator, Sequence

from bot.workspace.blockkit import (
    Problem,
    View,
    assign_ids,
    check_message,
    check_view,
    kept_text,
    slack_messages,
)
from bot.workspace.errors import ApiError
from bot.workspace.shapes import Json
from bot.workspace.shelf import Shelf
from bot.workspace.slack_files import unknown_files

_SOURCE = random.Random()  # noqa: S311  block ids guard nothing


def checked_content(given: Json, shelf: Shelf) -> Json:
    """The text, blocks and attachments of a message to be posted, each block with its ``block_id``.

    Raises:
        ApiError: ``no_text``, ``invalid_blocks``, ``msg_blocks_too_long``…: the first problem's name.
    """
    _refuse([*check_message(given), *_files(given, shelf)])
    content: Json = {"text": kept_text(given.get("text") or "")}
    if given.get("blocks"):
        content["blocks"] = assign_ids(given["blocks"], _SOURCE)
    if given.get("attachments"):
        content["attachments"] = given["attachments"]
    return content


def checked_update(given: Json, shelf: Shelf) -> Json:
    """What an edit changes: what is left out stays, an empty list (here None) takes away.

    Raises:
        ApiError: ``no_text``, ``msg_too_long``, ``invalid_blocks``…: the first problem's name.
    """
    _refuse([*check_message(given, update=True), *_files(given, shelf)])
    content: Json = {}
    for part in ("text", "blocks", "attachments"):
        if given.get(part) is not None:
            content[part] = given[part] or None
    if content.get("blocks"):
        content["blocks"] = assign_ids(content["blocks"], _SOURCE)
    if "text" in content or "blocks" in content:
        content["text"] = content.get("text") or ""
    return content


def checked_view(view: object, shelf: Shelf, expected: View = "modal") -> Json:
    """A modal or a home as an app gives it, its blocks with their ``block_id``.

    Raises:
        ApiError: ``invalid_arguments`` with every problem in ``response_metadata``, or ``view_too_large``.
    """
    _refuse([*check_view(view, expected), *unknown_files(view, shelf, "view", shared=True)])
    if not isinstance(view, dict):  # the check has refused it already; this tells the type checker
        raise ApiError("invalid_arguments")
    return {**view, "blocks": assign_ids(view["blocks"], _SOURCE)}


def _files(given: Json, shelf: Shelf) -> Iterator[Problem]:
    return unknown_files(given.get("blocks"), shelf, "blocks", shared=False)


def _refuse(problems: Sequence[Problem]) -> None:
    """Answer as Slack does: the first problem names the error, all of them are told.

    Raises:
        ApiError: there is a problem.
    """
    if not problems:
        return
    told: Json = {"response_metadata": {"messages": slack_messages(problems)}}
    if problems[0].code == "invalid_blocks":
        told["errors"] = [str(problem) for problem in problems]
    raise ApiError(problems[0].code, **told)
