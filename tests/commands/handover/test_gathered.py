"""Files for whoever takes over: the diagnosis, the host's state, the ends of logs; without secrets."""

from dataclasses import replace
from pathlib import Path

import pytest

from commands.demo_host import host
from commands.handover.gathered import diagnosis, ends_of_logs, state_of_host
from commands.ops.house import House
from commands.reply import Lines, Reply, Table
from tests.commands.conftest import Asks

WAVE = "wave 2 of batch 001"
TOKEN = "xoxb" + "-123456789012-abcdefGHIJKLMNOPQRSTUVWXYZ"


def test_a_diagnosis_is_written_down_as_the_terminal_shows_it(
    asks: Asks, house: House, demo_host: Path
) -> None:
    host.break_host(demo_host, "crash")
    reply = asks("batch wave 2 --batch 001")
    made = diagnosis(house, reply, WAVE, house.clock.now())
    assert made.name == "2026-11-22T0312Z-wave-2-of-batch-001-diagnosis.txt"
    assert made.text.startswith(f"● {reply.headline}\n")
    assert "The end of logs/wave-2.log" in made.text
    assert "wavewarden ask" not in made.text  # a file has no buttons
    assert "\x1b" not in made.text


def test_a_secret_is_gone_before_columns_break_it_up(house: House) -> None:
    row = ("x " * 40, f"posting with {TOKEN}", "y " * 40)
    reply = Reply("fine", "x", parts=(Table(("a", "b", "c"), (row,)), Lines((f"token={TOKEN}",))))
    text = diagnosis(house, reply, WAVE, house.clock.now()).text
    assert "[redacted]" in text
    assert not [part for part in ("1234567", "abcdef", "GHIJ", "UVWXYZ") if part in text]


def test_the_state_of_the_host_tells_load_memory_disk_agents_and_pressure(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_HOST_SPEED", "1")
    host.break_host(demo_host, "crash")
    made = state_of_host(house, WAVE, house.clock.now())
    assert made.name == "2026-11-22T0312Z-wave-2-of-batch-001-host-state.txt"
    for words in (
        "Load, 1, 5 and 15 min",
        "Memory available",
        "Pressure on CPU",
        "File systems",
        "Agents, oldest",
    ):
        assert words in made.text, words
    assert "mimplement-bg.sh" in made.text or "opus" in made.text


def test_what_the_kernel_does_not_tell_is_said(house: House, tmp_path: Path) -> None:
    blind = replace(house, machine=replace(house.machine, proc=tmp_path / "nothing"))
    made = state_of_host(blind, WAVE, house.clock.now())
    assert "agents not known" in made.text
    assert "Could not be read" in made.text


def test_where_no_process_can_be_started_the_headline_goes_out(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    made = diagnosis(house, Reply("fine", f"All is well, {TOKEN}"), WAVE, house.clock.now())
    assert made.text == (
        "All is well, [redacted]\n\n"
        "The rest could not be written down: no process could be started: No such file or directory.\n"
    )


def test_logs_that_cannot_be_read_are_said_and_the_others_come(house: House, demo_host: Path) -> None:
    (demo_host / "batch.log").write_text(f"leaked {TOKEN}\n")
    found, problems = ends_of_logs(house, ("batch.log", "logs/none.log"), WAVE, house.clock.now())
    assert [one.text for one in found] == ["leaked [redacted]\n"]
    assert problems == (f"There is no {demo_host}/logs/none.log.",)
