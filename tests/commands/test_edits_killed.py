"""Lines that edit the registry, killed (SIGKILL) between two steps: it is old or new, and the plan can go on or back.

The kill comes at a system call of the process that runs the plan, before the kernel does what it asks; all that changes
something on the disk is asked for by one of these.
"""

import getpass
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import DEVNULL, PIPE

import pytest

from commands.ops.edits import sweeping
from commands.ops.house import House
from commands.ops.machine.clock import SystemClock
from commands.ops.plans import runs
from commands.ops.roles import Caller
from commands.reply import Reply
from tests.commands.conftest import house_of, settings_of
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.ops.machine.writing import straced
from tests.commands.repositories import HEAD, REGISTRY, table, text, write

OPERATORS = (f"os:{getpass.getuser()}", "U0OMAR")
OURSELVES = Caller("os:wavewarden", "Wavewarden", "terminal")
REPOSITORY = Path(__file__).parents[2]
STEPS = ("fdatasync", "fsync", "rename", "renameat", "renameat2", "unlink")
BEFORE_AND_AFTER = ("renameat2", "unlink")  # the exchange; and, when it is done, the end of what came out

RESTORE, UNDO = "dedupe restore REGISTRY.md.backup", "batch undo"  # of that
WHOLE = table(lotus="I", fern="D", moss="D")
LINES = {
    "batch mark lotus.dev fern.dev Q --reason accepted": WHOLE,
    "dedupe fix": WHOLE + table(lotus="I", moss="D").removeprefix(HEAD),
    RESTORE: table(moss="i", lotus="P"),
    UNDO: table(moss="i", lotus="P"),
}

# The last call of the child, which ends the counting: getppid.
CHILD = """
import _strptime, atexit, ctypes, os, sys  # what is imported late otherwise
import bot.ask, commands.answer, commands.terminal
from bot.cli import main
ctypes.CDLL(None).prctl(0x59616D61, -1)  # PR_SET_PTRACER, any
print("ready", flush=True)
os.read(0, 1)
atexit.register(os.getppid)
main()
"""

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")


class Scene:
    """A small host, a line that edits its registry, and a way to kill who carries it out."""

    def __init__(self, directory: Path, line: str) -> None:
        self.root, self.line, self.calls = directory / "host", line, directory / "calls"
        (self.root / ".smbatcher/batches").mkdir(parents=True)
        (self.root / ".smbatcher/batches/Batch_001.md").write_text("- lotus.dev\n- fern.dev\n- moss.dev\n")
        (self.root / ".smbatcher/REGISTRY.md.backup").write_text(WHOLE)
        write(self.root, LINES[line])
        made = house_of(settings_of(self.root, directory / "state", operators=OPERATORS))
        self.house: House = replace(made, clock=SystemClock())
        self.old = text(self.root)
        if line == UNDO:
            restored = planned(self.house, RESTORE)
            assert run_in(self.house, restored).outcome == "fine"
            self.old, line = text(self.root), f"{UNDO} {restored}"
        self.plan = planned(self.house, line)

    def killed(self, *inject: str) -> None:
        """`wavewarden ask "batch approve P-…"`, as far as it gets."""
        ours = {
            "WAVEWARDEN_ROOT": str(self.root),
            "WAVEWARDEN_STATE": str(self.house.settings.state),
            "WAVEWARDEN_OPERATORS": ",".join(OPERATORS),
        }
        kept = {name: value for name, value in os.environ.items() if name != "SUDO_USER"}
        command = [sys.executable, "-c", CHILD, "ask", f"batch approve {self.plan}"]
        with (
            subprocess.Popen(
                command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, text=True, env=kept | ours, cwd=REPOSITORY
            ) as child,
            straced.attached(child, self.calls, *inject),
        ):
            child.communicate("x")
        assert child.returncode == (-signal.SIGKILL if inject else 0)

    @property
    def stands(self) -> str:
        """The registry, with the times that a mark writes as they were."""
        return re.sub(r"\| Q \| [^|]* \|", "| Q | 2026-03-24T14:05:09Z |", text(self.root))

    def started_again(self) -> Reply:
        """As the bot does; the plan as it is then."""
        runs.mark_lost(self.house, OURSELVES)
        sweeping.sweep(self.house)
        names = {entry.name for entry in (self.root / ".smbatcher").iterdir()}
        assert names <= {"batches", "closure", "REGISTRY.md", "REGISTRY.md.backup", "REGISTRY.md.lock"}
        return ask_in(self.house, f"batch plan {self.plan}")

    def close(self) -> None:
        self.house.journal.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Callable[[str], Scene]]:
    """`stage("dedupe fix")`: a scene of its own each time."""
    scenes: list[Scene] = []

    def make(line: str) -> Scene:
        scenes.append(Scene(tmp_path / str(len(scenes)), line))
        return scenes[-1]

    yield make
    for scene in scenes:
        scene.close()


def new(stage: Callable[[str], Scene], line: str) -> tuple[str, list[tuple[str, int]]]:
    """What a run that nobody kills makes of the registry; and the calls it takes to do that."""
    scene = stage(line)
    scene.killed()
    return scene.stands, [
        (call, at + 1) for call in STEPS for at in range(straced.counted(scene.calls)[call])
    ]


def goes_on(scene: Scene, found: Reply, after: str) -> str:
    """The plan is carried out, or its renewal is, unless it was; the plan that can be taken back."""
    match found.facts["state"]:
        case "pending" | "approved" as state:
            assert scene.stands == scene.old, "nothing is done before the claim"
            decide = "run" if state == "approved" else "approve"
            assert ask_in(scene.house, f"batch {decide} {scene.plan}").outcome == "fine"
            if state == "pending":
                assert ask_in(scene.house, f"batch run {scene.plan}").outcome == "fine"
            return scene.plan
        case "unknown":
            return unknown_goes_on(scene, found, after)
        case state:
            assert (state, scene.stands) == ("done", after)
            return scene.plan


def unknown_goes_on(scene: Scene, found: Reply, after: str) -> str:
    offers = [one.label for one in found.proposals]
    assert "nobody knows how it ended" in found.headline
    assert "Renew" in offers
    assert ask_in(scene.house, f"batch run {scene.plan}").outcome == "refused", "it is not run a second time"
    if scene.stands == after:
        assert "Undo" in offers
        assert ask_in(scene.house, f"batch renew {scene.plan}").outcome == "usage", "there is nothing to do"
        return scene.plan
    assert ask_in(scene.house, f"batch undo {scene.plan}").outcome == "usage", "there is nothing to take back"
    fresh = planned(scene.house, f"batch renew {scene.plan}")
    assert run_in(scene.house, fresh).outcome == "fine"
    return fresh


def assert_survives(stage: Callable[[str], Scene], line: str, point: tuple[str, int], after: str) -> str:
    """Killed there it is old or new, goes on to new, and back to old; the state in which it was found."""
    scene = stage(line)
    scene.killed(f"{point[0]}:signal=KILL:when={point[1]}")
    assert scene.stands in (scene.old, after), "it is torn"
    found = scene.started_again()
    plan = goes_on(scene, found, after)
    assert scene.stands == after
    assert run_in(scene.house, planned(scene.house, f"batch undo {plan}")).outcome == "fine"
    assert text(scene.root) == scene.old
    return str(found.facts["state"])


@pytest.mark.parametrize("line", LINES)
def test_killed_before_and_after_the_exchange_it_is_unknown_and_goes_on_or_back(
    stage: Callable[[str], Scene], line: str
) -> None:
    after, _ = new(stage, line)
    assert {assert_survives(stage, line, (call, 1), after) for call in BEFORE_AND_AFTER} == {"unknown"}


@pytest.mark.long
@pytest.mark.parametrize("line", LINES)
def test_killed_before_any_step_it_is_old_or_new_and_goes_on_or_back(
    stage: Callable[[str], Scene], line: str, *, full: bool
) -> None:
    after, points = new(stage, line)
    assert len(points) >= 15
    states = {assert_survives(stage, line, point, after) for point in points[:: 1 if full else 3]}
    every = {"pending", "approved", "unknown", "done"}
    assert states == every if full else states <= every


@pytest.mark.parametrize(
    ("call", "number", "found"), [("fsync", 1, "missing"), ("unlinkat", 1, "whole"), ("fsync", 2, "whole")]
)
def test_killed_while_it_makes_a_registry_where_there_was_none_it_is_whole_or_still_missing(
    stage: Callable[[str], Scene], call: str, number: int, found: str
) -> None:
    scene = stage(RESTORE)
    path = scene.root / REGISTRY
    path.unlink()
    scene.plan = planned(scene.house, RESTORE)
    scene.killed(f"{call}:signal=KILL:when={number}")
    assert path.exists() == (found == "whole")
    runs.mark_lost(scene.house, OURSELVES)
    offers = [one.label for one in ask_in(scene.house, f"batch plan {scene.plan}").proposals]
    assert offers == ["Renew"]
    renewed = ask_in(scene.house, f"batch renew {scene.plan}")
    if found == "whole":
        assert "would change nothing" in renewed.headline
    else:
        assert run_in(scene.house, str(renewed.facts["plan"])).outcome == "fine"
    assert text(scene.root) == WHOLE
    assert scene.started_again().facts["state"] == "unknown"
