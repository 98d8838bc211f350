"""`hold`: nothing new is launched; agents that run finish. Args: `by` and `reason`, both text."""

from collections.abc import Iterator

from commands.ops import hold
from commands.ops.house import House
from commands.ops.operation import Args, Operation, Step, Target


def look(house: House, args: Args) -> tuple[Target, ...]:
    """The one switch. A hold that is there is no obstacle: whoever asks gets what they want."""
    del args
    found = hold.read(house.settings, house.machine)
    return (Target("launches", about={"held": found is not None}),)


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Place it."""
    del targets
    yield placing(house, args)


def placing(house: House, args: Args) -> Step:
    """The step that holds launches, for `stop` too."""

    def act() -> str:
        placed = hold.place(house, str(args.get("by") or "Wavewarden"), str(args.get("reason") or ""))
        return (
            "Launches are on hold."
            if placed.fresh
            else f"Launches were on hold already, {placed.hold.sentence}."
        )

    return Step("Hold launches", act)


def undo(house: House, args: Args, targets: tuple[Target, ...]) -> tuple[str, Args] | None:
    """Lift it, if it was not there before."""
    del house
    placed = any(not target.about.get("held") for target in targets)
    return ("resume", {"by": args.get("by")}) if placed else None


HOLD = Operation("hold", "confirm", look, lambda _args, _targets: (), steps, undo)
