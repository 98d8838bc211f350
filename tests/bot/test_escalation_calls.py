"""Who is called for an escalation: in injected time again and wider, and what is said where nobody can be."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.manifest import as_dict
from bot.run import running
from bot.settings import Settings
from bot.workspace.cast import DEFAULT_CHANNELS, DEFAULT_GROUPS, Group
from bot.workspace.driver import Driver, Message
from bot.workspace.manifest import manifest_from
from bot.workspace.server import Served, serve
from bot.workspace.workspace import Workspace
from tests.bot.escalations import WAITS, only, opened, posted, read
from tests.clocks import MovedClock

EMPTY = Group("S0NOBODY", "nobody", "Nobody", ())
CALL = "nobody has E-"


@pytest.fixture
async def town() -> AsyncIterator[Served]:
    """With a group that has no members, and an escalation channel that the bot is not in: #batch-quiet."""
    channels = (*DEFAULT_CHANNELS, replace(DEFAULT_CHANNELS[-1], id="C0QUIET", name="batch-quiet"))
    groups = (*DEFAULT_GROUPS, EMPTY)
    made = Workspace(manifest_from(as_dict()), channels=channels, groups=groups, limited=False)
    served = await serve(made)
    yield served
    await served.close()


@pytest.fixture(autouse=True)
def _told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.herald.SETTLED", timedelta(0))


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


def _settings(bot_settings: Settings, *on_call: str, channel: str | None = "C0ESC") -> Settings:
    slack = replace(bot_settings.slack, escalation_channel=channel, on_call=on_call)
    rules = replace(bot_settings.ops.escalation, repeats=2, widen_to=("U0VERA",))
    return replace(bot_settings, slack=slack, ops=replace(bot_settings.ops, escalation=rules))


async def _called(workspace: Driver, post: Message, number: int) -> Message:
    return await workspace.wait_for(f"(call {number} of 2)", thread=post)


async def test_nobody_answers_so_more_are_called_twice_and_then_its_sender_is_told(
    bot_settings: Settings, workspace: Driver, clock: MovedClock
) -> None:
    async with running(_settings(bot_settings, "S0ONCALL"), clock) as bot:
        await workspace.wait_for_app()
        head = await opened(workspace)
        post = await posted(workspace)
        assert "<@U0VERA>" not in post.text
        for number in (1, 2):
            clock.move(900)
            call = await _called(workspace, post, number)
            assert call.json["text"].startswith("<!subteam^S0ONCALL> <@U0VERA>: nobody has E-")
            assert call.json["text"].endswith("it's the second time")
            assert call.json["subtype"] == "thread_broadcast"
        clock.move(900)
        told = await workspace.wait_for("Nobody is called any more", thread=head)
        assert told.json["text"].startswith("<@U0OMAR>")
        clock.move(9000)
        await workspace.person("Asha").click(post, "On it")
        await workspace.wait_for("Asha Rao is on it, 3 h 15 min after", thread=head)
        assert only(bot).calls == 2
    assert sum(CALL in reply.fallback for reply in post.thread) == 2


async def test_the_calls_go_on_after_a_restart_and_end_when_somebody_is_on_it(
    bot_settings: Settings, workspace: Driver, clock: MovedClock
) -> None:
    settings = _settings(bot_settings, "S0ONCALL")
    async with running(settings, clock):
        await workspace.wait_for_app()
        await opened(workspace)
        post = await posted(workspace)
    await workspace.wait_for_app(0)
    clock.move(900)
    async with running(settings, clock) as bot:
        await workspace.wait_for_app()
        await _called(workspace, post, 1)
        await workspace.person("Asha").click(post, "On it")
        await workspace.person("Asha").told("You are on E-")
        clock.move(900)
        await workspace.person("Asha").click(post, "Resolved")
        await workspace.wait_for("resolved 15 min later, 30 min in all", thread=post)
        assert bot.house.clock is clock
    assert sum(CALL in reply.fallback for reply in post.thread) == 1


async def test_a_group_without_members_is_said_and_others_are_called_at_once(
    bot_settings: Settings, workspace: Driver
) -> None:
    async with running(_settings(bot_settings, "S0NOBODY")):
        await workspace.wait_for_app()
        await opened(workspace)
        post = await posted(workspace)
        assert post.text.startswith(
            "<!subteam^S0NOBODY> <@U0VERA> (no members, so nobody is called: <!subteam^S0NOBODY>)"
        )


async def test_with_nobody_on_call_that_is_said(bot_settings: Settings, workspace: Driver) -> None:
    async with running(_settings(bot_settings)):
        await workspace.wait_for_app()
        await opened(workspace)
        post = await posted(workspace)
        assert post.text.startswith("Nobody is on call (WAVEWARDEN_ON_CALL is empty). <@U0VERA>")


async def test_where_the_bot_is_no_member_its_sender_is_told_how_to_let_it_in(
    bot_settings: Settings, workspace: Driver
) -> None:
    async with running(_settings(bot_settings, "S0ONCALL", channel="C0QUIET")) as bot:
        await workspace.wait_for_app()
        await opened(workspace)
        omar = workspace.person("Omar")
        await omar.slash("/escalate nothing helps")
        await omar.submit(await omar.form("Escalate"))
        told = await workspace.wait_for("could not be posted: not_in_channel", button="Post again")
        assert told.channel == "D0OMAR"
        assert "Type `/invite @wavewarden` in <#C0QUIET>" in told.text
        assert "The text is kept." in told.text
        assert only(bot).fields["issue"] == "nothing helps"
        await omar.slash("/invite @wavewarden", channel="#batch-quiet")
        await omar.click(told, "Post again")
        post = await workspace.wait_for(WAITS, channel="#batch-quiet")
        assert "ISSUE: nothing helps" in read(post)


@pytest.mark.parametrize("elsewhere", ["C0OPS", None])
async def test_without_a_channel_of_its_own_it_stands_in_the_other_or_its_sender_is_told(
    bot_settings: Settings, workspace: Driver, elsewhere: str | None
) -> None:
    settings = _settings(bot_settings, "S0ONCALL", channel=None)
    async with running(replace(settings, slack=replace(settings.slack, channel=elsewhere))):
        await workspace.wait_for_app()
        omar = workspace.person("Omar")
        await omar.slash("/escalate nothing helps")
        await omar.submit(await omar.form("Escalate"))
        if elsewhere:
            post = await workspace.wait_for(WAITS, channel="#batch-ops")
            assert "No channel is set for escalations (WAVEWARDEN_ESCALATION_CHANNEL)" in post.text
        else:
            told = await workspace.wait_for("no channel is set: WAVEWARDEN_ESCALATION_CHANNEL")
            assert told.channel == "D0OMAR"
