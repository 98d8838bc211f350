"""`relieve`: a critical disk, in one plan: hold launches, stop agents, wait for their end, clean.

Args: `by` and `reason` of the hold, text; `cleans`: the args of `clean` for each kind of leftovers that there are;
`trash`: whether verified archives have what is in the trash.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from commands.ops import hold
from commands.ops.agents import stopping
from commands.ops.disk import cleaning, disk
from commands.ops.errors import OperationFailed, OpsError, WrongUsage
from commands.ops.hold import Placed
from commands.ops.house import House
from commands.ops.operation import Args, Operation, Step, Target, Waiting, strictest
from commands.ops.operations import clean
from commands.ops.operations.clean import CLEAN
from commands.ops.operations.empty_trash import EMPTY_TRASH
from commands.ops.operations.hold import HOLD
from commands.ops.operations.stop import STOP
from commands.ops.sizes import size

PARTS = (HOLD, STOP, CLEAN, EMPTY_TRASH)
WAIT_SECONDS = 60.0  # for the end of what was told to end; what still runs then keeps what it has open


def args_of(house: House, by: str) -> Args:
    """What there is to clean as of now; what cannot be looked at is left out.

    Raises:
        WrongUsage: nothing runs, nothing can go, and launches are on hold.
    """
    cleans = [args for what in cleaning.WHATS if (args := _clean_args(house, what))]
    args = {"by": by, "reason": "the disk is critical", "cleans": cleans, "trash": bool(_trash(house))}
    held = hold.read(house.settings, house.machine)
    if held and not cleans and not args["trash"] and not STOP.look(house, args):
        raise WrongUsage("There is nothing to stop and nothing to clean: look at the ladder of “batch disk”.")
    return args


def look(house: House, args: Args) -> tuple[Target, ...]:
    """The switch, every process, every file, and every batch in the trash, as the parts bind them."""
    return (
        *HOLD.look(house, args),
        *STOP.look(house, args),
        *(target for one in args["cleans"] for target in CLEAN.look(house, one)),
        *(_trash(house) if args["trash"] else ()),
    )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """One after the other; what does not succeed keeps nothing else from being done, and is told at the end."""
    work = _Work(house, args)
    yield Step("Hold launches", work.hold)
    if processes := tuple(one for one in targets if one.key.startswith("process ")):
        yield work.going_on(next(STOP.steps(house, args, processes)))
        yield Step("Wait until none of them runs", work.wait)
    for one in args["cleans"]:
        directory = f"{cleaning.directory_of(house, one['what'])}/"
        for step in CLEAN.steps(house, one, tuple(t for t in targets if t.key.startswith(directory))):
            yield work.going_on(replace(step, title=f"{step.title} ({one['what']})"))
    for step in EMPTY_TRASH.steps(house, args, tuple(one for one in targets if "sha256" in one.identity)):
        yield work.going_on(step)
    yield Step("Look what came of it", work.tell, abortable=False)


def undo(house: House, args: Args, targets: tuple[Target, ...]) -> tuple[str, Args] | None:
    """The hold can be lifted; what was ended is started anew by a redeploy, and what was cleaned is gone."""
    return HOLD.undo(house, args, tuple(one for one in targets if one.key == "launches"))


@dataclass(slots=True)
class _Work:
    """One relief. failed: what did not succeed, each a sentence."""

    house: House
    args: Args
    failed: list[str] = field(default_factory=list)
    _until: float | None = None
    _unheld: bool = False

    def hold(self) -> str:
        """A hold that finds no room for its file is placed once there is some."""
        try:
            placed = self._place()
        except OpsError as error:
            self._unheld = True
            return f"{error.sentence} It is tried again at the end."
        if placed.fresh:
            return "Launches are on hold."
        return f"Launches were on hold already, {placed.hold.sentence}."

    def wait(self) -> str | Waiting:
        """How many still run, a minute at most."""
        now = self.house.clock.monotonic()
        self._until = self._until if self._until is not None else now + WAIT_SECONDS
        left = stopping.look(self.house)
        pids = [str(one.pid) for one in (*left.launchers, *left.agents)]
        if not pids:
            return "None of them runs."
        if now < self._until:
            return Waiting(f"{len(pids)} still run")
        self.failed.append(f"These run still, and keep what they have open: {', '.join(pids)}.")
        return self.failed[-1]

    def going_on(self, step: Step) -> Step:
        """The same step; where it fails, that is told, and the run goes on."""

        def act() -> str:
            try:
                return str(step.act())
            except OpsError as error:
                self.failed.append(error.sentence)
                return f"This did not succeed: {error.sentence}"

        return Step(step.title, act)

    def tell(self) -> str:
        """The level now.

        Raises:
            OperationFailed: not all of it succeeded.
        """
        if self._unheld:
            self._hold_again()
        now = disk.read(self.house.settings, self.house.machine)
        free = "an unknown amount is" if now.free_bytes is None else f"{size(now.free_bytes)} are"
        level = f"The disk is at {now.level}; {free} free."
        if self.failed:
            raise OperationFailed(f"{level} Not all succeeded: {' '.join(self.failed)}")
        return level

    def _hold_again(self) -> None:
        try:
            self._place()
        except OpsError as error:
            self.failed.append(error.sentence)

    def _place(self) -> Placed:
        return hold.place(self.house, str(self.args["by"]), str(self.args["reason"]))


def _clean_args(house: House, what: cleaning.What) -> Args | None:
    try:
        return clean.args_of(house, what, len(cleaning.WHATS))
    except OpsError:
        return None


def _trash(house: House) -> tuple[Target, ...]:
    """None where an archive is not what was made, or cannot be looked at: then the trash stays."""
    try:
        return EMPTY_TRASH.look(house, {})
    except OpsError:
        return ()


RELIEVE = Operation(
    "relieve",
    strictest(*(part.tier for part in PARTS)),
    look,
    lambda _args, _targets: ("disk",),
    steps,
    undo,
    parts=tuple(part.name for part in PARTS),
)
