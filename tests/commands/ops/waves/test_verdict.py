"""Verdicts, as numbers: every threshold of the runbook and of design.md section 7."""

from dataclasses import replace

import pytest

from commands.ops.host_settings import Waves
from commands.ops.waves.verdict import WaveSeen, expected_agents, judge

FULL = WaveSeen(
    done=0,
    to_do=25,
    before_design=0,
    in_progress=25,
    agents=25,
    unplaced=0,
    launched=25,
    overdue=0,
    orphans=0,
    ran=True,
)


@pytest.mark.parametrize(
    ("agents", "to_do", "verdict"),
    [
        (25, 25, "slow"),
        (24, 25, "degraded"),
        (10, 25, "degraded"),
        (9, 25, "crashed"),
        (0, 25, "crashed"),
        (3, 3, "slow"),
        (2, 3, "crashed"),
        (12, 12, "slow"),
        (11, 12, "degraded"),
        (0, 0, "finished"),
    ],
)
def test_agents_are_judged_by_the_smaller_of_launched_and_unfinished(
    agents: int, to_do: int, verdict: str
) -> None:
    seen = replace(FULL, agents=agents, to_do=to_do, in_progress=to_do, done=25 - to_do)
    assert judge(seen, Waves(), 25) == verdict


def test_fewer_agents_are_expected_where_fewer_were_launched() -> None:
    seen = replace(FULL, launched=5, agents=5, in_progress=5)
    assert expected_agents(seen, 25) == 5
    assert judge(seen, Waves(), 25) == "slow"
    assert judge(replace(seen, agents=4), Waves(), 25) == "crashed"


def test_without_a_record_of_the_launch_a_full_wave_is_expected() -> None:
    assert expected_agents(replace(FULL, launched=None), 25) == 25


def test_overdue_sites_are_stuck_only_where_the_agents_are_there() -> None:
    assert judge(replace(FULL, overdue=1), Waves(), 25) == "stuck"
    assert judge(replace(FULL, overdue=1, agents=12), Waves(), 25) == "degraded"


def test_sites_in_progress_without_an_agent_are_stuck() -> None:
    assert judge(replace(FULL, launched=5, agents=5, orphans=20), Waves(), 25) == "stuck"


def test_a_wave_that_never_ran_has_not_started() -> None:
    idle = replace(FULL, in_progress=0, agents=0, launched=None, ran=False)
    assert judge(idle, Waves(), 25) == "not_started"
    assert expected_agents(idle, 25) == 0
    assert judge(replace(idle, to_do=0, before_design=25), Waves(), 25) == "not_started"


def test_agents_that_cannot_be_read_or_placed_make_no_verdict() -> None:
    assert judge(replace(FULL, agents=None), Waves(), 25) == "unknown"
    assert judge(replace(FULL, agents=3, unplaced=22), Waves(), 25) == "unknown"
    assert judge(replace(FULL, agents=3, unplaced=2), Waves(), 25) == "crashed"


def test_a_finished_wave_is_finished_whatever_cannot_be_read() -> None:
    assert judge(replace(FULL, to_do=0, done=25, agents=None), Waves(), 25) == "finished"


def test_sites_whose_rows_contradict_each_other_make_no_verdict_alone() -> None:
    left = replace(FULL, done=24, to_do=1, in_progress=1, agents=0, contradicted=1)
    assert judge(left, Waves(), 25) == "unknown"
    assert judge(replace(left, to_do=2, done=23), Waves(), 25) == "crashed"
