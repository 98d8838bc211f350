"""`half-finalized`: finish.sh breaks off."""

from pathlib import Path

import pytest

from commands.demo_host import host
from commands.demo_host.errors import HostError
from tests.commands.demo_host.running import FINISH, counts, tool


def test_some_sites_are_finalized_and_some_are_not(demo_host: Path) -> None:
    said = host.break_host(demo_host, "half-finalized")
    assert said == "finish.sh broke off: 34 sites of batch 001 are at Q, 34 still at I."
    assert counts(demo_host) == {"Q": 34, "I": 34}
    assert "batch 001: stopped half-way: [Errno 5]" in (demo_host / "logs/finish.log").read_text()


def test_it_ends_a_running_wave_first(demo_host: Path) -> None:
    host.start_wave(demo_host)
    host.break_host(demo_host, "half-finalized")
    assert host.stop(demo_host) == "No process of this demo host was running."


def test_a_retry_finishes_the_rest(demo_host: Path) -> None:
    host.break_host(demo_host, "half-finalized")
    assert (
        tool(demo_host, FINISH, "--batch", "001", "--root", ".").stdout == "Batch 001: 34 sites finalized.\n"
    )
    assert counts(demo_host) == {"Q": 68}


def test_a_finalized_batch_cannot_break_off(demo_host: Path) -> None:
    host.break_host(demo_host, "half-finalized")
    tool(demo_host, FINISH, "--batch", "001", "--root", ".")
    with pytest.raises(HostError, match="is finalized already"):
        host.break_host(demo_host, "half-finalized")
