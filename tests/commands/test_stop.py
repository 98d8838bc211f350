"""`batch hold` and `batch stop`: launches are held at once; agents end after one more click, and only those meant."""

import os
from pathlib import Path

import pytest

from commands.ops import hold
from commands.ops.house import House
from commands.reply import Reply, Table
from tests.commands.conftest import VERA, Asks
from tests.commands.stand_ins import agents

WAVE_2 = ("--batch", "001", "--wave", "2")
WAVE_2_OF_ANOTHER = ("--batch", "002", "--wave", "2")


def lives(pid: int) -> bool:
    """Whether it runs still; one that has ended is only waited for by the test."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def on_hold(house: House) -> bool:
    return hold.read(house.settings, house.machine) is not None


def meant(reply: Reply) -> list[str]:
    [found] = [part for part in reply.parts if isinstance(part, Table)]
    return [str(row[1]) for row in found.rows]


def test_a_hold_is_placed_at_once_and_a_second_one_leaves_it_as_it_is(asks: Asks, house: House) -> None:
    reply = asks('batch hold --reason "the disk is filling"')
    assert reply.headline == "Launches are on hold; agents that run finish."
    assert on_hold(house)
    again = asks("batch hold --reason later")
    assert again.headline == "Launches were on hold already, placed by Omar: the disk is filling."
    assert again.facts["fresh"] is False


def test_a_typed_stop_holds_launches_and_offers_the_button(asks: Asks, house: House, demo_host: Path) -> None:
    with agents(demo_host, 2, *WAVE_2) as pids:
        reply = asks("batch stop")
        assert (
            reply.headline
            == "Launches are on hold; 2 agents and 0 launchers still run. Press Stop to end them."
        )
        assert on_hold(house)
        assert all(map(lives, pids))
    stop = reply.proposals[0]
    assert (stop.label, stop.line) == ("Stop 2 agents", "batch stop --now")
    assert stop.confirm
    assert meant(reply) == [str(pid) for pid in pids]


def test_a_wave_of_one_batch_is_stopped_and_no_other(asks: Asks, demo_host: Path) -> None:
    with agents(demo_host, 1, *WAVE_2) as ours, agents(demo_host, 1, *WAVE_2_OF_ANOTHER) as others:
        reply = asks("batch stop wave 2 --batch 001 --now")
        assert reply.headline.startswith("Stopped: no agent of these runs any more.")
        assert (reply.outcome, reply.facts["agents"]) == ("fine", 0)
        assert not any(map(lives, ours))
        assert all(map(lives, others))


def test_everything_is_stopped_and_stays_held(asks: Asks, house: House, demo_host: Path) -> None:
    with agents(demo_host, 1, *WAVE_2) as ours, agents(demo_host, 1, *WAVE_2_OF_ANOTHER) as others:
        asks("batch stop --now")
        assert not any(map(lives, (*ours, *others)))
    assert on_hold(house)


def test_without_agents_only_the_hold_is_placed(asks: Asks, house: House) -> None:
    assert asks("batch stop").headline == "Launches are on hold; no agent runs."
    assert on_hold(house)


@pytest.mark.parametrize(
    "line", ["batch stop --dry-run", "batch stop --now --dry-run", "batch hold --dry-run"]
)
def test_a_dry_run_does_nothing(line: str, asks: Asks, house: House, demo_host: Path) -> None:
    with agents(demo_host, 1, *WAVE_2) as pids:
        asks(line)
        assert all(map(lives, pids))
    assert not on_hold(house)


@pytest.mark.parametrize(
    "line", ["batch stop everything", "batch stop wave", "batch stop wave 0", "batch stop wave -1"]
)
def test_what_cannot_be_meant_holds_nothing(line: str, asks: Asks, house: House) -> None:
    assert asks(line).outcome == "usage"
    assert not on_hold(house)


@pytest.mark.parametrize("line", ["batch hold", "batch stop", "batch stop --now"])
def test_a_viewer_may_neither_hold_nor_stop(line: str, asks: Asks, house: House) -> None:
    assert asks(line, VERA).outcome == "refused"
    assert not on_hold(house)


def test_what_was_done_is_in_the_audit_log(asks: Asks, demo_host: Path) -> None:
    with agents(demo_host, 1, *WAVE_2):
        asks("batch stop wave 2 --batch 001 --now")
    log = str(asks("batch audit").parts)
    assert "stopped" in log
    assert str(os.getpid()) not in log
