"""Incidents in Slack: one thread each, into which everything about the resource goes."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.run import Running
from bot.settings import Settings
from bot.workspace.driver import Driver, Message
from commands.demo_host import host
from commands.ops.incidents import escalations, incidents, timeline
from commands.ops.incidents.incidents import Incident
from commands.ops.roles import Caller
from tests.bot.conftest import connected
from tests.bot.files_seen import file_in
from tests.commands.conftest import house_of
from tests.commands.decided import ask_in
from tests.commands.registries import put, wave_sites

WAVE = "/batch wave 2 --batch 001"
CRASHED = "Wave 2 has crashed"


@pytest.fixture(autouse=True)
def _crashed_and_told_at_once(demo_host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    host.break_host(demo_host, "crash")
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(seconds=0.5))


def _open(bot: Running) -> Incident:
    [one] = incidents.all_open(bot.house.journal.connection())
    return one


def _tops(workspace: Driver) -> list[Message]:
    found = workspace.messages("#batch-ops")
    return [one for one in found if one.json.get("thread_ts") in (None, one.ts)]


async def _begun(workspace: Driver) -> tuple[Message, Message]:
    """The incident's first message, and the one in its thread that is kept up to date."""
    await workspace.person("Omar").slash(WAVE)
    head = await workspace.wait_for(CRASHED, channel="#batch-ops")
    return head, await workspace.wait_for("is open: Wave 2 has crashed", thread=head)


async def test_the_first_diagnosis_is_its_message_and_its_thread_tells_how_it_stands(
    workspace: Driver, bot: Running
) -> None:
    head, card = await _begun(workspace)
    assert f"This is incident {_open(bot).id}." in head.text
    assert card.buttons == ["Diagnose again", "Take over", "Add note", "Escalate", "Close incident"]
    assert len(_tops(workspace)) == 1


async def test_a_line_about_it_asked_elsewhere_goes_into_its_thread_with_a_link_for_the_caller(
    workspace: Driver, bot: Running
) -> None:
    head, _ = await _begun(workspace)
    vera = workspace.person("Vera")
    await vera.slash(WAVE, channel="#general")
    told = await vera.told(f"This belongs to incident {_open(bot).id}")
    assert f"/archives/C0OPS/p{head.ts.replace('.', '')}|here>" in told.json["text"]
    assert told.buttons == ["Show incident"]
    answer = await workspace.wait_for("Vera Lind asked", thread=head)
    assert answer.json["thread_ts"] == head.ts
    assert workspace.messages("#general") == []
    assert len(_tops(workspace)) == 1


async def test_plans_stand_in_its_thread_and_on_its_timeline(workspace: Driver, bot: Running) -> None:
    head, card = await _begun(workspace)
    await workspace.person("Omar").slash("/redeploy wave 2 --batch 001")
    plan = await workspace.wait_for("relaunch wave 2", button="Approve", thread=head)
    await workspace.person("Omar").click(plan, "Withdraw")
    await workspace.wait_for("withdrawn: nothing was done", thread=head)
    changed = await workspace.wait_for("withdrawn: redeploy wave 2", thread=head)
    assert changed.ts == card.ts or changed.json["thread_ts"] == head.ts
    kinds = [one.kind for one in timeline.of_incident(bot.house.journal.connection(), _open(bot).id)]
    assert kinds == ["opened", "plan", "decision"]


async def test_a_note_by_mention_in_the_thread_is_about_this_incident(
    workspace: Driver, bot: Running
) -> None:
    head, _ = await _begun(workspace)
    omar = workspace.person("Omar")
    await omar.slash("/batch incident open disk")
    await workspace.wait_for("disk, is open")
    await omar.replies(head, "@wavewarden note it's the <memory> again")
    await omar.told("Noted on I-")
    [wave] = [one for one in incidents.all_open(bot.house.journal.connection()) if "wave" in one.resource]
    last = timeline.of_incident(bot.house.journal.connection(), wave.id)[-1]
    assert (last.kind, last.text) == ("note", "it's the <memory> again")
    shown = await workspace.wait_for("it's the", thread=head)
    assert "&lt;memory&gt;" in str(shown.json["blocks"])


async def test_it_is_handed_to_somebody_who_is_mentioned(workspace: Driver, bot: Running) -> None:
    head, _ = await _begun(workspace)
    await workspace.person("Omar").replies(head, f"@wavewarden incident hand {_open(bot).id} @Asha")
    told = await workspace.wait_for("is in your hands now, by Omar Haddad", thread=head)
    assert told.json["text"].startswith("<@U0ASHA>: incident I-")
    assert _open(bot).owner is not None
    assert _open(bot).owner.name == "Asha Rao"  # type: ignore[union-attr]


async def test_it_is_closed_by_its_button_and_the_report_is_in_the_thread(
    workspace: Driver, bot: Running
) -> None:
    head, card = await _begun(workspace)
    incident = _open(bot)
    omar = workspace.person("Omar")
    await omar.click(card, "Close incident")
    await omar.submit(await omar.form(f"Close {incident.id}"), cause="out of memory")
    told = await workspace.wait_for("is closed after", thread=head)
    assert "out of memory" in told.text
    await workspace.wait_for(":white_check_mark:", thread=head)
    report = await file_in(workspace, head, f"Report of incident {incident.id}")
    assert report["preview"].startswith(f"# Incident {incident.id}: wave 2 of batch 001")
    assert incidents.all_open(bot.house.journal.connection()) == ()


async def test_opened_in_a_direct_message_the_channel_is_told(workspace: Driver, bot: Running) -> None:
    await workspace.person("Omar").says("@wavewarden", "wave 2 --batch 001")
    head = await workspace.wait_for(CRASHED, channel="#batch-ops")
    await workspace.wait_for("is open: Wave 2 has crashed", thread=head)
    assert _open(bot).opened_by.name == "Omar Haddad"


async def test_opened_where_the_bot_is_no_member_it_is_answered_there_once_and_told_in_the_channel(
    workspace: Driver, bot: Running
) -> None:
    await workspace.person("Omar").slash(WAVE, channel="#general")
    answer = await workspace.wait_for(CRASHED, channel="#general")
    assert "/invite @wavewarden" in answer.text
    head = await workspace.wait_for(CRASHED, channel="#batch-ops")
    await workspace.wait_for("is open: Wave 2 has crashed", thread=head)
    assert _open(bot).is_open


async def test_opened_and_cleared_from_a_terminal(workspace: Driver, bot: Running, demo_host: Path) -> None:
    terminal = house_of(bot.house.settings, bot.house.clock)  # type: ignore[arg-type]
    ask_in(terminal, "batch wave 2 --batch 001")
    head = await workspace.wait_for(CRASHED, channel="#batch-ops")
    await workspace.wait_for("is open: Wave 2 has crashed", thread=head)
    put(demo_host, "I", *wave_sites(demo_host, 2))
    host.stop(demo_host)
    ask_in(terminal, "batch wave 2 --batch 001", Caller("os:root", "root", "terminal"))
    terminal.journal.close()
    offer = await workspace.wait_for("its trouble is no longer found", thread=head, button="Close incident")
    assert offer.json["thread_ts"] == head.ts


async def test_trouble_that_comes_back_is_told_to_who_should_hear(
    bot_settings: Settings, workspace: Driver, demo_host: Path
) -> None:
    slack = replace(bot_settings.slack, on_call=("S0ONCALL",))
    async with connected(replace(bot_settings, slack=slack)) as bot:
        await workspace.wait_for_app()
        head, _ = await _begun(workspace)
        vera, sites = workspace.person("Vera"), wave_sites(demo_host, 2)
        for who in ("<!subteam^S0ONCALL>", "<@U0OMAR>"):
            put(demo_host, "I", *sites)
            await vera.slash(WAVE)
            await workspace.wait_for("finds no trouble any more", thread=head)
            put(demo_host, "i", *sites)
            await vera.slash(WAVE)
            told = await workspace.wait_for("its trouble is back", thread=head)
            assert told.json["text"].startswith(f"{who} Incident I-")
            await workspace.person("Omar").slash(f"/batch incident hand {_open(bot).id} me")


async def test_closed_its_escalation_calls_nobody_any_more(workspace: Driver, bot: Running) -> None:
    head, card = await _begun(workspace)
    omar = workspace.person("Omar")
    await omar.click(card, "Escalate")
    await omar.submit(await omar.form("Escalate I-"))
    shown = await workspace.wait_for("nobody has it yet", thread=head, button="Show escalation")
    await omar.click(shown, "Close incident")
    await omar.submit(await omar.form("Close"), cause="out of memory")
    await workspace.wait_for("resolved by Omar Haddad", thread=head)
    assert escalations.all_open(bot.house.journal.connection()) == ()


async def test_after_a_restart_its_thread_goes_on(bot_settings: Settings, workspace: Driver) -> None:
    async with connected(bot_settings):
        await workspace.wait_for_app()
        head, _ = await _begun(workspace)
    await workspace.wait_for_app(0)
    async with connected(bot_settings):
        await workspace.wait_for_app()
        await workspace.person("Vera").slash(WAVE)
        await workspace.wait_for("Vera Lind asked", thread=head)
    assert len(_tops(workspace)) == 1


async def test_an_alert_on_an_open_incident_calls_in_its_thread_and_in_the_channel(
    bot_settings: Settings, workspace: Driver
) -> None:
    watch = replace(bot_settings.ops.watch, every_seconds=0.2)
    quiet = replace(bot_settings, slack=replace(bot_settings.slack, on_call=("S0ONCALL",)))
    async with connected(quiet):
        await workspace.wait_for_app()
        head, _ = await _begun(workspace)
    await workspace.wait_for_app(0)
    async with connected(replace(quiet, ops=replace(quiet.ops, watch=watch))):
        await workspace.wait_for_app()
        call = await workspace.wait_for("please look", thread=head)
        assert call.json["text"].startswith("<!subteam^S0ONCALL>")
        assert call.json["thread_ts"] == head.ts
