"""`batch mark D… STATUS --reason …`: plan another status for sites, by hand."""

import click

from commands.line import Asked, line
from commands.ops.domains import named
from commands.ops.errors import WrongUsage
from commands.ops.host_settings import Ladder
from commands.ops.operations.mark import MARK
from commands.ops.roles import Role
from commands.planning import planned
from commands.reply import Field, Form, Reply


@line(
    "batch mark",
    role=Role.operator,
    summary="Plan another status for sites, by hand and with a reason; a Q is also told in the closure report.",
    examples=(
        "batch mark lotus.dev I --reason files are there, the status was not set",
        'batch mark lotus.dev fern.dev Q --reason "accepted, close to the deadline"',
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="D… STATUS")
@click.option(
    "--reason", metavar="…", help="Why; it is kept with the plan, and for a Q in the closure report."
)
def mark(asked: Asked, words: tuple[str, ...], reason: str | None) -> Reply:
    """Each row as it stands is in the preview, and what it becomes."""
    sites, status, rest = _told_apart(words, asked.house.settings.ladder)
    why = " ".join([reason or asked.ask.values.get("reason", ""), *rest]).strip()
    if not why:
        return _asking_why(asked, sites, status)
    args = {"marks": dict.fromkeys(sites, status), "by_hand": True}
    return planned(asked, MARK, {**args, "reason": why, "by": asked.ask.caller.name})


def _told_apart(words: tuple[str, ...], ladder: Ladder) -> tuple[list[str], str, tuple[str, ...]]:
    """The sites, the status, and what of an unquoted reason stands behind it.

    Raises:
        WrongUsage: there is no site or no status, or one is not a domain.
    """
    letters = [place for place, word in enumerate(words) if word in ladder.letters]
    at = letters[0] if letters else len(words) - 1
    if at == 0:
        letter = words[0] if letters else "Q"
        raise WrongUsage(f"Name the sites, then the status: batch mark lotus.dev {letter} --reason …")
    sites = list(dict.fromkeys(named(word) for word in words[:at]))
    return sites, words[at], words[at + 1 :]


def _asking_why(asked: Asked, sites: list[str], status: str) -> Reply:
    """A form in Slack, a sentence in the terminal; what is wrong with the line is said before anybody fills in."""
    typed = f"batch mark {' '.join(sites)} {status}"
    MARK.look(asked.house, {"marks": dict.fromkeys(sites, status)})
    if asked.ask.caller.face != "slack":
        raise WrongUsage(f"A status is set by hand with a reason: {typed} --reason …")
    field = Field("reason", f"Why is {', '.join(sites)} to be {status}?", "long")
    return Reply("fine", f"Mark {status}", audience="caller", form=Form(typed, (field,)))
