"""`exhausted`: runaway agents."""

import os
from pathlib import Path

from commands.demo_host import host
from commands.demo_host.calling import run_tool
from commands.demo_host.hosttools import processes
from commands.demo_host.hosttools.launcher import PYTHON
from tests.commands.demo_host.running import wait_for_the_end


def test_runaway_agents_run_until_they_are_stopped(demo_host: Path) -> None:
    said = host.break_host(demo_host, "exhausted")
    count = 2 * (os.cpu_count() or 1)
    assert said.startswith(f"{count} runaway agents use every core")
    found = processes.living(str(demo_host))
    assert len(found) == count
    assert all(b"opus-agent.py" in Path(f"/proc/{record.pid}/cmdline").read_bytes() for record in found)
    assert host.stop(demo_host) == f"Ended {count} runaways."


def test_a_runaway_agent_ends_by_itself(demo_host: Path) -> None:
    limits = ("--count", "1", "--bytes", "8000000", "--seconds", "0")
    assert not run_tool(demo_host, *PYTHON, "tools/run.py", "runaway", "--batch", "001", *limits).returncode
    wait_for_the_end(demo_host)
    log = (demo_host / "logs/runaway.log").read_text()
    assert "context has grown to 8000000 bytes" in log
    assert "ended by itself" in log
    assert not processes.records(str(demo_host))
