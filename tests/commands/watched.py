"""A host that was watched for a while: looks every 15 seconds of a clock that we move."""

from collections.abc import Callable

from commands.ops.house import House
from commands.ops.watch.sampler import Sampler
from tests.clocks import MovedClock

EVERY = 15.0


def clock_of(house: House) -> MovedClock:
    """The clock whose hands the test moves."""
    assert isinstance(house.clock, MovedClock)
    return house.clock


def watch(house: House, minutes: float, then: Callable[[float], None] = lambda _: None) -> None:
    """Look every 15 seconds for so many minutes; before each look, `then(minutes gone)` may change the host."""
    sampler = Sampler(house)
    for look in range(int(minutes * 60 / EVERY)):
        clock_of(house).move(EVERY)
        then((look + 1) * EVERY / 60)
        sampler.sample()
