"""Where a reply goes by the incident it belongs to."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import outbox
from bot.outbox import Draft, Outbox
from bot.store import Store
from bot.threads import Spot, Threads

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    yield made
    made.close()


def _put(store: Store, spot: Spot) -> int:
    with store.write() as transaction:
        return outbox.put(
            transaction, NOW, spot.placed(Draft("chat.postMessage", spot.channel, {"text": "x"}))
        )


def test_the_first_message_in_a_channel_begins_the_thread(store: Store) -> None:
    threads, box = Threads(store), Outbox(store)
    head = _put(store, threads.spot("I-7K2Q", "C0OPS", None))
    assert threads.spot("I-7K2Q", "C0GENERAL", "9.9") == Spot("C0OPS", None, head)
    reply = _put(store, threads.spot("I-7K2Q", "C0GENERAL", None))
    first = box.next("C0OPS")
    assert first
    box.sent(first, "1.5")
    second = box.next("C0OPS")
    assert second
    assert (second.id, second.thread_ts) == (reply, "1.5")
    assert threads.at("C0OPS", "1.5") == "I-7K2Q"
    assert threads.spot("I-7K2Q", "D0OMAR", None) == Spot("C0OPS", "1.5", head)


@pytest.mark.parametrize(("channel", "thread_ts"), [("D0OMAR", None), ("C0OPS", "3.4")])
def test_a_direct_message_and_another_thread_begin_none(
    channel: str, thread_ts: str | None, store: Store
) -> None:
    assert Threads(store).spot("I-7K2Q", channel, thread_ts) == Spot(channel, thread_ts)


def test_of_two_who_begin_it_at_once_one_does(store: Store) -> None:
    threads = Threads(store)
    spots = [threads.spot("I-7K2Q", channel, None) for channel in ("C0OPS", "C0ESC")]
    for spot in spots:
        _put(store, spot)
    assert threads.spot("I-7K2Q", "C0X", None).channel == "C0OPS"


def test_a_channel_that_turns_out_to_be_closed_holds_no_thread(store: Store) -> None:
    threads, box = Threads(store), Outbox(store)
    _put(store, threads.spot("I-7K2Q", "C0GENERAL", None))
    entry = box.next("C0GENERAL")
    assert entry
    box.failed(entry, "not_in_channel")
    assert threads.of("I-7K2Q") is None
