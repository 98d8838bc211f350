"""A tool that has the displaced registry in its hands and writes to it late: its row goes in all the same."""

import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from commands.ops.edits.editing import Edited, edit
from commands.ops.edits.rewriting import SETTLE
from commands.ops.host_settings import Limits
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.host import Machine
from commands.ops.machine.writing import exchange
from commands.ops.machine.writing.staging import staged
from commands.ops.settings import OpsSettings
from tests.commands.ops import registries
from tests.commands.ops.conftest import Spawn
from tests.commands.ops.registries import S1_BECOMES_D, row, statuses

X = row("x.dev", "P")

# Opens the file to read, and does as it is told: `open` the same file, wherever its name went, to write; `write` half
# of its row; `close`.
TOOL = """
import os, sys
looking, halves = os.open(sys.argv[1], os.O_RDONLY), sys.argv[2:]
print("up", flush=True)
for word in sys.stdin:
    if word == "open\\n":
        file = os.open(f"/proc/self/fd/{looking}", os.O_WRONLY | os.O_APPEND)
    if word == "write\\n":
        os.write(file, halves.pop(0).encode())
    if word == "close\\n":
        os.close(file)
    print(word, end="", flush=True)
"""


class Tool:
    """A tool in a process of its own."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process
        self.answers("up")

    def does(self, *words: str) -> Callable[[], None]:
        """A call that lets it do so, one after the other."""

        def do() -> None:
            for word in words:
                assert self.process.stdin is not None
                self.process.stdin.write(f"{word}\n".encode())
                self.process.stdin.flush()
                self.answers(word)

        return do

    def answers(self, word: str) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == f"{word}\n".encode()


class Meanwhile(SystemClock):
    """Does one thing after the other, each at the next wait of its kind: for a `writer`, or for the `dust` to settle."""

    def __init__(self, *acts: tuple[str, Callable[[], None]]) -> None:
        self.acts = list(acts)

    def wait(self, seconds: float, until: threading.Event) -> bool:
        if self.acts and self.acts[0][0] == ("dust" if seconds >= SETTLE else "writer"):
            self.acts.pop(0)[1]()
        return super().wait(min(seconds, 0.02), until)


@pytest.fixture
def path(settings: OpsSettings) -> Path:
    return registries.written(settings, 5)


@pytest.fixture
def tool(spawn: Spawn, path: Path) -> Tool:
    return Tool(spawn(sys.executable, "-S", "-c", TOOL, str(path), X[:20], X[20:]))


def edited(settings: OpsSettings, clock: SystemClock) -> Edited:
    return edit(settings, Machine(settings.root), lambda _: (S1_BECOMES_D,), clock)


def opens_before_the_exchange(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between our reading and the exchange."""

    def staged_meanwhile(
        directory: int, name: str, data: bytes, like: int | None = None
    ) -> AbstractContextManager[int]:
        monkeypatch.undo()
        tool.does("open")()
        return staged(directory, name, data, like)

    monkeypatch.setattr(exchange, "staged", staged_meanwhile)


def assert_both_stand(settings: OpsSettings, told: Edited) -> None:
    assert (told.applied, told.merged, told.problems) == ((S1_BECOMES_D,), ("x.dev",), ())
    assert (statuses(settings)["s1.dev"], statuses(settings)["x.dev"]) == ("D", "P")
    assert {entry.name for entry in (settings.root / ".smbatcher").iterdir()} == {
        *("REGISTRY.md", "REGISTRY.md.lock", "batches")
    }


def test_one_that_opened_it_before_the_exchange_and_writes_after_it_is_waited_for(
    settings: OpsSettings, tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens_before_the_exchange(tool, monkeypatch)
    clock = Meanwhile(("writer", tool.does("write")), ("writer", tool.does("write", "close")))
    assert_both_stand(settings, edited(settings, clock))
    assert not clock.acts


def test_one_that_opens_it_only_after_the_first_look_is_seen_at_the_second(
    settings: OpsSettings, tool: Tool
) -> None:
    """As one does whose open(2) waited for our lease: it gets the old file when our first look at that is over."""
    clock = Meanwhile(("dust", tool.does("open", "write", "write", "close")))
    assert_both_stand(settings, edited(settings, clock))


def test_one_that_is_in_the_middle_at_the_second_look_is_waited_for(
    settings: OpsSettings, tool: Tool
) -> None:
    clock = Meanwhile(("dust", tool.does("open", "write")), ("writer", tool.does("write", "close")))
    assert_both_stand(settings, edited(settings, clock))


def test_one_that_has_written_half_a_row_at_the_second_look_is_looked_at_again(
    settings: OpsSettings, tool: Tool
) -> None:
    half = tool.does("open", "write", "close")
    assert_both_stand(settings, edited(settings, Meanwhile(("dust", half), ("dust", half))))


def test_one_that_has_the_first_of_many_displaced_files_is_seen_at_the_end(
    settings: OpsSettings, path: Path, tool: Tool
) -> None:
    before = path.read_bytes()

    def another_overwrites_us() -> None:
        path.write_bytes(before)

    late = tool.does("open", "write", "write", "close")
    clock = Meanwhile(("dust", another_overwrites_us), ("dust", another_overwrites_us), ("dust", late))
    told = edited(settings, clock)
    assert told.repeated == 2
    assert_both_stand(settings, told)


def test_one_that_never_closes_it_is_told(
    settings: OpsSettings, tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens_before_the_exchange(tool, monkeypatch)
    impatient = replace(settings, limits=Limits(registry_writer_seconds=0.05))
    told = edited(impatient, SystemClock())
    assert told.applied == (S1_BECOMES_D,)
    assert told.problems == (
        "Somebody still has the displaced registry open for writing; what they write now is lost.",
    )
