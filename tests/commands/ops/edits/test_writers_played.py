"""Edits beside tools that write at the same moment, played step by step: nothing is lost, and it is told what became.

One tool writes at a time: two that do not take the lock lose each other's rows with us or without. Whoever writes back
a copy that is older than the end of an edit takes back what was done since, as on any host; nothing else may be lost.
A row that tools change and change back while one edit goes on looks like such a copy: either of the two may stand.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings as hypothesis_settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from commands.ops.edits import rewriting
from commands.ops.edits.editing import Edited, Overwritten, edit, recover
from commands.ops.edits.rows import Edits
from commands.ops.edits.statuses import Mark, row_text, status_edits
from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.machine.host import Machine
from commands.ops.machine.writing import exchange, successor
from commands.ops.registry.registry import Registry
from commands.ops.settings import OpsSettings
from tests.clocks import MovedClock
from tests.commands.ops import registries
from tests.commands.ops.edits import played_writers
from tests.commands.ops.edits.played_writers import Steps

OURS, THEIRS = 4, 3
LONG_AGO = datetime(
    2000, 1, 1, tzinfo=UTC
)  # files look newer than now, so only the moved clock says how long they rest
Rows = dict[str, str]


@dataclass(slots=True)
class Tool:
    """A tool in the middle of its work.

    copy: the rows it read and will write back; size: of what it read, in bytes. read_in: the edit it read beside. told_lost: an edit has said that what
    it writes to the displaced file is lost.
    """

    steps: Steps
    site: str
    letter: str
    copies: bool
    copy: Rows | None = None
    size: int = 0
    read_in: int = 0
    told_lost: bool = False


class PlayedClock(MovedClock):
    """While we wait, the tools go on."""

    def __init__(self, meanwhile: Callable[[], None], all_done: Callable[[], None]) -> None:
        super().__init__()
        self.at = LONG_AGO
        self.meanwhile, self.all_done = meanwhile, all_done

    def wait(self, seconds: float, until: object) -> bool:
        if seconds > 1:  # for the lock, which a thread waits for in the kernel
            self.all_done()
            return until.wait(30)  # type: ignore[attr-defined, no-any-return]
        self.meanwhile()
        return super().wait(seconds, until)  # type: ignore[arg-type]


TOOL = st.tuples(st.sampled_from(played_writers.ALL), st.integers(0, THEIRS + 1), st.sampled_from("PdDiIQ"))
PACES = st.lists(st.integers(0, 4), max_size=40)


class Beside(RuleBasedStateMachine):
    """A registry, what every site's row must say, and a tool or none."""

    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp())
        self.settings = OpsSettings(root=self.directory / "host", state=self.directory / "state")
        (self.settings.root / ".smbatcher").mkdir(parents=True)
        self.path = registries.written(self.settings, OURS)
        with self.path.open("a") as file:
            file.writelines(registries.row(f"t{n}.dev", "P") for n in range(THEIRS))
        self.rows = self.now()
        self.tool: Tool | None = None
        self.waiting: list[tuple[Callable[[Path, bytes], Steps], int, str]] = []
        self.paces: list[int] = []
        self.edits = 0
        self.editing = False
        self.old_copies: list[Rows] = []
        self.been: dict[str, list[str]] = {}

    def now(self) -> Rows:
        """Each site's letters, as they stand in the file."""
        found: Rows = {}
        for line in self.path.read_text().splitlines()[4:]:
            cells = [cell.strip() for cell in line.split("|")]
            found[cells[1]] = found.get(cells[1], "") + cells[4]
        return found

    def coming(self) -> Rows:
        """The same; of a file that a tool has emptied and is writing anew, what it is going to hold."""
        tool = self.tool
        if tool is not None and tool.copy is not None and self.path.stat().st_size < tool.size:
            return tool.copy
        return self.now()

    # What the tools do.

    @precondition(lambda self: self.tool is None)
    @rule(tool=TOOL)
    def a_tool_begins(self, tool: tuple[Callable[[Path, bytes], Steps], int, str]) -> None:
        make, number, letter = tool
        if make in (played_writers.appends, played_writers.appends_in_halves):
            number = len(self.rows)  # who only appends has a new site each time
        site = f"t{number}.dev"
        line = registries.row(site, letter).encode()
        copies = make in (played_writers.renames, played_writers.truncates)
        self.tool = Tool(make(self.path, line), site, letter, copies)

    @precondition(lambda self: self.tool is not None)
    @rule(steps=st.integers(1, 4))
    def it_goes_on(self, steps: int) -> None:
        for _ in range(steps):
            self.step()

    def step(self) -> None:
        tool = self.tool
        if tool is None:
            return
        if tool.copies and tool.copy is None:
            tool.copy, tool.size, tool.read_in = self.now(), self.path.stat().st_size, self.edits
        try:
            next(tool.steps)
        except StopIteration:
            self.tool = None
            self.is_done(tool)

    def is_done(self, tool: Tool) -> None:
        """Its row counts from now on; where its copy was old, so does what it has taken back."""
        is_old = tool.copy is not None and (tool.read_in != self.edits or not self.editing)
        if tool.copy is not None and is_old and tool.copy != self.rows:
            if self.editing:
                self.old_copies.append(tool.copy)
            else:
                self.take_back(tool.copy)
        if self.editing:
            self.been.setdefault(tool.site, [self.rows.get(tool.site, "")]).append(tool.letter)
        self.rows[tool.site] = tool.letter
        if tool.told_lost:
            self.lose(tool)

    def lose(self, tool: Tool) -> None:
        """What was said to be lost: its own row, and rows that stood in its hands alone."""
        found = self.now()
        alone = {site for site, letters in (tool.copy or {}).items() if found.get(site) != letters}
        for site in {tool.site, *alone}:
            self.take_back({**self.rows, site: found.get(site, "")})

    def take_back(self, copy: Rows) -> None:
        """Each site's row may be as it was in the copy; which it is the file tells."""
        found = self.coming()
        for site in list(self.rows):
            if found.get(site, "") == copy.get(site, ""):
                self.rows[site] = copy.get(site, "")
        self.rows = {site: letters for site, letters in self.rows.items() if letters}

    def meanwhile(self) -> None:
        """A moment of an edit at which others may do something."""
        for _ in range(self.paces.pop(0) if self.paces else 0):
            if self.tool is None and self.waiting:
                self.a_tool_begins_now(self.waiting.pop(0))
            self.step()

    def a_tool_begins_now(self, tool: tuple[Callable[[Path, bytes], Steps], int, str]) -> None:
        Beside.a_tool_begins.hypothesis_stateful_rule.function(self, tool)  # type: ignore[attr-defined]

    def all_done(self) -> None:
        while self.tool is not None:
            self.step()

    # What we do.

    @rule(
        letters=st.dictionaries(st.integers(0, OURS - 1), st.sampled_from("dDiIQ"), min_size=1),
        paces=PACES,
        waiting=st.lists(TOOL, max_size=3),
    )
    def we_edit(
        self,
        letters: dict[int, str],
        paces: list[int],
        waiting: list[tuple[Callable[[Path, bytes], Steps], int, str]],
    ) -> None:
        self.paces, self.waiting = paces, waiting
        wanted = {f"s{number}.dev": letter for number, letter in letters.items()}
        self.edits += 1
        self.editing, self.old_copies, self.been = True, [], {}
        with played(self.meanwhile):
            told = self.edited(wanted)
        self.editing = False
        self.judge(wanted, told)

    def edited(self, letters: Mapping[str, str]) -> Edited | None:
        """None where the file was in somebody's hands all the time: nothing was done."""

        def change(found: Registry) -> Edits:
            sites = found.sites()
            marks = {site: Mark(row_text(sites[site][0]), letters[site]) for site in letters if site in sites}
            return status_edits(found, marks, LONG_AGO)

        clock = PlayedClock(self.meanwhile, self.all_done)
        try:
            return edit(self.settings, Machine(self.settings.root), change, clock)
        except Overwritten as error:
            return error.edited
        except (NotReadable, OperationFailed) as error:
            if self.tool is None or "open for writing for 5 seconds" not in error.sentence:
                raise
            return None

    def judge(self, wanted: Mapping[str, str], told: Edited | None) -> None:
        old_copy = bool(self.old_copies)
        if told is not None:
            for done in told.applied:
                self.rows[done.domain] = wanted[done.domain]
            assert not told.overtaken or old_copy
            assert not told.problems or old_copy or self.tool is not None, told.problems
            if self.tool and any("what they write now is lost" in problem for problem in told.problems):
                assert not self.paces, "it was waited for as long as it did anything"
                self.tool.told_lost = True
        for copy in self.old_copies:
            self.take_back(copy)
        for site, letters in self.been.items():
            if letters[-1] in letters[:-1]:
                for letter in letters:
                    self.take_back({**self.rows, site: letter})
        if self.tool is None:
            assert self.now() == self.rows
            assert {entry.name for entry in self.path.parent.iterdir()} <= {"REGISTRY.md", "REGISTRY.md.lock"}

    @precondition(lambda self: self.tool is None)
    @rule()
    def nobody_writes(self) -> None:
        assert self.now() == self.rows

    def teardown(self) -> None:
        self.all_done()
        recover(self.settings, Machine(self.settings.root), PlayedClock(lambda: None, lambda: None))
        assert self.now() == self.rows
        shutil.rmtree(self.directory)


@contextmanager
def played(meanwhile: Callable[[], None]) -> Iterator[None]:
    """Others get their turn around each thing that an edit does to the file."""
    patch = pytest.MonkeyPatch()

    def around(module: object, name: str) -> None:
        real = getattr(module, name)

        def call(*given: object, **named: object) -> object:
            meanwhile()
            made = real(*given, **named)
            meanwhile()
            return made

        patch.setattr(module, name, call)

    around(rewriting, "snapshot")
    around(rewriting, "replace")
    around(exchange, "staged")
    around(successor, "exchange_names")
    patch.setattr(successor, "time", SimpleNamespace(sleep=lambda _: meanwhile()))
    try:
        yield
    finally:
        patch.undo()


@pytest.mark.parametrize("examples", [40, pytest.param(200, marks=pytest.mark.long)])
def test_nothing_is_lost_whatever_tools_do_beside_us(examples: int) -> None:
    wanted = hypothesis_settings(
        max_examples=examples,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(Beside, settings=wanted)
