"""One finalization, step by step: the tool called, followed in the registry to its end, and the batch compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from commands.ops.agents.agents import agents_user
from commands.ops.edits import foresight
from commands.ops.edits.lines import difference
from commands.ops.edits.records import Record, records_of
from commands.ops.edits.rows import Edits
from commands.ops.edits.statuses import Mark, row_text, status_edits
from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.finalization import finalization
from commands.ops.finalization.traces import TASK
from commands.ops.house import House
from commands.ops.launches.launching import ToolRun, last_lines, run_tool
from commands.ops.machine.launches import launch_records
from commands.ops.machine.launches.launch_records import Outcome
from commands.ops.machine.processes import identities, signals
from commands.ops.operation import Did, PartlyDone, Waiting
from commands.ops.registry import registry
from commands.ops.registry.line_list import split
from commands.ops.registry.registry import Registry
from commands.ops.registry.sites import listed

LAST_LINES = 5


@dataclass(slots=True)
class Finishing:
    """One call of the tool for a batch. sites: those that are to be finalized."""

    house: House
    batch: str
    words: tuple[str, ...]
    sites: Sequence[str]
    _ran: ToolRun | None = None
    _first: bytes = b""
    _last: bytes = b""
    _moved_at: float = 0.0
    _statuses: dict[str, str] = field(default_factory=dict)
    _own: set[bytes] = field(default_factory=set)
    _rows: tuple[Record, ...] = ()
    _foreseen: tuple[Record, ...] = ()
    _told_to_end: bool = False

    def foresee(self) -> tuple[Record, ...]:
        """Every site's row with its new letter: what takes back what the tool does when we are gone."""
        self._foreseen = foresight.of_edits(self.house, self._edits)
        return self._foreseen

    def still_foreseen(self) -> tuple[Record, ...]:
        """The rows that have moved as they are, and those that have not as they will be."""
        moved = {one.site for one in self._rows}
        return (*self._rows, *(one for one in self._foreseen if one.site not in moved))

    def _edits(self, table: Registry) -> Edits:
        rows, letter = table.sites(self.batch), self.house.settings.ladder.finalized
        marks = {site: Mark(row_text(rows[site][0]), letter) for site in self.sites if site in rows}
        return status_edits(table, marks, self.house.clock.now())

    def call(self) -> str:
        """Start the tool; it outlives us.

        Raises:
            OperationFailed: it was not started.
            NotReadable: the registry cannot be read.
        """
        table = registry.read(self.house.settings, self.house.machine)
        self._first = self._last = table.data()
        self._own = {domain.encode() for domain in table.sites(self.batch)}
        self._moved_at = self.house.clock.monotonic()
        self._ran = run_tool(self.house, self.words, {"batch": self.batch, "task": TASK}, wait_seconds=0)
        tool = self._ran.launched.tool
        return f"{self.words[0]} was called{f' as process {tool.pid}' if tool else ''}; it goes on without us"

    def follow(self) -> Did | Waiting:
        """How many sites are finalized by now; at the tool's end, how it ended.

        Raises:
            PartlyDone: it failed, or changed nothing for too long and was ended.
        """
        outcome = self._outcome()
        unreadable = self._look()
        if outcome.state == "running":
            if self._is_idle():
                self._end()
            return Waiting(unreadable or self._progress(), self.still_foreseen())
        if outcome.bad or unreadable:
            raise PartlyDone(self._failed(outcome, unreadable), self._rows)
        return Did(f"{self.words[0]} {outcome}; {self._progress()}", self._rows)

    def compare(self) -> str:
        """Whether every site that should be there is finalized.

        Raises:
            OperationFailed: some are not; they are named.
        """
        found = finalization.look(self.house, self.batch)
        left = [row.domain for row in found.rows if row.status != found.ladder.finalized]
        letter = found.ladder.finalized
        wrong = [
            *([f"expected sites are lost: {listed(found.lost)}"] if found.lost else []),
            *([f"sites are not at {letter}: {listed(left)}"] if left else []),
            *(["the registry is damaged"] if found.verdict == "corrupted" else []),
        ]
        if wrong:
            raise OperationFailed(
                f"The tool ended well, and yet {'; '.join(wrong)}. Look with “batch finalize {self.batch}”."
            )
        of = "all expected sites" if found.expected.source != "unknown" else "all its sites"
        return f"Batch {self.batch} is finalized: {of}, {found.total}, are at {letter}."

    def _look(self) -> str:
        """See how the batch's rows stand, and which have changed since the call; why they cannot be read."""
        try:
            table = registry.read(self.house.settings, self.house.machine)
        except NotReadable as error:
            return error.sentence
        data = table.data()
        self._statuses = {site: table.status_of(rows) for site, rows in table.sites(self.batch).items()}
        if data != self._last:
            self._last, self._moved_at = data, self.house.clock.monotonic()
            changes = [one for one in difference(self._first, data) if one.key in self._own]
            self._rows = records_of(changes, split(self._first))
        return ""

    def _progress(self) -> str:
        letter = self.house.settings.ladder.finalized
        done = sum(self._statuses.get(site) == letter for site in self.sites)
        return f"{done} of {len(self.sites)} sites are at {letter}"

    def _failed(self, outcome: Outcome, unreadable: str) -> str:
        """How it ended, what it said last, what is done and what is left."""
        printed = last_lines(self._called.launched, LAST_LINES)
        said = " / ".join(line.strip() for line in printed if line.strip())
        idle = self.house.settings.limits.finalize_idle_seconds
        hung = f" had changed nothing for {idle:g} s and was told to end; it" if self._told_to_end else ""
        letter = self.house.settings.ladder.finalized
        left = [site for site in self.sites if self._statuses.get(site) != letter]
        parts = [
            f"{self.words[0]}{hung} {outcome}{f': {said}' if said else ''}.",
            unreadable or f"{self._progress()}{f'; left are {listed(left)}' if left else ''}.",
            f"Look with “batch finalize {self.batch}”; what was done can be taken back.",
        ]
        return " ".join(parts)

    @property
    def _called(self) -> ToolRun:
        if self._ran is None:
            raise RuntimeError("a tool is followed only after it was called")
        return self._ran

    def _outcome(self) -> Outcome:
        return launch_records.outcome(self._called.launched)

    def _is_idle(self) -> bool:
        passed = self.house.clock.monotonic() - self._moved_at
        return passed >= self.house.settings.limits.finalize_idle_seconds

    def _end(self) -> None:
        """End a tool that hangs, and what it started: it may hold the registry's lock, and keep everybody out.

        Raises:
            PartlyDone: it was told to end already, or it cannot be told.
        """
        house, tool = self.house, self._called.launched.tool
        now = identities.at(house.machine.proc, tool.pid) if tool else None
        # Its words may be others than when it was first seen: a script hands on to another program.
        same = tool and now and (now.started_ticks, now.boot_id) == (tool.started_ticks, tool.boot_id)
        if self._told_to_end or not same or now is None:
            raise PartlyDone(
                self._failed(self._outcome(), "It hangs, and cannot be ended from here."), self._rows
            )
        self._told_to_end, self._moved_at = True, house.clock.monotonic()
        signals.end(
            identities.trees(house.machine.proc, (now,)),
            user=agents_user(house.settings, house.machine),
            grace_seconds=house.settings.agents.grace_seconds,
            proc=house.machine.proc,
        )
