"""A small operation to try the mechanism on: it strikes lines out of a file."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from commands.ops.errors import OperationFailed, WrongUsage
from commands.ops.house import House
from commands.ops.operation import Args, Operation, Step, Target, Tier

FILE = "strike.txt"


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Every line of the file is a target, bound to its text."""
    path = _path(house)
    if not path.exists():
        raise WrongUsage("There is no file to strike lines out of.")
    named = args.get("only")
    lines = [line.partition("=") for line in path.read_text().split()]
    return tuple(
        Target(f"line {key}", {"text": value}, {"length": len(value)})
        for key, _, value in lines
        if not named or key in named
    )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """One step a line; a line `bad` cannot be struck out."""
    del args
    for target in targets:
        yield Step(f"strike {target.key}", lambda target=target: _strike(house, target))  # type: ignore[misc]


def undo(house: House, args: Args, targets: tuple[Target, ...]) -> tuple[str, Args] | None:
    """Striking the rest, for want of a real way back."""
    del house, targets
    return ("strike", {**args, "again": True})


def operation(tier: Tier = "confirm", *locks: str) -> Operation:
    """Struck out at this tier, under these locks."""
    return Operation("strike", tier, look, lambda _args, _targets: locks, steps, undo)


def _strike(house: House, target: Target) -> str:
    key = target.key.removeprefix("line ")
    if key == "bad":
        raise OperationFailed("The line bad cannot be struck out.")
    path = _path(house)
    path.write_text(" ".join(line for line in path.read_text().split() if not line.startswith(f"{key}=")))
    with (path.parent / "struck.log").open("a") as log:
        log.write(f"{key} {hashlib.blake2b(key.encode(), digest_size=4).hexdigest()}\n")
    return f"{key} is gone"


def _path(house: House) -> Path:
    return house.settings.root / FILE
