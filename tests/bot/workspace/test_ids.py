"""Ids and message times."""

from bot.workspace.clock import HandClock
from bot.workspace.ids import Ids


def test_ids_are_slack_like_and_never_the_same() -> None:
    ids = Ids(HandClock())
    minted = [ids.mint("V") for _ in range(1000)]
    assert len(set(minted)) == 1000
    assert all(each.startswith("V0") and each.isupper() for each in minted)


async def test_message_times_grow_even_while_the_clock_stands_still() -> None:
    clock = HandClock(1_780_000_000.0)
    ids = Ids(clock)
    stamps = [ids.ts() for _ in range(1000)]
    assert stamps[0] == "1780000000.000000"
    assert sorted(set(stamps)) == stamps
    await clock.advance(1)
    assert ids.ts() == "1780000001.000000"
