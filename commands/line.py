"""A line of the product: a click command that carries its role, its lane and its examples."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import click

from commands.ops.errors import Refusal
from commands.ops.house import House
from commands.ops.roles import Role
from commands.reply import Ask, Reply

Lane = Literal["urgent", "look", "run"]

_BELOW_ZERO = re.compile(r"-\d+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line's function is handed beside its own options."""

    ask: Ask
    house: House
    role: Role


@dataclass(frozen=True, slots=True)
class About:
    """What a line says of itself.

    summary: one sentence for `help`. examples: as one would type them. role: the lowest that may ask it.
    lane: where the bot runs it.
    """

    summary: str
    examples: tuple[str, ...]
    role: Role = Role.viewer
    lane: Lane = "look"


class Line(click.Command):
    """One line of the product; `path` is its full name, `batch status`."""

    def __init__(
        self,
        path: str,
        callback: Callable[..., Reply],
        about: About,
        params: list[click.Parameter] | None = None,
    ) -> None:
        name = path.rpartition(" ")[2]
        super().__init__(name, params=params, callback=callback, add_help_option=False)
        self._callback = callback
        self.path = path
        self.summary = about.summary
        self.examples = about.examples
        self.role = about.role
        self.lane: Lane = about.lane

    @property
    def usage(self) -> str:
        """How it is written: `batch sites [--status X]`."""
        pieces = [_piece(param) for param in self.params if not getattr(param, "hidden", False)]
        return " ".join([self.path, *pieces])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `wave -1` as a word, not as the option `-1`, so that the line itself can say what is wrong with it."""
        if "--" not in args:
            args = _numbers_last(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Reply:
        """Run it for a caller whose role allows it.

        Raises:
            Refusal: the caller's role is too low.
        """
        asked = ctx.ensure_object(Asked)
        if asked.role < self.role:
            raise Refusal(f"“{self.path}” needs the role {self.role.name}; yours is {asked.role.name}.")
        reply: Reply = ctx.invoke(self._callback, asked, **ctx.params)
        return reply


def line(
    path: str, *, summary: str, examples: tuple[str, ...], role: Role = Role.viewer, lane: Lane = "look"
) -> Callable[[Callable[..., Reply]], Line]:
    """Make a `Line` of a function and the click options written under this decorator."""

    def make(function: Callable[..., Reply]) -> Line:
        params: list[click.Parameter] = list(reversed(getattr(function, "__click_params__", [])))
        return Line(path, function, About(summary, examples, role, lane), params)

    return make


def batch_option(function: Callable[..., Reply]) -> Callable[..., Reply]:
    """`--batch NNN`, which may be left out where one batch is active."""
    return click.option("--batch", metavar="NNN", help="The batch; may be left out where one is active.")(
        function
    )


def _numbers_last(args: list[str]) -> list[str]:
    """The words with numbers below zero, where no option takes them, behind a `--`."""
    kept: list[str] = []
    numbers: list[str] = []
    for place, word in enumerate(args):
        of_option = place > 0 and args[place - 1].startswith("--") and "=" not in args[place - 1]
        (numbers if _BELOW_ZERO.fullmatch(word) and not of_option else kept).append(word)
    return [*kept, "--", *numbers] if numbers else kept


def _piece(param: click.Parameter) -> str:
    metavar = param.metavar or param.human_readable_name.upper()
    if isinstance(param, click.Option):
        text = param.opts[-1] if param.is_flag else f"{param.opts[-1]} {metavar}"
    else:
        text = f"{metavar}…" if param.nargs < 0 and "…" not in metavar else metavar
    return text if param.required else f"[{text}]"
