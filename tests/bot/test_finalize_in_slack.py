"""`/batch finalize` in Slack: one looks and asks, another approves, a third takes it back."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.run import Running
from bot.workspace.driver import Driver
from bot.workspace.server import Served
from commands.demo_host import host as demo
from tests.bot.conftest import ON_A_BUSY_MACHINE
from tests.commands.demo_host.running import counts
from tests.commands.registries import REGISTRY


@pytest.fixture
def workspace(town: Served) -> Driver:
    """Patient: tools are started."""
    return Driver(town.workspace, ON_A_BUSY_MACHINE)


@pytest.fixture(autouse=True)
def _herald_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(0))


async def test_a_finalization_that_broke_off_is_retried_and_taken_back_by_two(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    demo.break_host(demo_host, "half-finalized")
    before = (demo_host / REGISTRY).read_bytes()
    omar, asha = workspace.person("Omar"), workspace.person("Asha")
    await omar.slash("/batch finalize")
    partial = await workspace.wait_for("Batch 001 is finalized in part", button="Retry finalization")
    assert "34 of 68 sites, 34 left. Retry it." in partial.text
    assert partial.buttons == ["Retry finalization", "List the remaining sites", "Look again", "Escalate"]
    await omar.click(partial, "Retry finalization")
    plan = await workspace.wait_for("finalize the rest of batch 001: 34 implemented sites?", button="Approve")
    assert "tools/implement/finish.sh --batch 001 --root ." in plan.text
    await asha.click(plan, "Approve")
    done = await workspace.wait_for("done: finalize the rest", button="Undo")
    assert done.ts == plan.ts
    assert "34 of 34 sites are at Q" in done.text
    assert "Batch 001 is finalized: all expected sites, 68, are at Q." in done.text
    assert counts(demo_host) == {"Q": 68}
    await asha.click(done, "Undo")
    undo = await workspace.wait_for("34 sites go back to what they were?", button="Approve")
    await omar.click(undo, "Approve")
    await workspace.wait_for("done: take back P-")
    assert (demo_host / REGISTRY).read_bytes() == before
    assert bot.identity.user


async def test_lost_rows_come_back_and_are_finalized_by_a_second_person(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    demo.break_host(demo_host, "half-finalized")
    demo.break_host(demo_host, "lost-rows")
    omar, asha = workspace.person("Omar"), workspace.person("Asha")
    await omar.slash("/batch finalize 001")
    lost = await workspace.wait_for("17 expected sites are lost", button="Restore")
    [button] = [text for text in lost.buttons if text.endswith("then finalize")]
    await omar.click(lost, button)
    plan = await workspace.wait_for("then finalize batch 001: 68 implemented sites?", button="Approve")
    await omar.click(plan, "Approve")
    await omar.told("needs an approver")
    await asha.click(plan, "Approve")
    await workspace.wait_for("done: go back to commit", button="Undo")
    assert counts(demo_host) == {"Q": 68}
    assert bot.identity.user


async def test_who_asks_while_agents_run_is_told_what_to_do_first(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    demo.start_wave(demo_host)
    omar = workspace.person("Omar")
    await omar.slash("/batch finalize 001 --run")
    await omar.told("Hold launches, wait for them or stop them, then finalize.")
    assert {"Hold launches", "Wait for wave 2", "Stop the batch"} <= set(omar.private[-1].buttons)
    assert bot.identity.user
