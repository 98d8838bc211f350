"""An error at any system call of an edit: the registry is the old one or the new one, and what is said is true."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from subprocess import PIPE

import pytest

from commands.ops.edits.editing import recover
from commands.ops.machine.host import Machine
from commands.ops.machine.writing import strays
from commands.ops.settings import OpsSettings
from tests.commands.ops import registries
from tests.commands.ops.machine.writing import straced
from tests.commands.ops.registries import statuses

ERRORS = ("ENOSPC", "EIO", "EROFS")
HOUSE = Path(__file__).parents[4]

# The last call of the child, which ends the counting: getppid.
CHILD = """
import _strptime, calendar, ctypes, json, locale, os, sys  # what is imported late otherwise
from pathlib import Path
from commands.ops.errors import OpsError
from commands.ops.settings import OpsSettings
from tests.commands.ops.registries import marked
ctypes.CDLL(None).prctl(0x59616D61, -1)  # PR_SET_PTRACER, any
settings = OpsSettings(root=Path(sys.argv[1]), state=Path(sys.argv[2]))
print("ready", flush=True)
os.read(0, 1)
try:
    told = marked(settings, {"s1.dev": "D"})
    said = {"applied": [edit.domain for edit in told.applied], "durable": told.durable, "problems": told.problems}
except OpsError as error:
    said = {"refused": error.sentence}
os.getppid()
print(json.dumps(said))
"""

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")


class Case:
    """A host whose registry is edited once, each time anew."""

    def __init__(self, settings: OpsSettings, calls: Path) -> None:
        self.settings, self.calls = settings, calls

    def edited(self, *inject: str) -> dict[str, object]:
        for directory in (self.settings.root / ".smbatcher", self.settings.state):
            shutil.rmtree(directory, ignore_errors=True)
            directory.mkdir()
        registries.written(self.settings, 3)
        command = [sys.executable, "-c", CHILD, str(self.settings.root), str(self.settings.state)]
        with (
            subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=HOUSE) as child,
            straced.attached(child, self.calls, *inject),
        ):
            said = child.communicate("x")[0]
        found: dict[str, object] = json.loads(said)
        return found

    def assert_told_truly(self, said: dict[str, object]) -> None:
        now = statuses(self.settings)
        assert {**now, "s1.dev": "i"} == dict.fromkeys(("s0.dev", "s1.dev", "s2.dev"), "i")
        assert now["s1.dev"] == ("D" if said.get("applied") else "i"), said
        recover(self.settings, Machine(self.settings.root))
        assert statuses(self.settings) == now
        assert strays.names(self.settings.root / self.settings.tree.registry) == ()

    def points(self) -> Iterator[tuple[str, int]]:
        """Every call that an edit makes, as strace counts them."""
        assert self.edited() == {"applied": ["s1.dev"], "durable": True, "problems": []}
        for call, times in straced.counted(self.calls).items():
            if call != "read":  # of the word to begin; the registry is read by pread64
                yield from ((call, number) for number in range(1, times + 1))


@pytest.fixture
def case(settings: OpsSettings, tmp_path: Path) -> Case:
    return Case(settings, tmp_path / "calls")


def test_a_full_disk_before_the_exchange_changes_nothing_and_says_so(case: Case) -> None:
    said = case.edited("renameat2:error=ENOSPC:when=1")
    assert "No space left on device" in str(said["refused"])
    case.assert_told_truly(said)


def test_a_directory_that_cannot_be_synced_is_told_as_applied_but_perhaps_not_durable(case: Case) -> None:
    fsyncs = [number for call, number in case.points() if call == "fsync"]
    said = case.edited(f"fsync:error=EIO:when={fsyncs[-1]}")
    assert (said["applied"], said["durable"]) == (["s1.dev"], False)
    case.assert_told_truly(said)


def test_a_lease_that_cannot_be_given_back_does_not_hide_that_the_edit_was_made(case: Case) -> None:
    for call, number in list(case.points()):
        if call == "fcntl":
            said = case.edited(f"fcntl:error=ENOSPC:when={number}")
            case.assert_told_truly(said)


@pytest.mark.long
@pytest.mark.parametrize("turn", range(len(ERRORS)))
def test_an_error_at_any_call_of_an_edit_is_told_truly(case: Case, turn: int, *, full: bool) -> None:
    """Each turn another error at each call, or at every third."""
    errors = islice(cycle(ERRORS), turn, None)
    points = list(zip(list(case.points()), errors, strict=False))
    for (call, number), error in points if full else points[turn :: len(ERRORS)]:
        said = case.edited(f"{call}:error={error}:when={number}")
        case.assert_told_truly(said)
