"""Files arrive in their thread, once, whatever Slack and the network do meanwhile; and they hold up nothing else."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import outbox
from bot.check.live import check_live
from bot.drafts import files
from bot.manifest import as_dict
from bot.outbox import UPLOAD, Draft, Entry, Outbox
from bot.run import Running
from bot.settings import Settings
from bot.store import Store
from bot.threads import Spot
from bot.workspace.driver import Driver, Message
from bot.workspace.manifest import manifest_from
from bot.workspace.server import Served, serve
from bot.workspace.workspace import Workspace
from commands.ops.attachments.attachment import Attachment
from tests.bot.conftest import connected
from tests.bot.files_seen import file_in, files_in
from tests.commands.full_disk import eaten, small_disk

LOG = Attachment("2026-11-22T0313Z-wave-5.log", "logs/wave-5.log", "ERROR out of memory\n")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sender.BACKOFF", (0.01,))


def _put(store: Store, text: str, *attachments: Attachment) -> None:
    """A message, and files below it."""
    with store.write() as transaction:
        now = datetime.now(UTC)
        parent = outbox.put(transaction, now, Draft("chat.postMessage", "C0OPS", {"text": text}))
        for draft in files(attachments, Spot("C0OPS"), parent):
            outbox.put(transaction, now, draft)


def _put_below(bot: Running, head: Message, attachment: Attachment) -> None:
    """A file below a message that is there."""
    with bot.store.write() as transaction:
        for draft in files((attachment,), Spot("C0OPS", head.ts)):
            outbox.put(transaction, datetime.now(UTC), draft)
    bot.front.wake("C0OPS")


async def _posted(workspace: Driver, bot: Running, *attachments: Attachment) -> Message:
    """The message with these files, all of them there."""
    _put(bot.store, "the head", *attachments)
    bot.front.wake("C0OPS")
    head = await workspace.wait_for("the head")
    for one in attachments:
        await file_in(workspace, head, one.title)
    return head


def _kept(store: Store) -> int:
    """Files whose content the outbox still holds."""
    return int(
        store.connection().execute("SELECT count(*) FROM outbox WHERE content IS NOT NULL").fetchone()[0]
    )


def _done(monkeypatch: pytest.MonkeyPatch, name: str) -> asyncio.Event:
    """Set as soon as the outbox has done this with a file."""
    done, loop, does = asyncio.Event(), asyncio.get_running_loop(), getattr(Outbox, name)

    def doing(self: Outbox, entry: Entry, *more: object) -> None:
        does(self, entry, *more)
        if entry.draft.method == UPLOAD:
            loop.call_soon_threadsafe(done.set)

    monkeypatch.setattr(Outbox, name, doing)
    return done


async def test_files_stand_in_the_thread_of_their_message_in_their_order(
    workspace: Driver, bot: Running, town: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = _done(monkeypatch, "sent")
    second = Attachment("state.txt", "State of the host", "load 1.0\n")
    head = await _posted(workspace, bot, LOG, second)
    log, state = files_in(head)
    assert (log["name"], log["title"], log["size"]) == (LOG.name, LOG.title, 20)
    assert (log["preview"], state["name"]) == (LOG.text, "state.txt")
    assert log["url_private"].startswith(town.url)
    await sent.wait()
    assert _kept(bot.store) <= 1  # of the second one, which may not be settled yet


async def test_a_file_without_a_byte_says_so(workspace: Driver, bot: Running) -> None:
    head = await _posted(workspace, bot, replace(LOG, text=""))
    assert files_in(head)[0]["preview"] == "(empty)\n"


@pytest.mark.parametrize("fault", ["reset", "drop"])
async def test_a_file_whose_sharing_broke_after_it_was_taken_is_not_doubled(
    fault: str, workspace: Driver, bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, sent = await _posted(workspace, bot), _done(monkeypatch, "sent")
    await workspace.set_fault(fault)
    _put_below(bot, head, LOG)
    await sent.wait()
    assert len(files_in(head)) == 1


async def test_a_bot_that_ends_before_slack_has_answered_leaves_the_next_one_nothing_to_double(
    workspace: Driver, bot_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploaded, sent = _done(monkeypatch, "uploaded"), _done(monkeypatch, "sent")
    async with connected(bot_settings) as bot:
        head = await _posted(workspace, bot)
        await workspace.set_fault(
            "slow", 0.2
        )  # when the rest hangs the bytes are there, and nobody has the file
        _put_below(bot, head, LOG)
        await uploaded.wait()
        await workspace.set_fault("slow", 0)
        await workspace.set_fault("hang")
        await file_in(workspace, head, LOG.title)
    await workspace.set_fault("hang", 0)
    async with connected(bot_settings):
        await sent.wait()
    assert len(files_in(head)) == 1


async def test_what_was_left_behind_is_attached_by_the_next_bot(
    workspace: Driver, bot_settings: Settings
) -> None:
    store = Store(bot_settings.ops.state)
    _put(store, "left behind", LOG)
    store.close()
    async with connected(bot_settings):
        await file_in(workspace, await workspace.wait_for("left behind"), LOG.title)


async def test_a_rate_limit_is_waited_out(workspace: Driver, bot: Running) -> None:
    head = await _posted(workspace, bot)
    await workspace.set_fault("rate_limit", 1)
    _put_below(bot, head, LOG)
    await file_in(workspace, head, LOG.title)


async def test_while_the_address_for_bytes_does_not_answer_messages_go_on_and_the_file_comes_later(
    workspace: Driver, bot: Running
) -> None:
    await workspace.set_fault("no_uploads")
    _put(bot.store, "the head", LOG)
    _put(bot.store, "after it")
    bot.front.wake("C0OPS")
    head = await workspace.wait_for("the head")
    await workspace.wait_for("after it")
    assert files_in(head) == []
    await workspace.set_fault("no_uploads", 0)
    await file_in(workspace, head, LOG.title)


async def test_bytes_that_never_get_there_are_told_of_in_the_thread_in_one_sentence(
    workspace: Driver, bot: Running
) -> None:
    await workspace.set_fault("no_uploads")
    _put(bot.store, "the head", LOG)
    bot.front.wake("C0OPS")
    head = await workspace.wait_for("the head")
    told = await workspace.wait_for("could not be attached", thread=head)
    assert told.text == f"The file `{LOG.name}` could not be attached: the address for the file answers 503."
    assert _kept(bot.store) == 0


@pytest.fixture
async def without_scope(bot_settings: Settings) -> AsyncIterator[tuple[Driver, Running]]:
    """A workspace whose app may not write files, and the bot on it."""
    manifest = as_dict()
    manifest["oauth_config"]["scopes"]["bot"].remove("files:write")
    served = await serve(Workspace(manifest_from(manifest), limited=False))
    there = replace(bot_settings, slack=replace(bot_settings.slack, api_url=served.api_url))
    async with connected(there) as bot:
        yield Driver(served.workspace), bot
    await served.close()


async def test_without_the_scope_the_thread_is_told_what_to_do(
    without_scope: tuple[Driver, Running],
) -> None:
    workspace, bot = without_scope
    _put(bot.store, "the head", LOG)
    _put(bot.store, "after it")
    bot.front.wake("C0OPS")
    head = await workspace.wait_for("the head")
    await workspace.wait_for("after it")
    told = await workspace.wait_for("could not be attached", thread=head)
    assert "missing_scope; whoever runs me can give the app the scope files:write" in told.text


async def test_check_live_says_which_scope_is_missing_and_what_for(
    without_scope: tuple[Driver, Running], bot_settings: Settings
) -> None:
    workspace, _ = without_scope
    there = replace(bot_settings.slack, api_url=f"{workspace.workspace.core.url}/api/")
    scopes = next(check for check in await check_live(there, set()) if check.what == "scopes")
    assert (scopes.state, scopes.found) == (
        "trouble",
        "missing: files:write to attach logs and reports to threads",
    )


@pytest.mark.privileged
async def test_a_file_takes_none_of_the_room_that_is_kept_for_plans_and_audit(
    workspace: Driver, bot_settings: Settings, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", "6m") as disk:
        settings = replace(bot_settings, ops=replace(bot_settings.ops, state=disk / "state"))
        async with connected(settings) as bot:
            with eaten(disk):
                head = await _posted(workspace, bot)
                _put_below(bot, head, replace(LOG, text="x" * 100_000))
                told = await workspace.wait_for("could not be attached", thread=head)
                assert "there is no room for it where I keep what is to be sent" in told.text
            (disk / "eater").unlink()
            _put(bot.store, "with room again", LOG)
            bot.front.wake("C0OPS")
            await file_in(workspace, await workspace.wait_for("with room again"), LOG.title)
