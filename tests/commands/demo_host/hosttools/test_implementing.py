"""`mimplement-bg.sh`: agents really run and build sites."""

import re
import signal
import subprocess
from pathlib import Path

from commands.demo_host import waves
from commands.demo_host.calling import run_tool
from commands.demo_host.hosttools import processes, registry, settings, site
from commands.demo_host.hosttools.settings import Settings
from tests.commands.demo_host.running import IMPLEMENT, counts, rows, status_of, tool, wait_for_the_end

WAVE = ("--batch", "001", "--max-agents", "25", "--wave", "2")


def command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def test_a_wave_is_implemented_from_end_to_end(demo_host: Path) -> None:
    before = counts(demo_host)
    done = tool(demo_host, IMPLEMENT, *WAVE)
    assert done.returncode == 0
    assert done.stdout.startswith("Wave 2 of batch 001: 25 agents started, log logs/wave-2.log")
    wait_for_the_end(demo_host)
    assert counts(demo_host, wave="2") == {"I": 25}
    assert counts(demo_host).total() == before.total()
    for row in rows(demo_host):
        if (row.batch, row.wave) == ("001", "2"):
            directory = Path(site.directory(str(demo_host), row.domain))
            assert {path.name for path in directory.iterdir()} == set(site.PARTS)


def test_the_log_tells_each_step_and_each_exit_code(demo_host: Path) -> None:
    tool(demo_host, IMPLEMENT, *WAVE)
    wait_for_the_end(demo_host)
    log = (demo_host / "logs/wave-2.log").read_text()
    assert "lotus.dev: taken, D -> i" in log
    assert "lotus.dev: done, i -> I" in log
    assert log.count("ended with exit code 0") == 25
    assert all(
        re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (INFO |WARN |ERROR) \[", line) for line in log.splitlines()
    )


def test_the_end_of_a_wave_is_committed(demo_host: Path) -> None:
    tool(demo_host, IMPLEMENT, *WAVE)
    wait_for_the_end(demo_host)
    git = ["git", "-C", str(demo_host), "log", "-1", "--format=%an: %s"]
    assert (
        subprocess.check_output(git, text=True) == "Batch Runner: Wave 2 of batch 001: 25 agents have ended\n"
    )


def test_few_agents_share_the_sites_of_a_wave(demo_host: Path) -> None:
    tool(demo_host, IMPLEMENT, "--batch", "001", "--max-agents", "3", "--wave", "2", speed=20_000)
    wait_for_the_end(demo_host)
    assert counts(demo_host, wave="2") == {"I": 25}
    assert (demo_host / "logs/wave-2.log").read_text().count("no site left to take") == 3


def test_agents_look_like_agents_and_work_in_the_root(demo_host: Path) -> None:
    tool(demo_host, IMPLEMENT, *WAVE, speed=1)
    found = processes.living(str(demo_host))
    agents = [record for record in found if record.role == "agent"]
    assert len(agents) == 25
    assert all("opus" in command_line(record.pid) for record in agents)
    assert all("--batch 001 --wave 2" in command_line(record.pid) for record in agents)
    assert all(Path(f"/proc/{record.pid}/cwd").resolve() == demo_host.resolve() for record in agents)
    [launcher] = [record for record in found if record.role == "launcher"]
    assert "mimplement-bg.sh --batch 001 --max-agents 25 --wave 2" in command_line(launcher.pid)


def test_the_launcher_commits_nothing_of_a_host_without_git(demo_host: Path) -> None:
    (demo_host / ".git").rename(demo_host / "no-git")
    tool(demo_host, IMPLEMENT, *WAVE)
    wait_for_the_end(demo_host)
    assert counts(demo_host, wave="2") == {"I": 25}


def test_chosen_sites_are_implemented_and_the_others_left(demo_host: Path) -> None:
    tool(demo_host, IMPLEMENT, "--batch", "001", "--max-agents", "1", "--sites", "lotus.dev")
    wait_for_the_end(demo_host)
    assert status_of(demo_host, "lotus.dev") == "I"
    assert counts(demo_host, wave="2") == {"I": 1, "D": 24}


def test_a_site_in_progress_is_not_taken_again(demo_host: Path) -> None:
    registry.move_site(str(demo_host), "lotus.dev", "D", "i")
    done = tool(demo_host, IMPLEMENT, "--batch", "001", "--max-agents", "1", "--sites", "lotus.dev")
    assert done.returncode == 1
    assert "lotus.dev is at i, only sites at D are implemented." in done.stderr
    assert not processes.records(str(demo_host))


def test_a_hold_refuses_the_launch(demo_host: Path) -> None:
    (demo_host / ".smbatcher/HOLD").touch()
    done = tool(demo_host, IMPLEMENT, *WAVE)
    assert done.returncode == 75
    assert done.stderr == "mimplement-bg.sh: Launches are on hold: remove .smbatcher/HOLD first.\n"
    assert not processes.records(str(demo_host))


def test_wrong_words_are_refused(demo_host: Path) -> None:
    batch = ["--batch", "001"]
    for words, said in (
        ([*batch, "--wave", "2"], "required: --max-agents"),
        ([*batch, "--max-agents", "25"], "one of the arguments --wave --sites is required"),
        ([*batch, "--max-agents", "26", "--wave", "2"], "1 to 25 agents may run, not '26'"),
        ([*batch, "--max-agents", "5", "--wave", "0"], "a wave is a number from 1, not '0'"),
        (
            [*batch, "--max-agents", "5", "--wave", "2", "--sites", "lotus.dev"],
            "not allowed with argument --wave",
        ),
        ([*batch, "--max-agents", "5", "--sites", "../etc"], "'../etc' is not a domain"),
        ([*batch, "--max-agents", "5", "--sites", "no.where"], "no.where is not a site of batch 001"),
        (["--batch", "077", "--max-agents", "5", "--wave", "2"], "batch 077 is not in the registry"),
    ):
        done = tool(demo_host, IMPLEMENT, *words)
        assert done.returncode == 2
        assert said in done.stderr


def test_an_agent_told_to_stop_says_so_and_leaves_its_site_in_progress(demo_host: Path) -> None:
    tool(demo_host, IMPLEMENT, "--batch", "001", "--max-agents", "1", "--sites", "lotus.dev", speed=1)
    log = demo_host / "logs/wave-2.log"
    [agent] = [record for record in processes.living(str(demo_host)) if record.role == "agent"]
    waves.agents_at_work(demo_host)
    processes.send(agent, signal.SIGTERM, wait=5)
    wait_for_the_end(demo_host)
    assert "told to stop (SIGTERM)" in log.read_text()
    assert "ended with exit code 143" in log.read_text()
    assert status_of(demo_host, "lotus.dev") == "i"


def test_an_agent_notices_that_its_row_has_changed_meanwhile(demo_host: Path) -> None:
    run_tool(demo_host, IMPLEMENT, "--batch", "001", "--max-agents", "1", "--sites", "lotus.dev")
    waves.agents_at_work(demo_host)
    registry.move_site(str(demo_host), "lotus.dev", "i", "Q")
    settings.write(str(demo_host), Settings(speed=1000))  # the agent, at work on it, hurries up
    wait_for_the_end(demo_host)
    assert "lotus.dev: built, but its row is no longer at i" in (demo_host / "logs/wave-2.log").read_text()
    assert status_of(demo_host, "lotus.dev") == "Q"


def test_bad_settings_end_an_agent_with_an_error_in_the_log(demo_host: Path) -> None:
    path = demo_host / settings.NAME
    path.write_text(path.read_text().replace("slowdown = 1.0", "slowdown = never"))
    tool(demo_host, IMPLEMENT, "--batch", "001", "--max-agents", "1", "--sites", "lotus.dev")
    wait_for_the_end(demo_host)
    assert (
        "stopped: slowdown in .demo-host.toml must be a number above 0"
        in (demo_host / "logs/wave-2.log").read_text()
    )
