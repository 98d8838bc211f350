"""Which sites a demo host has, how far each has come, and when it took each step."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from commands.demo_host.domains import LOTUS, names
from commands.demo_host.hosttools.logs import stamp
from commands.demo_host.hosttools.registry import LADDER, Row

WAVE_SIZE = 25
MAIN_BATCH = "001"
MAIN_SHARE = 517 / 568
# The other batches, oldest first, and where their sites stand, in turn.
OTHERS = {
    "002": "Q", "003": "Q", "004": "Q", "005": "Q", "006": "I", "007": "ID", "008": "D", "009": "P",
}  # fmt: skip
# Batch 001 in waves of a full host: 1 to 4 are implemented, 5 is next, up to 16 designed, 17 half so.
WAVES, IMPLEMENTED, DESIGNED = 21, 4, 16
LOTUS_PLACE = 7  # where lotus.dev stands in the wave that runs next
IN_DESIGN = range(10, 13)  # places in the half designed wave
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
AGE_DAYS = 45.0


@dataclass(frozen=True, slots=True)
class Site:
    """One site with the times (epoch seconds) at which it reached each rung, its status being the last."""

    domain: str
    batch: str
    wave: int
    steps: tuple[tuple[str, float], ...]

    @property
    def status(self) -> str:
        """The letter it has now."""
        return self.steps[-1][0]

    def row(self, reached: int | None = None) -> Row:
        """Its registry row after `reached` steps, or now."""
        status, at = self.steps[-1 if reached is None else reached]
        return Row(self.domain, self.batch, str(self.wave), status, stamp(at))


@dataclass(frozen=True, slots=True)
class _Story:
    """What the times of every site depend on: chance, the end of the story, batch 001's waves and the next one."""

    chance: random.Random
    now: float
    waves: int
    next_wave: int


def sites(count: int, seed: int, now: float) -> list[Site]:
    """The plan of a host of `count` sites whose story ends at `now`, in registry order."""
    main = max(1, round(count * MAIN_SHARE))
    chance = random.Random(seed)  # noqa: S311 - a story, not a secret
    story = _Story(chance, now, _waves(main), _next_wave(main))
    domains = names(count, seed)
    domains[min((story.next_wave - 1) * WAVE_SIZE + LOTUS_PLACE, main - 1)] = LOTUS
    planned = [*_main_batch(main), *_other_batches(count - main)]
    return [
        Site(domain, batch, place // WAVE_SIZE + 1, tuple(_steps(story, batch, place, status)))
        for domain, (batch, place, status) in zip(domains, planned, strict=True)
    ]


def _waves(count: int) -> int:
    return -(-count // WAVE_SIZE)


def _next_wave(main: int) -> int:
    """The wave of batch 001 that runs next."""
    waves = _waves(main)
    return min(waves - 1, max(1, round(waves * IMPLEMENTED / WAVES))) + 1


def _main_batch(count: int) -> Iterator[tuple[str, int, str]]:
    waves = _waves(count)
    implemented, designed = _next_wave(count) - 1, max(_next_wave(count), round(waves * DESIGNED / WAVES))
    for place in range(count):
        wave, inside = place // WAVE_SIZE + 1, place % WAVE_SIZE
        if wave <= implemented:
            status = "I"
        elif wave <= designed or (wave == designed + 1 and inside < IN_DESIGN.start):
            status = "D"
        else:
            status = "d" if wave == designed + 1 and inside in IN_DESIGN else "P"
        yield MAIN_BATCH, place, status


def _other_batches(count: int) -> Iterator[tuple[str, int, str]]:
    each, more = divmod(count, len(OTHERS))
    for number, (batch, statuses) in enumerate(OTHERS.items()):
        for place in range(each + (number < more)):
            yield batch, place, statuses[place % len(statuses)]


def _steps(story: _Story, batch: str, place: int, status: str) -> Iterator[tuple[str, float]]:
    """Its steps up to `status`: planned long ago, then design, implementation and the end of its batch."""
    wave, inside = place // WAVE_SIZE + 1, place % WAVE_SIZE
    chance, now = story.chance, story.now
    design, implement, finish = _starts(story, batch, wave)
    begun = design + inside // 5 * 80 + inside % 5 * 3
    if status == "d":
        begun = now - chance.uniform(1, 4) * MINUTE
    taken = implement + inside * 2 + chance.uniform(0, 2)
    times = {
        "P": now - AGE_DAYS * DAY,
        "d": begun,
        "D": begun + chance.uniform(30, 75),
        "i": taken,
        "I": taken + chance.uniform(130, 350),
        "Q": finish + place // 4,
    }
    for letter in LADDER[: LADDER.index(status) + 1]:
        yield letter, times[letter]


def _starts(story: _Story, batch: str, wave: int) -> tuple[float, float, float]:
    """When a wave's design, its implementation and its batch's finalization began."""
    now = story.now
    if batch == MAIN_BATCH:
        return now - (9 - 8 * wave / story.waves) * DAY, now - (story.next_wave - wave) * 50 * MINUTE, now
    start = now - (AGE_DAYS - 2 - 4 * list(OTHERS).index(batch)) * DAY + wave * 20 * MINUTE
    return start, start + 3 * HOUR, start + 9 * HOUR
