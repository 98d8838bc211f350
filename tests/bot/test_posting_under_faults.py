"""What is posted arrives, once, whatever Slack and the network do meanwhile."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import outbox
from bot.outbox import Draft
from bot.run import Running
from bot.settings import Settings
from bot.store import Store
from bot.workspace.driver import Driver
from bot.workspace.server import Served
from tests.bot.conftest import connected

STATUS = "/batch status --batch 001"
AT_REST = "Batch 001 is at rest"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sender.BACKOFF", (0.01,))


def _times(workspace: Driver, text: str) -> int:
    return sum(text in message.text for message in workspace.messages("#batch-ops"))


@pytest.mark.parametrize("fault", ["reset", "drop"])
async def test_a_post_whose_connection_breaks_after_it_was_taken_is_not_doubled(
    fault: str, workspace: Driver, bot: Running
) -> None:
    await workspace.workspace.set_fault(fault, 1)
    await workspace.person("Omar").slash(STATUS)
    summary = await workspace.wait_for(AT_REST)
    await workspace.wait_for("Batch 001 by status", thread=summary)
    assert _times(workspace, AT_REST) == 1
    assert bot.identity.name == "wavewarden"


async def test_a_reply_whose_connection_breaks_is_not_doubled(workspace: Driver, bot: Running) -> None:
    await workspace.workspace.set_fault("reset", 2)
    await workspace.person("Omar").slash(STATUS)
    summary = await workspace.wait_for(AT_REST)
    await workspace.wait_for("Batch 001 by status", thread=summary)
    assert len(summary.thread) == 1
    assert bot.identity.user == "U0WARDEN"


async def test_a_rate_limit_is_waited_out(workspace: Driver, bot: Running) -> None:
    await workspace.workspace.set_fault("rate_limit", 1)
    await workspace.person("Omar").slash(STATUS)
    summary = await workspace.wait_for(AT_REST)
    await workspace.wait_for("Batch 001 by status", thread=summary)
    assert bot.identity.team


async def test_slack_away_for_a_while_loses_nothing(workspace: Driver, bot: Running, town: Served) -> None:
    omar = workspace.person("Omar")
    await omar.slash("/batch version")
    await workspace.wait_for("Wavewarden 0.")
    await workspace.workspace.set_fault("down", 1)
    with bot.store.write() as transaction:
        _put(transaction, "said while Slack was away")
    bot.front.wake("C0OPS")
    await workspace.wait_for("said while Slack was away")
    assert town.url


async def test_what_waits_when_the_bot_ends_is_posted_by_the_next(
    workspace: Driver, bot_settings: Settings, tmp_path: Path
) -> None:
    store = Store(tmp_path / "state")
    with store.write() as transaction:
        _put(transaction, "left behind")
    store.close()
    async with connected(bot_settings):
        await workspace.wait_for("left behind")


async def test_blocks_that_slack_refuses_are_posted_as_text(workspace: Driver, bot: Running) -> None:
    with bot.store.write() as transaction:
        _put(transaction, "the words at least", blocks=[{"type": "nonsense"}])
    bot.front.wake("C0OPS")
    assert (await workspace.wait_for("the words at least")).blocks == []


async def test_a_post_that_slack_refuses_for_good_does_not_stop_the_others(
    workspace: Driver, bot: Running, caplog: pytest.LogCaptureFixture
) -> None:
    with bot.store.write() as transaction:
        _put(transaction, "lost thread", thread_ts="1.000001")
        _put(transaction, "after it")
    bot.front.wake("C0OPS")
    await workspace.wait_for("after it")
    assert "failed for good" in caplog.text


async def test_a_hundred_posts_keep_their_order(workspace: Driver, bot: Running) -> None:
    with bot.store.write() as transaction:
        for number in range(100):
            _put(transaction, f"post {number:03}")
    bot.front.wake("C0OPS")
    await workspace.wait_for("post 099")
    said = [message.text for message in workspace.messages("#batch-ops")]
    assert said == sorted(said)
    assert len(said) == 100


async def test_a_reconnect_asked_for_by_slack_loses_no_line(workspace: Driver, bot: Running) -> None:
    await workspace.workspace.set_fault("refresh", 1)
    await workspace.wait_for_app(0)
    await workspace.wait_for_app(1)
    await workspace.person("Omar").slash(STATUS)
    await workspace.wait_for(AT_REST)
    assert bot.identity.user == "U0WARDEN"


def _put(transaction: sqlite3.Connection, text: str, **more: object) -> None:
    body = {"text": text, **more}
    outbox.put(transaction, datetime.now(UTC), Draft("chat.postMessage", "C0OPS", body))
