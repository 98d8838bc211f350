"""The registry edited: what is applied, what is refused, what is told; and what a killed edit leaves."""

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.ops.edits import backups, rewriting
from commands.ops.edits.editing import Edited, Overwritten, edit, recover, set_status
from commands.ops.edits.rows import LineEdit, RowsChanged
from commands.ops.edits.statuses import Mark
from commands.ops.errors import NotReadable, OperationFailed, Refusal
from commands.ops.host_settings import Limits
from commands.ops.machine.clock import Clock, SystemClock
from commands.ops.machine.files import files
from commands.ops.machine.host import Machine
from commands.ops.machine.writing import exchange, moments
from commands.ops.settings import OpsSettings
from tests.commands.ops import registries
from tests.commands.ops.conftest import Spawn
from tests.commands.ops.edits import foreign_writers
from tests.commands.ops.registries import S1_BECOMES_D, row, statuses

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


@pytest.fixture
def path(settings: OpsSettings) -> Path:
    return registries.written(settings, 5)


@pytest.fixture
def before(path: Path) -> bytes:
    return path.read_bytes()


class Meanwhile(SystemClock):
    """Something happens at each of the first so many waits of ours for the dust to settle."""

    def __init__(self, act: Callable[[], object], times: int = 1) -> None:
        self.act, self.times = act, times

    def wait(self, seconds: float, until: threading.Event) -> bool:
        if seconds >= rewriting.SETTLE and self.times:
            self.times -= 1
            self.act()
        return super().wait(min(seconds, 0.02), until)


def edited(settings: OpsSettings, *edits: LineEdit, clock: SystemClock | None = None) -> Edited:
    return edit(settings, Machine(settings.root), lambda _: edits, clock or SystemClock())


def files_beside(path: Path) -> set[str]:
    return {entry.name for entry in path.parent.iterdir()} - {"batches"}


def limited(settings: OpsSettings, limits: Limits) -> OpsSettings:
    return replace(settings, limits=limits)


def test_a_status_is_set_and_the_registry_was_copied_before(
    settings: OpsSettings, path: Path, before: bytes
) -> None:
    told = set_status(settings, Machine(settings.root), {"s1.dev": Mark(row("s1.dev").strip(), "D")}, NOW)
    now = "| s1.dev | 001 | 1 | D | 2026-11-22T03:12:05Z |"
    assert path.read_bytes() == before.replace(row("s1.dev").strip().encode(), now.encode())
    assert [(done.domain, done.line) for done in told.applied] == [("s1.dev", 6)]
    assert (told.overtaken, told.repeated, told.merged, told.durable, told.problems) == ((), 0, (), True, ())
    assert told.backup is not None
    assert backups.read(settings, told.backup) == before
    assert files_beside(path) == {"REGISTRY.md", "REGISTRY.md.lock"}


def test_rows_that_changed_since_are_named_and_nothing_is_done(
    settings: OpsSettings, path: Path, before: bytes
) -> None:
    marks = {name: Mark(row(name).strip(), "D") for name in ("s1.dev", "s2.dev")}
    path.write_bytes(before.replace(b"s2.dev | 001 | 1 | i", b"s2.dev | 001 | 1 | I"))
    with pytest.raises(RowsChanged, match=r"has changed since: s2\.dev\."):
        set_status(settings, Machine(settings.root), marks, NOW)
    assert path.read_bytes() == before.replace(b"s2.dev | 001 | 1 | i", b"s2.dev | 001 | 1 | I")
    assert backups.listed(settings) == ()


def test_no_edit_writes_nothing(settings: OpsSettings, path: Path) -> None:
    inode = path.stat().st_ino
    assert edited(settings) == Edited(applied=())
    assert path.stat().st_ino == inode


def test_a_tool_that_holds_the_lock_for_long_is_told(
    settings: OpsSettings, path: Path, before: bytes
) -> None:
    with path.with_name("REGISTRY.md.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Refusal, match=r"has held the registry's lock for 0\.05 seconds: try again"):
            edited(limited(settings, Limits(registry_lock_seconds=0.05)), S1_BECOMES_D)
    assert path.read_bytes() == before


def test_a_tool_that_has_the_registry_open_for_writing_for_long_is_told(
    settings: OpsSettings, path: Path, before: bytes
) -> None:
    with path.open("ab"), pytest.raises(NotReadable, match=r"has been open for writing for 0\.05 seconds"):
        edited(limited(settings, Limits(registry_writer_seconds=0.05)), S1_BECOMES_D)
    assert path.read_bytes() == before


def test_somebody_who_only_reads_it_is_no_hindrance(settings: OpsSettings, path: Path, before: bytes) -> None:
    with path.open("rb") as reader:
        assert edited(settings, S1_BECOMES_D).problems == ()
        assert reader.read() == before


def becomes_a_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def becomes_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("make", [Path.unlink, becomes_a_directory, becomes_a_pipe])
def test_a_registry_that_is_not_there_or_no_file_is_one_sentence(
    settings: OpsSettings, path: Path, make: Callable[[Path], object]
) -> None:
    make(path)
    with pytest.raises(NotReadable, match=r"There is no registry at|is not a file"):
        edited(settings, S1_BECOMES_D)


def test_a_copy_that_cannot_be_made_stops_the_edit(settings: OpsSettings, path: Path, before: bytes) -> None:
    settings.state.mkdir()
    (settings.state / "backups").touch()
    with pytest.raises(OperationFailed, match="could not be copied"):
        edited(settings, S1_BECOMES_D)
    assert path.read_bytes() == before


class TestOthers:
    def test_an_old_copy_that_a_tool_writes_over_ours_is_mended_and_told(
        self, settings: OpsSettings, path: Path, before: bytes
    ) -> None:
        theirs = before + row("x.dev", "P").encode()
        told = edited(settings, S1_BECOMES_D, clock=Meanwhile(lambda: path.write_bytes(theirs)))
        assert (told.applied, told.repeated) == ((S1_BECOMES_D,), 1)
        assert statuses(settings)["s1.dev"] == "D"
        assert statuses(settings)["x.dev"] == "P"

    def test_a_tool_that_overwrites_us_for_ever_is_told(
        self, settings: OpsSettings, path: Path, before: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rewriting, "MOST_ROUNDS", 4)
        with pytest.raises(Overwritten, match="kept overwriting the edit: hold launches") as told:
            edited(settings, S1_BECOMES_D, clock=Meanwhile(lambda: path.write_bytes(before), times=99))
        assert told.value.edited.applied == ()
        assert told.value.edited.repeated == 3

    def test_a_row_that_somebody_else_changes_meanwhile_is_theirs(
        self, settings: OpsSettings, path: Path, before: bytes
    ) -> None:
        theirs = before.replace(b"s1.dev | 001 | 1 | i", b"s1.dev | 001 | 1 | I")
        told = edited(settings, S1_BECOMES_D, clock=Meanwhile(lambda: path.write_bytes(theirs)))
        assert (told.applied, told.overtaken) == ((), (S1_BECOMES_D,))
        assert path.read_bytes() == theirs

    def test_rows_that_come_between_reading_and_replacing_are_merged(
        self, settings: OpsSettings, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def replace_beside_an_append(
            target: Path, data: bytes, base: bytes, *, patient: bool
        ) -> exchange.Replaced:
            assert patient
            monkeypatch.undo()
            with path.open("ab") as file:
                file.write(row("x.dev", "P").encode())
            return exchange.replace(target, data, base)

        monkeypatch.setattr(rewriting, "replace", replace_beside_an_append)
        told = edited(settings, S1_BECOMES_D)
        assert (told.applied, told.merged) == ((S1_BECOMES_D,), ("x.dev",))
        assert statuses(settings)["x.dev"] == "P"

    def test_where_the_registry_changes_at_every_try_the_edit_is_made_all_the_same(
        self, settings: OpsSettings, path: Path, before: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tries: list[bool] = []

        def replace_beside_a_rewrite(
            target: Path, data: bytes, base: bytes, *, patient: bool
        ) -> exchange.Replaced:
            tries.append(patient)
            if letter := "PdDIQP"[len(tries) - 1 :][:1]:
                theirs = b"s4.dev | 001 | 1 | " + letter.encode()
                path.write_bytes(before.replace(b"s4.dev | 001 | 1 | i", theirs))
            return exchange.replace(target, data, base, patient=patient)

        monkeypatch.setattr(rewriting, "replace", replace_beside_a_rewrite)
        told = edited(settings, S1_BECOMES_D)
        assert tries[: rewriting.MOST_MOVED + 1] == [True] * rewriting.MOST_MOVED + [False]
        assert told.applied == (S1_BECOMES_D,)
        assert (statuses(settings)["s1.dev"], statuses(settings)["s4.dev"]) == ("D", "P")

    @pytest.mark.parametrize(("old_copies", "seconds"), [(0, 0.1), (1, 0.4)])
    def test_beside_careless_tools_the_dust_has_longer_to_settle(
        self, settings: OpsSettings, path: Path, before: bytes, old_copies: int, seconds: float
    ) -> None:
        waits: list[float] = []

        class Clock(Meanwhile):
            def wait(self, seconds: float, until: threading.Event) -> bool:
                waits.append(seconds)
                return super().wait(seconds, until)

        edited(settings, S1_BECOMES_D, clock=Clock(lambda: path.write_bytes(before), old_copies))
        assert waits[-1] == seconds

    def test_a_registry_that_ends_within_a_line_is_waited_for(
        self, settings: OpsSettings, path: Path, before: bytes
    ) -> None:
        """A tool that opens it anew for each piece is in the middle."""
        path.write_bytes(before + b"| x.dev | 001 ")

        class Clock(SystemClock):
            def wait(self, seconds: float, until: threading.Event) -> bool:
                if path.read_bytes().endswith(b"001 "):
                    path.write_bytes(before + row("x.dev", "P").encode())
                return super().wait(min(seconds, 0.02), until)

        edited(settings, S1_BECOMES_D, clock=Clock())
        assert (statuses(settings)["s1.dev"], statuses(settings)["x.dev"]) == ("D", "P")
        assert backups.read(settings, backups.listed(settings)[0]) == before + row("x.dev", "P").encode()

    def test_one_that_is_too_large_is_told(self, settings: OpsSettings, path: Path, before: bytes) -> None:
        with pytest.raises(NotReadable, match=r"more than the 100 we read"):
            edited(limited(settings, Limits(registry_bytes=100)), S1_BECOMES_D)
        assert path.read_bytes() == before


class TestDurability:
    @pytest.mark.usefixtures("path")
    def test_an_edit_that_cannot_be_looked_at_again_is_told_as_applied(
        self, settings: OpsSettings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        looks = iter((moments.snapshot,))

        def once(path: Path, limit_bytes: int, retries: int, seconds: float, clock: Clock) -> bytes:
            for look in looks:
                return look(path, limit_bytes, retries, seconds, clock)
            raise files.Unreadable("It cannot be read: Input/output error.")

        monkeypatch.setattr(rewriting, "snapshot", once)
        told = edited(settings, S1_BECOMES_D)
        assert told.applied == (S1_BECOMES_D,)
        assert told.problems == (
            "The edit was applied, but could not be looked at again: It cannot be read: Input/output error.",
        )
        assert statuses(settings)["s1.dev"] == "D"

    def test_an_edit_that_may_not_survive_a_power_cut_says_so(
        self, settings: OpsSettings, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(exchange, "_synced", lambda _: False)
        told = edited(settings, S1_BECOMES_D)
        assert (told.applied, told.durable) == ((S1_BECOMES_D,), False)
        assert path.exists()

    @pytest.mark.privileged
    def test_a_full_disk_changes_nothing_and_says_so(
        self, settings: OpsSettings, path: Path, before: bytes
    ) -> None:
        table = path.parent
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(table)], check=True)
        try:
            path.write_bytes(before + b"x" * 4096)
            with pytest.raises(OperationFailed, match=r"Nothing was changed: .* No space left on device"):
                edited(settings, S1_BECOMES_D)
            assert path.read_bytes() == before + b"x" * 4096
        finally:
            subprocess.run(["umount", "--lazy", str(table)], check=True)


KILLED = """
import sys
from pathlib import Path
from commands.ops.settings import OpsSettings
from tests.commands.ops.registries import marked
settings = OpsSettings(root=Path(sys.argv[1]), state=Path(sys.argv[2]))
letter = "D"
while True:
    marked(settings, {"s1.dev": letter, "s2.dev": letter})
    print("edited", flush=True)
    letter = {"D": "i", "i": "D"}[letter]
"""


class TestCutShort:
    def leave_behind(self, path: Path, before: bytes, theirs: bytes) -> None:
        """As a kill does between the exchange and the merge: what came out holds somebody's rows."""
        path.write_bytes(theirs)
        replaced = exchange.replace(path, before, before)
        assert replaced.displaced is not None
        replaced.displaced.keep()
        assert len(files_beside(path)) == 2

    def test_rows_in_a_displaced_file_go_in_with_the_next_edit(
        self, settings: OpsSettings, path: Path, before: bytes
    ) -> None:
        self.leave_behind(path, before, before + row("x.dev", "P").encode())
        told = edited(settings, S1_BECOMES_D)
        assert told.merged == ("x.dev",)
        assert (statuses(settings)["x.dev"], statuses(settings)["s1.dev"]) == ("P", "D")
        assert files_beside(path) == {"REGISTRY.md", "REGISTRY.md.lock"}

    def test_changes_in_a_displaced_file_go_in_at_the_start(
        self, settings: OpsSettings, path: Path, before: bytes
    ) -> None:
        backups.save(settings, before, NOW)
        self.leave_behind(path, before, before.replace(b"s2.dev | 001 | 1 | i", b"s2.dev | 001 | 1 | I"))
        assert recover(settings, Machine(settings.root)).merged == ("s2.dev",)
        assert statuses(settings)["s2.dev"] == "I"
        assert files_beside(path) == {"REGISTRY.md", "REGISTRY.md.lock"}

    def test_what_cannot_be_judged_any_more_is_kept_as_a_copy_and_told(
        self, settings: OpsSettings, path: Path, before: bytes
    ) -> None:
        theirs = before.replace(b"s2.dev | 001 | 1 | i", b"s2.dev | 001 | 1 | I")
        self.leave_behind(path, before, theirs)
        told = recover(settings, Machine(settings.root))
        (copy,) = backups.listed(settings)
        assert backups.read(settings, copy) == theirs
        assert told.problems == (
            f"An edit that was cut short left other rows of s2.dev: compare them in {copy.path}.",
        )
        assert path.read_bytes() == before
        assert files_beside(path) == {"REGISTRY.md", "REGISTRY.md.lock"}

    @pytest.mark.parametrize("times", [3, pytest.param(60, marks=pytest.mark.long)])
    def test_kills_beside_a_tool_that_appends_lose_none_of_its_rows(
        self, settings: OpsSettings, path: Path, spawn: Spawn, times: int
    ) -> None:
        program = foreign_writers.APPENDS_FOR_EVER
        tool = spawn(sys.executable, "-S", "-c", program, str(path), f"{path}.lock", "0", "f")
        root = Path(__file__).parents[4]
        for _ in range(times):
            child = spawn(sys.executable, "-c", KILLED, str(settings.root), str(settings.state), cwd=root)
            assert child.stdout is not None
            assert child.stdout.readline() == b"edited\n"
            child.kill()
            child.wait()
        tool.kill()
        tool.wait()
        recover(settings, Machine(settings.root))
        found = statuses(settings)
        added = [int(name[1:-4]) for name in found if name.startswith("f")]
        assert sorted(added) == list(range(len(added)))
        assert len(found) == 5 + len(added)
        assert files_beside(path) == {"REGISTRY.md", "REGISTRY.md.lock"}
