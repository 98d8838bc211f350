"""A plan's life in Slack: asked, decided, run, on one message; every click answered."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.run import Running
from bot.settings import Settings
from bot.workspace.driver import Driver, Message
from commands.answer import answer
from commands.demo_host import host
from commands.demo_host.hosttools import processes
from commands.ops import events, hold
from commands.ops.machine.clock import SystemClock
from commands.ops.roles import Caller
from commands.reply import Ask
from commands.words import words
from tests.bot.conftest import connected
from tests.commands.conftest import house_of


@pytest.fixture(autouse=True)
def _herald_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(0))


@pytest.fixture
def raised(bot_settings: Settings) -> Settings:
    """Settings under which a resume needs a second person."""
    bot_settings.ops.approvals.tiers["resume"] = "second"
    return bot_settings


async def _resume_plan(workspace: Driver) -> Message:
    omar = workspace.person("Omar")
    await omar.slash("/batch hold --reason “disk is filling”")
    held = await workspace.wait_for("Launches are on hold", button="Resume")
    await omar.click(held, "Resume")
    return await workspace.wait_for("lift the hold on launches?", button="Approve")


async def test_a_plan_is_one_message_edited_through_its_life(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    plan = await _resume_plan(workspace)
    assert plan.buttons == ["Approve", "Decline", "Withdraw"]
    assert "Omar Haddad" in plan.text
    assert (demo_host / ".smbatcher/HOLD").exists()
    before = len(workspace.messages("#batch-ops"))
    await workspace.person("Omar").click(plan, "Approve")
    await workspace.person("Omar").told("You approved P-")
    done = await workspace.wait_for("done: lift the hold on launches", button="Undo")
    assert done.ts == plan.ts
    assert "1 of 1 step" in done.text
    assert not (demo_host / ".smbatcher/HOLD").exists()
    assert len(workspace.messages("#batch-ops")) == before
    assert hold.read(bot.house.settings, bot.house.machine) is None


async def test_who_may_not_approve_is_told_privately_and_nothing_changes(
    workspace: Driver, bot: Running
) -> None:
    plan = await _resume_plan(workspace)
    before = plan.text
    for name, why in (("Vera", "needs the role operator"), ("Nico", "You have no role here")):
        person = workspace.person(name)
        await person.click(plan, "Approve")
        await person.told(why)
    assert plan.text == before
    assert bot.identity.user


async def test_a_plan_is_declined_with_a_reason_in_a_form(workspace: Driver, bot: Running) -> None:
    plan = await _resume_plan(workspace)
    asha = workspace.person("Asha")
    await asha.click(plan, "Decline")
    form = await asha.form("Decline")
    assert await asha.submit(form, reason="the disk is still full") == {}
    declined = await workspace.wait_for("declined: nothing was done")
    assert declined.ts == plan.ts
    assert "by Asha Rao: the disk is still full" in declined.text
    assert bot.identity.user


async def test_a_form_for_who_may_not_says_so(workspace: Driver, bot: Running) -> None:
    plan = await _resume_plan(workspace)
    vera = workspace.person("Vera")
    await vera.click(plan, "Decline")
    form = await vera.form("Wavewarden")
    await _until_says(workspace, form, "needs the role operator")
    assert bot.identity.user


async def test_a_second_click_is_told_who_decided(workspace: Driver, bot: Running) -> None:
    plan = await _resume_plan(workspace)
    omar, asha = workspace.person("Omar"), workspace.person("Asha")
    await asyncio.gather(omar.click(plan, "Approve"), asha.click(plan, "Approve"))
    await workspace.wait_for("done: lift the hold")
    told = [message.text for person in (omar, asha) for message in person.private]
    assert sum("You approved" in text for text in told) == 1
    assert sum("already" in text for text in told) == 1
    assert bot.identity.user


async def test_a_plan_that_needs_others_calls_them_and_not_its_asker(
    raised: Settings, workspace: Driver
) -> None:
    async with connected(raised):
        await workspace.wait_for_app()
        plan = await _resume_plan(workspace)
        call = await workspace.wait_for("waits for an approver")
        assert "<!subteam^S0APPROVERS>" in call.json["text"]
        omar, asha = workspace.person("Omar"), workspace.person("Asha")
        await omar.click(plan, "Approve")
        await omar.told("needs an approver")
        await asha.click(plan, "Approve")
        done = await workspace.wait_for("done: lift the hold")
        assert "by Asha Rao" in done.text


async def test_a_plan_from_the_terminal_shows_in_the_channel_and_can_be_decided_there(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    settings = replace(bot.house.settings, operators=("os:ann", "U0OMAR"))
    terminal = replace(house_of(settings), clock=SystemClock())
    hold.place(terminal, "ann", "planned work")
    asked = answer(
        Ask("1", words("batch resume"), Caller("os:ann", "ann", "terminal"), bot.house.clock.now()), terminal
    )
    terminal.journal.close()
    plan = await workspace.wait_for(
        f"{asked.facts['plan']}: lift the hold on launches?", channel="#batch-ops", button="Approve"
    )
    await workspace.person("Omar").click(plan, "Approve")
    await workspace.wait_for("done: lift the hold")
    assert not (demo_host / ".smbatcher/HOLD").exists()


async def test_a_pending_plans_buttons_work_after_a_restart(
    bot_settings: Settings, workspace: Driver
) -> None:
    async with connected(bot_settings):
        await workspace.wait_for_app()
        plan = await _resume_plan(workspace)
    await workspace.wait_for_app(0)
    async with connected(bot_settings):
        await workspace.wait_for_app()
        await workspace.person("Omar").click(plan, "Approve")
        assert (await workspace.wait_for("done: lift the hold")).ts == plan.ts


async def test_a_stale_plan_shows_what_changed_and_offers_a_fresh_one(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    plan = await _resume_plan(workspace)
    (demo_host / ".smbatcher/HOLD").write_text("by somebody else\n")
    await workspace.person("Omar").click(plan, "Approve")
    stale = await workspace.wait_for("nothing was done: what it was approved for has changed", button="Renew")
    assert "hold has changed: " in stale.text
    await workspace.person("Omar").click(stale, "Renew")
    await workspace.wait_for("lift the hold on launches?", button="Approve")
    assert (demo_host / ".smbatcher/HOLD").exists()
    assert bot.identity.user


async def test_stop_is_red_and_asks_back(workspace: Driver, bot: Running, demo_host: Path) -> None:
    host.start_wave(demo_host)
    omar = workspace.person("Omar")
    await omar.slash("/batch stop")
    offer = await workspace.wait_for("Launches are on hold; 25 agents", button="Stop 25 agents")
    assert (demo_host / ".smbatcher/HOLD").exists()
    await omar.click(offer, "Stop 25 agents", accept=False)
    assert [record.role for record in processes.living(str(demo_host))].count("agent") == 25
    await omar.click(offer, "Stop 25 agents")
    await workspace.wait_for("Stopped: no agent of these runs any more.")
    assert processes.living(str(demo_host)) == []
    assert events.last(bot.house.journal.connection()) > 0


async def _until_says(workspace: Driver, form: object, text: str) -> None:
    await workspace._watch.until(
        lambda: True if text in getattr(form, "text", "") else None, lambda: f"The form never said “{text}”."
    )
