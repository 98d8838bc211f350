"""Tools that write to the registry at the same moment, with or without its lock: nobody's row is lost."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import pytest

from commands.ops.edits.editing import Edited
from commands.ops.settings import OpsSettings
from tests.commands.ops import registries
from tests.commands.ops.conftest import Spawn
from tests.commands.ops.edits import foreign_writers
from tests.commands.ops.registries import marked, replaced, statuses

SITES = 20
Tool = Callable[[str, int, str], subprocess.Popen[bytes]]
Way = Callable[[OpsSettings, Mapping[str, str]], Edited]


@pytest.fixture
def path(settings: OpsSettings) -> Path:
    return registries.written(settings, SITES)


KEPT = "is kept, and goes in with the next edit"


@pytest.fixture
def tool(spawn: Spawn, path: Path) -> Tool:
    """Start a tool; its first row is in when this returns."""

    def start(kind: str, rows: int, name: str) -> subprocess.Popen[bytes]:
        program = foreign_writers.ALL[kind]
        process = spawn(sys.executable, "-S", "-c", program, str(path), f"{path}.lock", str(rows), name)
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        return process

    return start


def edit_beside(
    settings: OpsSettings, tools: list[subprocess.Popen[bytes]], way: Way = marked
) -> dict[str, str]:
    """Set one site's letter after the other until the tools have ended, and once more; what each was set to."""
    letters = {}
    for number in count():
        ended = all(tool.poll() is not None for tool in tools)
        domain = f"s{number % SITES}.dev"
        letter = "DI"[number // SITES % 2]
        edited = way(settings, {domain: letter})
        # A tool that never pauses may be quicker than we on a busy machine: its rows wait, and the last edit has them.
        assert all(KEPT in problem for problem in edited.problems)
        assert not (ended and edited.problems)
        assert not edited.overtaken
        letters[domain] = letter
        if ended:
            break
    assert all(tool.returncode == 0 for tool in tools)
    return letters


def assert_nothing_is_lost(settings: OpsSettings, names: dict[str, int], letters: dict[str, str]) -> None:
    expected = {f"s{n}.dev": "i" for n in range(SITES)} | letters
    expected |= {f"{name}{n}.dev": "P" for name, rows in names.items() for n in range(rows)}
    assert statuses(settings) == expected
    left = {entry.name for entry in (settings.root / ".smbatcher").iterdir() if "wavewarden" in entry.name}
    assert left == set()


@pytest.mark.parametrize("kind", foreign_writers.ALL)
def test_a_tool_that_writes_beside_us_loses_no_row_and_neither_do_we(
    settings: OpsSettings, tool: Tool, kind: str
) -> None:
    rows = 20 if kind == "locks" else 200  # it waits for us as we do for it
    letters = edit_beside(settings, [tool(kind, rows, "f")])
    assert_nothing_is_lost(settings, {"f": rows}, letters)


@pytest.mark.parametrize("kind", foreign_writers.ALL)
def test_a_tool_that_writes_while_the_whole_file_is_replaced_loses_no_row(
    settings: OpsSettings, tool: Tool, kind: str
) -> None:
    rows = 20 if kind == "locks" else 200
    letters = edit_beside(settings, [tool(kind, rows, "f")], replaced)
    assert_nothing_is_lost(settings, {"f": rows}, letters)


@pytest.mark.long
@pytest.mark.parametrize("kind", foreign_writers.ALL)
def test_three_thousand_rows_of_a_tool_that_never_pauses(
    settings: OpsSettings, tool: Tool, kind: str
) -> None:
    rows = 200 if kind == "locks" else 3000
    letters = edit_beside(settings, [tool(kind, rows, "f")])
    assert_nothing_is_lost(settings, {"f": rows}, letters)


@pytest.mark.long
def test_several_tools_that_each_keep_the_others_rows(settings: OpsSettings, tool: Tool) -> None:
    names = {"f": 1000, "g": 1000, "h": 1000}
    # None of them appends in halves: between two halves of one the rows of another would come, with us or without.
    tools = [tool("appends", 1000, name) for name in names]
    letters = edit_beside(settings, tools)
    assert_nothing_is_lost(settings, names, letters)
