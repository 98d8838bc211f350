"""An escalation in Slack: a form that is filled in already, and a post to the people on call."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.run import Running
from bot.settings import Settings
from bot.views.form import TYPED
from bot.workspace.driver import Driver, Message
from bot.workspace.driver.handles import View
from commands.demo_host import host
from commands.ops.machine.clock import SystemClock
from commands.ops.roles import Caller
from tests.bot.conftest import connected
from tests.bot.escalations import CHANNEL, WAITS, incident_of, only, opened, posted, read
from tests.bot.files_seen import file_in
from tests.commands.conftest import house_of
from tests.commands.decided import ask_in

WAVE = "/batch wave 2 --batch 001"
CRASHED = "Wave 2 has crashed"
# The runbook's escalation protocol, “Information to provide on escalation”.
TITLES = [
    "ISSUE", "IMPACT", "SEVERITY", "TIME SINCE OCCURRENCE", "ATTEMPTED FIXES", "CURRENT STATE", "SYSTEM HEALTH",
    "ATTACHMENT",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(0))


@pytest.fixture
def bot_settings(bot_settings: Settings) -> Settings:
    slack = replace(bot_settings.slack, escalation_channel="C0ESC", on_call=("S0APPROVERS",))
    return replace(bot_settings, slack=slack)


def _permalink(message: Message) -> str:
    return f"/archives/{message.channel}/p{message.ts.replace('.', '')}"


def _values(form: View) -> dict[str, str]:
    inputs = [block for block in form.blocks if block["type"] == "input"]
    return {block["block_id"]: str(block["element"].get("initial_value", "")) for block in inputs}


async def _says(workspace: Driver, form: View, text: str) -> None:
    await workspace.wait_until(lambda: True if text in form.text else None, lambda: form.text)


def _hint(form: View, name: str) -> str:
    [block] = [block for block in form.blocks if block.get("block_id") == name]
    return str(block.get("hint", {}).get("text", ""))


@pytest.mark.usefixtures("bot")
async def test_the_whole_path_of_a_crash_by_two_people(workspace: Driver, demo_host: Path) -> None:
    host.break_host(demo_host, "crash")
    omar, asha = workspace.person("Omar"), workspace.person("Asha")
    await omar.slash(WAVE)
    head = await workspace.wait_for(CRASHED, channel="#batch-ops", button="Escalate")
    await workspace.wait_for("is open: Wave 2 has crashed", thread=head, button="Escalate")
    await omar.replies(head, "@wavewarden note rebooted at noon")
    await omar.told("Noted on I-")
    await omar.click(head, "Escalate")
    form = await omar.form("Escalate I-")
    assert "Omar Haddad noted: rebooted at noon" in _values(form)["attempts"]
    assert await omar.submit(form, issue="the agents die again", impact="no deadline is met") == {}
    await omar.told("Escalated as E-")
    post = await workspace.wait_for(WAITS, channel=CHANNEL, button="On it")
    assert post.fallback.startswith("<!subteam^S0APPROVERS> E-")
    assert "<!subteam^S0APPROVERS>" in post.text
    assert re.findall(r"^([A-Z][A-Z ]+):", read(post), re.MULTILINE)[:8] == TITLES
    for said in (
        "ISSUE: the agents die again",
        "IMPACT: no deadline is met",
        "CURRENT STATE:\nWave 2 has crashed",
    ):
        assert said in read(post)
    link = await workspace.wait_for("has escalated this", thread=head)
    assert _permalink(post) in link.json["text"]
    assert _permalink(head) in post.text
    await asha.click(post, "On it")
    await asha.told("You are on E-")
    told = await workspace.wait_for("<@U0OMAR>: E-", thread=head)
    assert "Asha Rao is on it, " in told.fallback
    now = await workspace.wait_for("Asha Rao is on it", channel=CHANNEL, button="Resolved")
    assert (now.ts, "On it" in now.buttons, "<!subteam" in now.text) == (post.ts, False, False)
    await asha.click(now, "Need more")
    await asha.submit(await asha.form("More about"), text="which commit is this?")
    asked = await workspace.wait_for("<@U0OMAR>: Asha Rao needs to know more", thread=head)
    assert asked.fallback.endswith(": which commit is this?")
    await asha.click(now, "Resolved")
    for place in (head, post):
        over = await workspace.wait_for("in all.", thread=place)
        assert re.search(r"resolved by Asha Rao after \d+ s: taken after \d+ s", over.json["text"])


async def test_of_duplicates_the_files_lie_below_the_post(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    host.break_host(demo_host, "duplicates")
    await workspace.person("Omar").slash("/dedupe")
    await workspace.wait_for("in the registry more than once", channel="#batch-ops", button="Escalate")
    post = await posted(workspace)
    known = only(bot)
    assert known.incident == incident_of(bot, "registry")
    assert re.search(r"IMPACT:\n\d+ sites? with identical rows", read(post))
    assert [name.split("-registry-")[-1] for name in known.files][:2] == ["diagnosis.txt", "host-state.txt"]
    for name in known.files:
        assert (await file_in(workspace, post, name))["size"] > 100


@pytest.mark.usefixtures("bot")
async def test_what_somebody_said_becomes_the_issue_by_the_messages_menu(workspace: Driver) -> None:
    head = await opened(workspace)
    vera, omar = workspace.person("Vera"), workspace.person("Omar")
    said = await vera.replies(head, "lotus.dev & all others: “<slow>” since 3")
    await omar.uses("escalate_message", said)
    form = await omar.form("Escalate I-")
    assert _values(form)["issue"] == 'lotus.dev & all others: "<slow>" since 3'
    await omar.submit(form)
    post = await workspace.wait_for(WAITS, channel=CHANNEL)
    assert 'ISSUE: lotus.dev &amp; all others: "&lt;slow&gt;" since 3' in read(post)


@pytest.mark.usefixtures("bot")
async def test_who_may_not_escalate_is_told_in_the_form_that_opened(workspace: Driver) -> None:
    vera = workspace.person("Vera")
    await vera.slash("/escalate help")
    await _says(workspace, await vera.form("Wavewarden"), "needs the role operator")


async def test_with_several_open_one_form_asks_which_and_becomes_the_other(
    workspace: Driver, bot: Running
) -> None:
    await opened(workspace)
    await opened(workspace, "host")
    omar = workspace.person("Omar")
    await omar.slash("/escalate all is slow")
    first = await omar.form("Escalate")
    disk = incident_of(bot, "disk")
    assert await omar.submit(first, which=f"{disk} · disk · /var is full") == {}
    second = await omar.form(f"Escalate {disk}")
    assert second.id == first.id
    assert _values(second)["issue"] == "all is slow"
    await omar.submit(second)
    await workspace.wait_for(WAITS, channel=CHANNEL)
    assert only(bot).incident == disk


async def test_with_none_open_it_asks_whether_to_go_on_all_the_same(workspace: Driver, bot: Running) -> None:
    omar = workspace.person("Omar")
    await omar.slash("/escalate")
    form = await omar.form("Escalate")
    assert "No incident is open" in form.text
    assert form.json["submit"]["text"] == "Escalate all the same"
    assert "Empty: ISSUE, TIME SINCE OCCURRENCE, ATTEMPTED FIXES" in form.text
    assert await omar.submit(form) == {"issue": "Please complete this required field."}
    await omar.submit(form, issue="something smells")
    post = await workspace.wait_for(WAITS, channel=CHANNEL)
    assert only(bot).incident is None
    await workspace.person("Asha").click(post, "On it")
    told = await workspace.wait_for("Asha Rao is on it", thread=post)
    assert told.json["text"].startswith("<@U0OMAR>")


@pytest.mark.usefixtures("bot")
async def test_a_mention_gets_a_button_for_the_form(workspace: Driver) -> None:
    head = await opened(workspace)
    omar = workspace.person("Omar")
    await omar.replies(head, "@wavewarden escalate nothing helps")
    await omar.click(await omar.told("only a click can open one"), "Open the form")
    assert _values(await omar.form("Escalate I-"))["issue"] == "nothing helps"


@pytest.mark.usefixtures("bot")
async def test_the_form_at_slacks_limits_is_cut_and_says_so(workspace: Driver) -> None:
    await opened(workspace)
    omar = workspace.person("Omar")
    for number in range(3):
        await omar.slash(f"/batch note {number} {'x' * 1500}")
        await omar.told("Noted on I-")
    await omar.slash(f"/escalate {'long ' * 700}")
    form = await omar.form("Escalate I-")
    values = _values(form)
    assert len(values["issue"]) == TYPED
    assert _hint(form, "issue") == "A form takes 3,000 characters: the last 499 did not fit."
    assert len(values["attempts"]) <= TYPED
    assert "noted: 2 xxx" in values["attempts"], "the latest are kept"
    assert "earlier" in values["attempts"].splitlines()[0]
    full = dict.fromkeys(("issue", "impact", "attempts", "state", "health", "next"), "& " * (TYPED // 2))
    assert await omar.submit(form, **full) == {}
    post = await workspace.wait_for(WAITS, channel=CHANNEL)
    said = post.text + "".join([reply.text for reply in await _pages(workspace, post)])
    assert said.count("&amp; ") >= 6 * (TYPED // 2) - 12


async def _pages(workspace: Driver, post: Message) -> list[Message]:
    """All that did not fit into the post."""
    first = await workspace.wait_for("Evidence 1 of ", thread=post)
    number = first.fallback.split()[3].rstrip(":")
    await workspace.wait_for(f"Evidence {number} of {number}", thread=post)
    return [reply for reply in post.thread if reply.fallback.startswith("Evidence")]


async def test_of_two_who_escalate_at_once_the_second_sees_the_first(workspace: Driver, bot: Running) -> None:
    await opened(workspace)
    omar, asha = workspace.person("Omar"), workspace.person("Asha")
    await omar.slash("/escalate mine")
    first = await omar.form("Escalate I-")
    await asha.slash("/escalate hers")
    second = await asha.form("Escalate I-")
    await omar.submit(first)
    await workspace.wait_for(WAITS, channel=CHANNEL)
    await asha.submit(second)
    told = await asha.told("was escalated already, by Omar Haddad, as E-")
    assert "Show escalation" in told.buttons
    assert "on the incident's timeline, as a note" in told.text
    assert only(bot).fields["issue"] == "mine"
    await asha.slash("/escalate once more")
    await _says(workspace, await asha.form("Wavewarden"), "was escalated already")


async def test_escalated_with_the_bot_down_it_is_posted_once_when_it_is_back(
    bot_settings: Settings, workspace: Driver
) -> None:
    terminal = replace(house_of(replace(bot_settings.ops, operators=("os:ann",))), clock=SystemClock())
    assert ask_in(terminal, "escalate the host hangs", Caller("os:ann", "ann", "terminal")).outcome == "fine"
    terminal.journal.close()
    await workspace.set_fault("drop")  # the post is taken, and the answer never comes
    async with connected(bot_settings):
        await workspace.wait_for_app()
        await workspace.wait_for("the host hangs", channel=CHANNEL)
    await workspace.wait_for_app(0)
    async with connected(bot_settings):
        await workspace.wait_for_app()
        [post] = [one for one in workspace.messages(CHANNEL) if "ISSUE" in one.text]
        await workspace.person("Asha").click(post, "On it")
        await workspace.wait_for("Asha Rao is on it", channel=CHANNEL, button="Resolved")
    assert len([one for one in workspace.messages(CHANNEL) if "ISSUE" in one.text]) == 1
