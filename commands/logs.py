"""`batch logs wave N | host | D`: the end of a log, or what all logs say of one site."""

import click

from commands.line import Asked, line
from commands.ops.domains import named as named_domain
from commands.ops.errors import WrongUsage
from commands.ops.house import House
from commands.ops.logs import host_logs
from commands.ops.logs.host_logs import Found
from commands.ops.names import wave_number
from commands.ops.registry import registry, sites
from commands.ops.waves.log import errors_of
from commands.reply import Lines, Reply
from commands.wording.figures import count, listed
from commands.wording.wave import KINDS

LINES, MOST = 100, 500
WAVE_WORDS = 2


@line(
    "batch logs",
    summary="The end of a wave's log, of the host's, or all that the logs say of one site; secrets left out.",
    examples=("batch logs wave 5 --errors", "batch logs host -n 20", "batch logs lotus.dev"),
)
@click.argument("what", nargs=-1, metavar="WHAT", required=True)
@click.option("--errors", is_flag=True, help="Only lines that are errors.")
@click.option("-n", "most", metavar="N", type=click.IntRange(1, MOST), default=LINES, help="How many lines.")
def logs(asked: Asked, what: tuple[str, ...], most: int, *, errors: bool) -> Reply:
    """The lines, the newest last."""
    house = asked.house
    about, found = _found(house, what, most, errors=errors)
    lines = [text for one in found for text in one.lines]
    return Reply(
        "fine",
        _headline(about, lines, errors=errors),
        "info",
        facts={
            "logs": [{"path": one.path, "lines": len(one.lines)} for one in found],
            "errors": [{"kind": one.kind, "count": one.count} for one in errors_of(lines)],
        },
        parts=tuple(Lines(one.lines, one.path) for one in found if one.lines),
        problems=tuple(one.problem for one in found if one.problem),
    )


def _found(house: House, what: tuple[str, ...], most: int, *, errors: bool) -> tuple[str, tuple[Found, ...]]:
    """What was asked about, and its lines."""
    tree, machine = house.settings.tree, house.machine
    if what[0].lower() == "wave" and len(what) == WAVE_WORDS:
        wave = wave_number(what[1])
        if not wave:
            raise WrongUsage("A wave is a number from 1, like 5: batch logs wave 5.")
        path = host_logs.wave_log(tree, wave)
        return path, (host_logs.end_of(machine, path, most, errors=errors),)
    if len(what) > 1 or what[0].lower() == "wave":
        raise WrongUsage(
            "One thing has logs at a time: batch logs wave 5, batch logs host, batch logs lotus.dev."
        )
    if what[0].lower() == "host":
        return tree.batch_log, (host_logs.end_of(machine, tree.batch_log, most, errors=errors),)
    site = _site(house, what[0])
    return site, host_logs.of_site(machine, tree, site, most, errors=errors)


def _site(house: House, typed: str) -> str:
    """A site of the registry; the logs of one that has left it can be asked too, by its whole name."""
    site = named_domain(typed)
    known = registry.read(house.settings, house.machine).sites()
    near = [] if site in known else sites.nearest(site, known)
    if near:
        raise WrongUsage(f"There is no site {site}; there is {listed(near)}.")
    return site


def _headline(about: str, lines: list[str], *, errors: bool) -> str:
    kinds = ", ".join(f"{one.count} {KINDS[one.kind]}" for one in errors_of(lines))
    if not lines:
        return f"Nothing of {about}: no {'error' if errors else 'line'} in the logs."
    if errors:
        return f"{count(len(lines), 'error')} of {about}: {kinds}."
    return (
        f"{count(len(lines), 'line')} of {about}, {f'errors among them: {kinds}' if kinds else 'no error'}."
    )
