"""`stop`: launchers and agents end, gently first; nothing new is launched unless only one wave is meant.

Args: `wave`, a number, and `batch`, a name, both of which may be None; `by` and `reason`, both text.
"""

from collections.abc import Iterator

from commands.ops.agents import stopping
from commands.ops.agents.agents import Agent
from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.machine.processes.identities import Identity
from commands.ops.machine.processes.signals import Ended, How
from commands.ops.operation import Args, Operation, Step, Target
from commands.ops.operations.hold import placing

WORDS: dict[How, str] = {
    "term": "ended when told to",
    "kill": "had to be killed",
    "gone": "had ended before",
    "replaced": "not touched, no longer the process that was meant",
    "refused": "not touched",
    "survived": "killed, and still there",
}


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Launchers, then agents, each by the identity of its process; none where none runs."""
    found = stopping.look(house, wave=args.get("wave"), batch=args.get("batch"))
    launchers = [_target(one, "launcher", found.user) for one in found.launchers]
    return (*launchers, *(_target(one, "agent", found.user) for one in found.agents))


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Signals come first, from memory; whatever is written comes after them."""
    if targets:
        meant = tuple(_identity(target) for target in targets)
        title = f"End {_counted(targets)} and what they started"
        yield Step(title, lambda: said(stopping.carry_out(house, meant)), abortable=False)
    if args.get("wave") is None:
        yield placing(house, args)
    yield Step("Look who is left", lambda: _look_again(house, args), abortable=False)


def said(ended: Ended) -> str:
    """How many ended how, and each that was not touched, with the reason."""
    counts = ended.counts()
    parts = [f"{counts[how]} {words}" for how, words in WORDS.items() if counts[how]]
    whys = [f"{ending.identity.pid}: {ending.why}" for ending in ended.endings if ending.why]
    return f"Processes: {', '.join(parts) or 'none'}.{' ' if whys else ''}{'; '.join(whys)}"


def _look_again(house: House, args: Args) -> str:
    left = stopping.look(house, wave=args.get("wave"), batch=args.get("batch"))
    pids = [str(one.pid) for one in (*left.launchers, *left.agents)]
    if pids:
        raise OperationFailed(
            f"These launchers and agents run still, or were started meanwhile: {', '.join(pids)}. Ask for a stop again."
        )
    return "None of them runs."


def _target(one: Agent, role: str, user: int) -> Target:
    identity = {
        "pid": one.pid,
        "started_ticks": one.started_ticks,
        "boot_id": one.boot_id,
        "user": user,
        "argv": list(one.argv),
    }
    about = {
        "role": role,
        "batch": one.batch,
        "wave": one.wave,
        "site": one.site,
        "age_seconds": one.age_seconds,
        "rss_bytes": one.rss_bytes,
    }
    return Target(f"process {one.pid}", identity, about)


def _identity(target: Target) -> Identity:
    meant = target.identity
    return Identity(
        meant["pid"], meant["started_ticks"], meant["boot_id"], meant["user"], tuple(meant["argv"])
    )


def _counted(targets: tuple[Target, ...]) -> str:
    roles = [target.about.get("role") for target in targets]
    counts = ((roles.count(role), role) for role in ("launcher", "agent"))
    return " and ".join(f"{count} {role}{'' if count == 1 else 's'}" for count, role in counts if count)


STOP = Operation("stop", "confirm", look, lambda _args, _targets: (), steps)
