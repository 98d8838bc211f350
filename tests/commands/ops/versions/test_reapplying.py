"""What proves that sites were further than a restored version says: an agent at work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.ops.house import House
from commands.ops.plans import plans
from commands.ops.versions import reapplying
from commands.ops.versions.progress import Move
from tests.commands.conftest import house_of, settings_of
from tests.commands.decided import planned, run_in
from tests.commands.ops.conftest import Spawn
from tests.commands.repositories import commit, table, write


@pytest.fixture
def house(root: Path, tmp_path: Path) -> Iterator[House]:
    made = house_of(settings_of(root, tmp_path / "state"))
    yield made
    made.journal.close()


def test_a_site_in_progress_is_only_that_with_an_agent_at_work_on_it(
    house: House, root: Path, agent: Spawn
) -> None:
    version = commit(root, table(lotus="D", fern="D"), 0)
    write(root, table(lotus="i", fern="i"))
    plan = planned(house, f"dedupe restore {version}")
    run_in(house, plan)
    restored = plans.get(house.journal.connection(), plan)
    both = (Move("lotus.dev", "i", "D"), Move("fern.dev", "i", "D"))
    assert reapplying.look(house, restored).unproved == both
    agent("opus", "--sites", "lotus.dev,oak.dev")
    found = reapplying.look(house, restored)
    assert found.proved == ((both[0], "agent"),)
    assert found.unproved == (both[1],)


def test_a_restore_tells_how_many_agents_may_write_meanwhile(house: House, root: Path, agent: Spawn) -> None:
    version = commit(root, table(lotus="D"), 0)
    write(root, table(lotus="i"))
    agent("opus", "1")
    plan = plans.get(house.journal.connection(), planned(house, f"dedupe restore {version}"))
    assert plan.targets[0].about["agents"] == 1
