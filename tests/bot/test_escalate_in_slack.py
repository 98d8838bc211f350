"""An escalation in Slack: a filled form, a post to the people on call, and both sides told how it goes on."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.run import Running
from bot.settings import Settings
from bot.workspace.driver import Driver, Message
from bot.workspace.driver.handles import View
from commands.demo_host import host

WAVE = "/batch wave 2 --batch 001"
CRASHED = "Wave 2 has crashed"
TITLES = (
    "ISSUE", "IMPACT", "SEVERITY", "TIME SINCE OCCURRENCE", "ATTEMPTED FIXES", "CURRENT STATE", "SYSTEM HEALTH",
    "ATTACHMENT",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _crashed_and_told_at_once(demo_host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    host.break_host(demo_host, "crash")
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(0))


@pytest.fixture
def bot_settings(bot_settings: Settings) -> Settings:
    slack = replace(bot_settings.slack, escalation_channel="C0ESC", on_call=("S0APPROVERS",))
    return replace(bot_settings, slack=slack)


async def _begun(workspace: Driver) -> Message:
    """The incident's first message."""
    await workspace.person("Omar").slash(WAVE)
    head = await workspace.wait_for(CRASHED, channel="#batch-ops")
    await workspace.wait_for("is open: Wave 2 has crashed", thread=head)
    return head


async def _filled(workspace: Driver, name: str = "Omar") -> View:
    """The form, once it is filled."""
    return await workspace.person(name).form("Escalate")


async def _posted(workspace: Driver) -> Message:
    """Escalated from the slash command, and the post of it."""
    omar = workspace.person("Omar")
    await omar.slash("/escalate it's the second time")
    await omar.submit(await _filled(workspace))
    return await workspace.wait_for("nobody has it yet", channel="#batch-escalations", button="On it")


async def test_the_whole_path_by_two_people(workspace: Driver, bot: Running) -> None:
    head = await _begun(workspace)
    post = await _posted(workspace)
    assert post.json["text"].startswith("<!subteam^S0APPROVERS>")
    places = [post.text.index(f"{title}:") for title in TITLES]
    assert places == sorted(places)
    assert "it's the second time" in post.text
    link = await workspace.wait_for("has escalated this", thread=head)
    assert f"/archives/C0ESC/p{post.ts.replace('.', '')}" in link.json["text"]
    assert f"/archives/C0OPS/p{head.ts.replace('.', '')}" in post.text
    await workspace.person("Asha").click(post, "On it")
    await workspace.person("Asha").told("You are on E-")
    told = await workspace.wait_for("Asha Rao is on it", thread=head)
    assert told.json["text"].startswith("<@U0OMAR>")
    await workspace.wait_for("Asha Rao is on it", channel="#batch-escalations")
