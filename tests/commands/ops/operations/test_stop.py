"""`stop` as an operation, on a wave that runs for real."""

import json
from pathlib import Path

import pytest

from commands.demo_host import waves
from commands.demo_host.hosttools import processes
from commands.ops import hold
from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.operation import Target
from commands.ops.operations.stop import STOP
from tests.commands.demo_host.running import rows
from tests.commands.ops.conftest import Spawn
from tests.commands.ops.operations.carrying import carry_out

ALL = {"wave": None, "batch": None, "by": "Omar", "reason": "host"}
WAVE_2 = {"wave": 2, "batch": "001", "by": "Omar", "reason": "host"}


def test_a_running_wave_ends_and_no_row_changes(house: House, demo_host: Path) -> None:
    agents = waves.agents_at_work(demo_host)
    before = rows(demo_host)
    said = carry_out(house, STOP, ALL)
    assert processes.living(str(demo_host)) == []
    assert said[0].startswith("Processes: ")
    assert int(said[0].split()[1]) >= len(agents)
    assert said[1:] == ["Launches are on hold.", "None of them runs."]
    assert rows(demo_host) == before


def test_one_wave_ends_and_launches_go_on(house: House, demo_host: Path) -> None:
    waves.agents_at_work(demo_host)
    targets = STOP.look(house, WAVE_2)
    assert [target.about["role"] for target in targets][:2] == ["launcher", "agent"]
    assert {target.about["wave"] for target in targets} == {2}
    assert len(carry_out(house, STOP, WAVE_2)) == 2
    assert processes.living(str(demo_host)) == []
    assert hold.read(house.settings, house.machine) is None


def test_another_wave_is_left_alone(house: House, demo_host: Path) -> None:
    agents = waves.agents_at_work(demo_host)
    assert carry_out(house, STOP, {**WAVE_2, "wave": 3}) == ["None of them runs."]
    assert {agent.pid for agent in agents} <= {record.pid for record in processes.living(str(demo_host))}


def test_a_target_is_the_same_after_the_journal(bare_house: House, agent: Spawn) -> None:
    process = agent("opus", "--wave", "2")
    (target,) = STOP.look(bare_house, ALL)
    assert target.key == f"process {process.pid}"
    kept = json.loads(json.dumps(target.identity))
    assert kept == target.identity
    steps = STOP.steps(bare_house, ALL, (Target(target.key, kept, target.about),))
    assert next(steps).act() == "Processes: 1 ended when told to."


def test_what_was_started_meanwhile_is_told(bare_house: House, agent: Spawn) -> None:
    agent("opus")
    targets = STOP.look(bare_house, ALL)
    end, _, look_again = STOP.steps(bare_house, ALL, targets)
    later = agent("opus")
    assert end.title == "End 1 agent and what they started"
    end.act()
    with pytest.raises(OperationFailed, match=f"run still, or were started meanwhile: {later.pid}"):
        look_again.act()


def test_nothing_is_locked_since_stop_waits_for_nobody() -> None:
    assert STOP.locks(ALL, ()) == ()
