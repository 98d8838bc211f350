"""Wavewarden killed in the middle of each step of a redeploy: nothing is torn or run again, and agents live on."""

import fcntl
import getpass
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from commands.answer import answer
from commands.demo_host.hosttools import processes
from commands.ops.house import House
from commands.ops.machine.clock import SystemClock
from commands.ops.plans import plans, runs
from commands.ops.registry import registry
from commands.ops.roles import Caller
from commands.reply import Ask, Reply
from commands.words import words
from tests.commands.conftest import OMAR, house_of, settings_of
from tests.commands.registries import REGISTRY, put, wave_sites

SECONDS, POLL_SECONDS = 60.0, 0.05
OURSELVES = Caller("os:wavewarden", "Wavewarden", "terminal")
REAL = 'tools/implement/mimplement-bg.sh "$@"'


@dataclass(frozen=True, slots=True)
class Scene:
    """A crashed wave 2, a plan's house, and a way to run the plan in a process of its own."""

    house: House
    root: Path
    environment: dict[str, str]

    def ask(self, line: str) -> Reply:
        return answer(Ask("test", words(line), OMAR, self.house.clock.now()), self.house)

    def plan(self, line: str = "redeploy wave 2") -> str:
        return str(self.ask(line).facts["plan"])

    @contextmanager
    def running(self, plan: str) -> Iterator["subprocess.Popen[bytes]"]:
        """`wavewarden ask "batch approve P-…"`, which runs it; killed at the end of the block."""
        command = (sys.executable, "-c", "from bot.cli import main; main()", "ask", f"batch approve {plan}")
        with subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def wait_for(self, seen: Callable[[], object], process: "subprocess.Popen[bytes]") -> None:
        never, clock = threading.Event(), self.house.clock
        end = clock.monotonic() + SECONDS
        while not seen():
            assert process.poll() is None, "it ended before it could be killed"
            assert clock.monotonic() < end, "it did not come so far"
            clock.wait(POLL_SECONDS, never)

    def is_at(self, plan: str, title: str) -> bool:
        run = runs.of_plan(self.house.journal.connection(), plan)
        return bool(
            run and run.stages and run.stages[-1].title == title and run.stages[-1].state == "running"
        )

    def agents(self) -> int:
        return sum(record.role == "agent" for record in processes.living(str(self.root)))

    def is_whole(self) -> bool:
        """Whether every site has its one row, and nothing in the registry is malformed."""
        table = registry.read(self.house.settings, self.house.machine)
        return not table.findings and len(table.rows) == len(table.sites()) == 75

    def restarted(self, plan: str) -> str:
        """The state of the plan after the next start."""
        assert [lost.id for lost in runs.mark_lost(self.house, OURSELVES)] == [plan]
        assert self.ask(f"batch run {plan}").outcome == "refused"
        assert "nobody knows how it ended" in self.ask(f"batch plan {plan}").headline
        return plans.get(self.house.journal.connection(), plan).state


@pytest.fixture
def stage(demo_host: Path, tmp_path: Path) -> Iterator[Callable[[str], Scene]]:
    """`stage("exit 0")`: a scene whose tool for waves is a script of these words."""
    houses: list[House] = []

    def make(script: str) -> Scene:
        put(demo_host, "i", *wave_sites(demo_host, 2))
        tool, toml = tmp_path / "tool.sh", tmp_path / "wavewarden.toml"
        tool.write_text(f"#!/bin/sh\n{script}\n")
        tool.chmod(0o755)
        template = [str(tool), "--batch", "{batch}", "--max-agents", "{agents}", "--wave", "{wave}"]
        toml.write_text(f"[tools]\nimplement_wave = {template}\n[agents]\nmost = 26\n")
        more = {"tools": {"implement_wave": template}, "agents": {"most": 26}}
        house = replace(house_of(settings_of(demo_host, tmp_path / "state", **more)), clock=SystemClock())
        houses.append(house)
        kept = {name: value for name, value in os.environ.items() if name != "SUDO_USER"}
        ours = {
            "WAVEWARDEN_ROOT": str(demo_host),
            "WAVEWARDEN_STATE": str(tmp_path / "state"),
            "WAVEWARDEN_CONFIG": str(toml),
            "WAVEWARDEN_OPERATORS": f"os:{getpass.getuser()},U0OMAR",
        }
        return Scene(house, demo_host, kept | ours)

    yield make
    for house in houses:
        house.journal.close()


def test_killed_while_sites_are_put_back(stage: Callable[[str], Scene]) -> None:
    scene = stage(REAL)
    plan = scene.plan()
    before = (scene.root / REGISTRY).read_bytes()
    with (scene.root / f"{REGISTRY}.lock").open("ab") as lock, scene.running(plan) as process:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a host's tool that edits the registry
        scene.wait_for(lambda: scene.is_at(plan, "put 25 sites back to designed"), process)
        process.kill()
        process.wait()
    assert scene.restarted(plan) == "unknown"
    assert (scene.root / REGISTRY).read_bytes() == before
    assert scene.agents() == 0
    assert "25 unfinished sites go back to designed" in scene.ask(f"batch renew {plan}").headline


def test_killed_while_the_tool_runs(stage: Callable[[str], Scene]) -> None:
    scene = stage(f"echo $$ > tool.pid; {REAL}; exec sleep 60")
    plan = scene.plan()
    with scene.running(plan) as process:
        scene.wait_for(lambda: scene.is_at(plan, "launch") and scene.agents() == 25, process)
        process.kill()
        process.wait()
    assert scene.restarted(plan) == "unknown"
    assert scene.agents() == 25
    assert scene.is_whole()
    os.kill(int((scene.root / "tool.pid").read_text()), signal.SIGTERM)  # it lives on, too
    assert scene.ask("redeploy wave 2").facts.get("plan") is None  # its sites have agents, its wave a lease


def test_killed_while_it_waits_for_agents(stage: Callable[[str], Scene]) -> None:
    scene = stage("exit 0")
    plan = scene.plan()
    with scene.running(plan) as process:
        scene.wait_for(lambda: scene.is_at(plan, "see its agents"), process)
        process.kill()
        process.wait()
    assert scene.restarted(plan) == "unknown"
    assert scene.is_whole()
    refused = scene.ask("redeploy wave 2")
    assert (refused.outcome, "keeps wave 001/2 until its agents are seen" in refused.headline) == (
        "refused",
        True,
    )


def test_killed_while_a_batch_waits_for_a_wave(stage: Callable[[str], Scene]) -> None:
    scene = stage(REAL)
    plan = scene.plan("redeploy batch 001")
    with scene.running(plan) as process:
        scene.wait_for(lambda: scene.is_at(plan, "wave 2: wait until it is healthy"), process)
        process.kill()
        process.wait()
    assert scene.restarted(plan) == "unknown"
    assert scene.agents() == 25
    assert scene.is_whole()
    assert "--wave 3" in str(scene.ask("redeploy batch 001").parts)
