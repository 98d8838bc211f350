"""`batch stop [wave N]`: holds launches at once, and ends agents after one more click."""

import click

from commands.deed import written
from commands.line import Asked, batch_option, line
from commands.ops import hold
from commands.ops.agents import stopping
from commands.ops.agents.stopping import Stoppable
from commands.ops.errors import OpsError
from commands.ops.house import House
from commands.ops.names import batch_name
from commands.ops.operations.stop import said
from commands.ops.roles import Role
from commands.reply import Confirm, Part, Proposal, Reply, Size, Span, Table
from commands.wording.figures import count


@line(
    "batch stop",
    summary="Hold launches now, and offer the button that ends the running agents; --now ends them without asking.",
    examples=("batch stop", "batch stop wave 5", "batch stop wave 5 --now"),
    role=Role.operator,
    lane="urgent",
)
@click.argument("what", nargs=-1, metavar="[wave N]")
@batch_option
@click.option("--now", is_flag=True, help="End them now, gently first.")
def stop(asked: Asked, what: tuple[str, ...], batch: str | None, *, now: bool) -> Reply:
    """Signals come first, from memory; everything that is written comes after them."""
    wave = _wave(what)
    house = asked.house
    named = batch_name(batch) if batch else None
    found = stopping.look(house, wave=wave, batch=named)
    if asked.ask.dry_run:
        return _offer(found, _line(wave, named), (), "This would hold all launches")
    if now:
        return _end(asked, found, wave, named)
    held = _hold(house, asked.ask.caller.name, "stop asked")
    problems = (*held, *written(asked, "stop asked", wave=wave, batch=named))
    return _offer(found, _line(wave, named), problems, "Launches are on hold")


def _end(asked: Asked, found: Stoppable, wave: int | None, batch: str | None) -> Reply:
    meant = tuple(stopping.identity_of(one, found.user) for one in (*found.launchers, *found.agents))
    ended = stopping.carry_out(asked.house, meant)
    held = _hold(asked.house, asked.ask.caller.name, "stopped") if wave is None else ()
    happened = said(ended)
    noted = written(asked, "stopped", wave=wave, batch=batch, happened=happened)
    problems = (*found.problems, *held, *noted)
    left = stopping.look(asked.house, wave=wave, batch=batch)
    still = len(left.agents) + len(left.launchers)
    headline = (
        f"{count(still, 'process', 'processes')} still there after the stop: ask for it again."
        if still
        else "Stopped: no agent of these runs any more."
    )
    return Reply(
        "trouble" if still else "fine",
        f"{headline} {happened}",
        "critical" if still else "warning",
        facts={"agents": len(left.agents), "launchers": len(left.launchers), "ended": happened},
        proposals=(Proposal("Show status", "batch status"), Proposal("Resume", "batch resume")),
        problems=problems,
    )


def _offer(found: Stoppable, line: str, problems: tuple[str, ...], done: str) -> Reply:
    agents, launchers = len(found.agents), len(found.launchers)
    if not agents and not launchers:
        return Reply("fine", f"{done}; no agent runs.", "warning", facts={"agents": 0}, problems=problems)
    what = f"{count(agents, 'agent')} and {count(launchers, 'launcher')}"
    confirm = Confirm(
        "End them now?",
        f"{what} are told to end; what they have not finished stays in progress.",
        "Stop them",
        "Let them finish",
    )
    return Reply(
        "fine",
        f"{done}; {what} still run. Press Stop to end them.",
        "warning",
        facts={"agents": agents, "launchers": launchers, "left_out": len(found.left_out)},
        parts=(_table(found),),
        proposals=(
            Proposal(f"Stop {count(agents, 'agent')}", line, "confirm", confirm=confirm),
            Proposal("Resume", "batch resume"),
        ),
        problems=(*problems, *found.problems),
    )


def _table(found: Stoppable) -> Part:
    rows = tuple(
        (
            role,
            str(one.pid),
            one.batch or "",
            "" if one.wave is None else str(one.wave),
            Span(one.age_seconds),
            Size(one.rss_bytes),
        )
        for role, ones in (
            ("launcher", found.launchers),
            ("agent", found.agents),
            ("left out", found.left_out),
        )
        for one in ones
    )
    return Table(("Role", "PID", "Batch", "Wave", "Age", "Memory"), rows, "Who would be ended")


def _hold(house: House, by: str, reason: str) -> tuple[str, ...]:
    """A hold that cannot be placed keeps nobody from stopping."""
    try:
        hold.place(house, by, reason)
    except OpsError as error:
        return (f"Launches could not be held: {error.sentence}",)
    return ()


def _line(wave: int | None, batch: str | None) -> str:
    return " ".join(
        ["batch stop", *([f"wave {wave}"] if wave else []), *([f"--batch {batch}"] if batch else []), "--now"]
    )


def _wave(what: tuple[str, ...]) -> int | None:
    if not what:
        return None
    word, *numbers = what
    if (
        word.lower() == "wave"
        and len(numbers) == 1
        and numbers[0].isascii()
        and numbers[0].isdigit()
        and int(numbers[0])
    ):
        return int(numbers[0])
    raise click.UsageError("It is written “batch stop” or “batch stop wave 5”.")
