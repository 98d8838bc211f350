"""Agents among real processes."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from commands.ops.agents import agents
from commands.ops.agents.agents import Seen
from commands.ops.errors import NotReadable
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings
from tests.commands.ops.conftest import WAITS, Spawn

# Starts what the arguments after the first say, prints its number, and waits; the child ends with its standard input.
STARTS = """
import subprocess, sys
child = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
print(child.pid, flush=True)
sys.stdin.read()
"""


def seen(settings: OpsSettings, machine: Machine) -> Seen:
    return agents.read(settings, machine, {"lotus.dev"})


def pids(found: Seen) -> set[int]:
    return {agent.pid for agent in found.agents}


def reason_of(found: Seen, process: subprocess.Popen[bytes]) -> str | None:
    assert process.pid not in pids(found)
    return {one.pid: one.reason for one in found.look_alikes}.get(process.pid)


def test_an_agent_is_found_with_what_its_command_line_tells(
    settings: OpsSettings, machine: Machine, agent: Spawn
) -> None:
    process = agent("claude-opus-4", "--batch", "1", "--wave=5", "lotus.dev")
    (found,) = seen(settings, machine).agents
    assert found.pid == process.pid
    assert (found.batch, found.wave, found.site) == ("001", 5, "lotus.dev")
    assert found.argv[-1] == "lotus.dev"
    assert found.rss_bytes > 1024**2
    assert found.age_seconds < 60
    assert found.cpu_percent >= 0
    assert found.boot_id == Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def test_agents_of_one_host_are_the_oldest_first(
    settings: OpsSettings, machine: Machine, agent: Spawn
) -> None:
    first, second = agent("opus", "1"), agent("opus", "2")
    assert [found.pid for found in seen(settings, machine).agents] == [first.pid, second.pid]


def start_both(spawn: Spawn, *child: str) -> tuple[int, int]:
    """The numbers of an agent and of what it runs."""
    parent = spawn(sys.executable, "-c", STARTS, "opus", *child)
    assert parent.stdout is not None
    return parent.pid, int(parent.stdout.readline())


def test_a_process_tree_is_one_agent_with_all_its_memory(
    settings: OpsSettings, machine: Machine, spawn: Spawn
) -> None:
    both = start_both(spawn, sys.executable, "-c", "import sys; sys.stdin.read()", "opus")
    found = seen(settings, machine)
    assert pids(found) == {both[0]}
    resident = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in both)
    assert found.agents[0].rss_bytes == pytest.approx(resident * os.sysconf("SC_PAGE_SIZE"), rel=0.5)


def test_what_an_agent_runs_is_part_of_it_and_no_look_alike(
    settings: OpsSettings, machine: Machine, spawn: Spawn
) -> None:
    agent, searches = start_both(spawn, "grep", "opus")
    found = seen(settings, machine)
    assert pids(found) == {agent}
    assert searches not in {one.pid for one in found.look_alikes}


def test_an_editor_with_the_pattern_in_a_file_name_is_a_look_alike(
    settings: OpsSettings, machine: Machine, spawn: Spawn
) -> None:
    process = spawn("tail", "-f", "/dev/null", "opus.md")
    assert reason_of(seen(settings, machine), process) == "bystander"


def test_a_process_that_works_elsewhere_is_a_look_alike(
    settings: OpsSettings, machine: Machine, agent: Spawn, tmp_path: Path
) -> None:
    beside = tmp_path / "host-2"
    beside.mkdir()
    process = agent("opus", cwd=beside)
    assert reason_of(seen(settings, machine), process) == "elsewhere"


def test_an_agent_whose_directory_was_deleted_is_still_one(
    settings: OpsSettings, machine: Machine, agent: Spawn
) -> None:
    gone = machine.root / "sites" / "gone"
    gone.mkdir()
    process = agent("opus", cwd=gone)
    gone.rmdir()
    assert pids(seen(settings, machine)) == {process.pid}


def test_a_root_behind_a_link_is_the_same_root(settings: OpsSettings, agent: Spawn, tmp_path: Path) -> None:
    process = agent("opus")
    link = tmp_path / "link"
    link.symlink_to(settings.root)
    assert pids(seen(settings, Machine(link))) == {process.pid}


def test_a_process_without_the_pattern_is_nothing(
    settings: OpsSettings, machine: Machine, agent: Spawn
) -> None:
    process = agent("octopus")
    found = seen(settings, machine)
    assert reason_of(found, process) is None
    assert found.agents == ()


def test_a_tool_s_own_process_is_a_launcher_and_does_not_swallow_its_agents(
    settings: OpsSettings, machine: Machine, spawn: Spawn
) -> None:
    script = machine.root / "tools" / "mimplement-bg.sh"
    script.write_text(f'{sys.executable} -c "{WAITS}" opus --wave 5; :\n')
    launcher = spawn("bash", str(script), "--batch", "001", "--wave", "5")
    assert launcher.stdout is not None
    assert launcher.stdout.readline() == b"up\n"
    found = seen(settings, machine)
    assert [(one.pid, one.batch, one.wave) for one in found.launchers] == [(launcher.pid, "001", 5)]
    assert [one.wave for one in found.agents] == [5]
    assert launcher.pid not in pids(found)


def test_a_zombie_is_no_agent(settings: OpsSettings, machine: Machine, agent: Spawn) -> None:
    process = agent("opus")
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert seen(settings, machine).agents == ()


def test_we_ourselves_are_no_agent(settings: OpsSettings) -> None:
    """This process, with a pattern that its own command line matches."""
    me = Path("/proc/self/cmdline").read_bytes().split(b"\0")[0].decode()
    mine = replace(settings, agents=replace(settings.agents, pattern=Path(me).name))
    found = agents.read(mine, Machine(Path("/")))
    assert os.getpid() not in {*pids(found), *(one.pid for one in found.look_alikes)}


def test_an_unknown_user_is_said(settings: OpsSettings, machine: Machine) -> None:
    strange = replace(settings, agents=replace(settings.agents, user="no-such-user"))
    with pytest.raises(NotReadable, match=r"agents' user no-such-user is no account here: set agents\.user"):
        agents.read(strange, machine)


def test_a_missing_root_is_said(settings: OpsSettings, tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match=r"The root .* cannot be read: No such file or directory"):
        agents.read(settings, Machine(tmp_path / "nowhere"))


def test_unreadable_processes_are_said(settings: OpsSettings, root: Path) -> None:
    with pytest.raises(NotReadable, match="Processes cannot be read from"):
        agents.read(settings, Machine(root, root / "proc"))


@pytest.mark.privileged
class TestOtherUsers:
    NOBODY = 65534

    def test_another_user_s_process_is_a_look_alike(
        self, settings: OpsSettings, machine: Machine, agent: Spawn
    ) -> None:
        process = agent("opus")
        os.chown(machine.root, self.NOBODY, -1)
        assert reason_of(seen(settings, machine), process) == "other_user"

    def test_the_agents_user_is_a_setting(
        self, settings: OpsSettings, machine: Machine, agent: Spawn
    ) -> None:
        process = agent("opus")
        os.chown(machine.root, self.NOBODY, -1)
        rooted = replace(settings, agents=replace(settings.agents, user="root"))
        assert pids(seen(rooted, machine)) == {process.pid}

    def test_agents_that_are_hidden_are_said(self, settings: OpsSettings, root: Path, tmp_path: Path) -> None:
        """As with /proc mounted with hidepid=invisible: the first process is not listed."""
        os.chown(root, self.NOBODY, -1)
        (tmp_path / "proc").mkdir()
        found = agents.read(settings, Machine(root, tmp_path / "proc"))
        assert found.problems == (
            "Other users' processes are hidden from this user, the agents' among them.",
        )

    def test_a_working_directory_that_may_not_be_seen_is_said(
        self, settings: OpsSettings, agent: Spawn
    ) -> None:
        process = agent("opus")
        os.seteuid(self.NOBODY)
        try:
            found = seen(replace(settings, root=Path("/")), Machine(Path("/")))
        finally:
            os.seteuid(0)
        assert reason_of(found, process) == "unseen"
        assert any(str(process.pid) in problem for problem in found.problems)
