"""`resume`: launches are allowed again. Args: `by`, text."""

from collections.abc import Iterator

from commands.ops import hold
from commands.ops.house import House
from commands.ops.operation import Args, Operation, Step, Target


def look(house: House, args: Args) -> tuple[Target, ...]:
    """The hold as it is, none where there is none; one that somebody else places meanwhile is another."""
    del args
    found = hold.read(house.settings, house.machine)
    if found is None:
        return ()
    identity = {"since": found.since.isoformat(), "text": found.text}
    return (Target("hold", identity, {"by": found.by, "reason": found.reason}),)


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Lift it, if it is there."""
    del args
    if targets:
        yield Step("Lift the hold", lambda: _lift(house))


def undo(house: House, args: Args, targets: tuple[Target, ...]) -> tuple[str, Args] | None:
    """Place the hold that was lifted anew, in the name of whoever had placed it."""
    del house
    if not targets:
        return None
    about = targets[0].about
    return "hold", {"by": about.get("by") or args.get("by"), "reason": about.get("reason")}


def _lift(house: House) -> str:
    lifted = hold.lift(house)
    if lifted is None:
        return "Launches were not on hold any more."
    return f"Launches are allowed again; the hold was {lifted.sentence}."


RESUME = Operation("resume", "confirm", look, lambda _args, _targets: (), steps, undo)
