"""The shape of everything that changes something: look, and then steps."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from commands.ops.edits.records import Record
from commands.ops.errors import OperationFailed
from commands.ops.house import House

Tier = Literal["confirm", "second", "grave"]
Args = Mapping[str, Any]
TIERS: tuple[Tier, ...] = ("confirm", "second", "grave")


def strictest(*tiers: Tier) -> Tier:
    """The one of these that asks the most."""
    return max(tiers, key=TIERS.index)


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that an operation changes.

    key: what it is, unique in its plan (`row lotus.dev`, `process 4711`). identity: what must not be otherwise at
    the run (the row's text; start time and boot id; inode, size, mtime), JSON. about: what a person should see of it
    beside that; free to change (ages, rates, load). blocks: why nobody may approve a plan that has it, a sentence.
    """

    key: str
    identity: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    blocks: str = ""


@dataclass(frozen=True, slots=True)
class Did:
    """What a step did: in words, and to which rows of the registry; those `batch undo` takes back, one by one."""

    said: str
    rows: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far a step is that waits still, and all rows that it has edited so far; they are kept at once."""

    said: str
    rows: tuple[Record, ...] = ()


class PartlyDone(OperationFailed):
    """A step failed and yet did something. rows: those of the registry that it edited."""

    def __init__(self, sentence: str, rows: tuple[Record, ...]) -> None:
        super().__init__(sentence)
        self.rows = rows


class NothingDone(OperationFailed):
    """A step failed, and nothing of the whole run stands: there is nothing to take back."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a run: `act` does it and tells what it did; it raises an OpsError where it did not.

    act: None or `Waiting` where it waits for something: it is called again every second until it says what it did, or
    raises.
    abortable: the run may end cleanly before this step, and between two calls of one that waits.
    foresees: the rows that it is about to edit, written down with the intent: a run that is killed before it tells
    what it did can be taken back all the same.
    """

    title: str
    act: Callable[[], str | Did | Waiting | None]
    abortable: bool = True
    foresees: Callable[[], tuple[Record, ...]] = lambda: ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One kind of change.

    look: reads the host and returns the exact targets, in order; raises an OpsError where it cannot be done.
    locks: the named resources that are held from the claim to the end.
    steps: the work, from the targets that are left after the second look.
    undo: from the run's result to the operation and args that take it back, or None. A run whose steps tell the rows
    that they edited (`Did`) needs none: those go back row by row.
    follow_up: from house and plan's id to seconds after a good end, and the line that is then asked by itself in the
    plan's thread.
    raised: the tier that these args call for, where it is higher.
    parts: names of the operations that it is made of: what the settings ask of one of them is asked of it too.
    vanish: what it means if a target is gone at the run: skipped (the default), or the plan is stale.
    """

    name: str
    tier: Tier
    look: Callable[[House, Args], tuple[Target, ...]]
    locks: Callable[[Args, tuple[Target, ...]], tuple[str, ...]]
    steps: Callable[[House, Args, tuple[Target, ...]], Iterator[Step]]
    undo: Callable[[House, Args, tuple[Target, ...]], tuple[str, Args] | None] = (
        lambda _house, _args, _targets: None
    )
    follow_up: Callable[[House, str], tuple[float, str] | None] = lambda _house, _plan: None
    raised: Callable[[Args], Tier] = lambda _args: "confirm"
    parts: tuple[str, ...] = ()
    vanish: Literal["skip", "stale"] = "skip"
