"""The logs a host has gathered before the story begins: what happened to each site, and the usual errors."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from commands.demo_host.hosttools import site as generated
from commands.demo_host.hosttools.logs import line
from commands.demo_host.plan import MAIN_BATCH, WAVE_SIZE, Site

Entry = tuple[str, float, str]  # log, when (epoch seconds), line

ERRORS = (
    "model API answered 529 overloaded, attempt 2 of 5",
    "model API: read timed out after 60 s, attempt 1 of 5",
    "model API: connection reset by peer, attempt 1 of 5",
    "style.css rejected by the validator: line 14: unknown property 'colour'; writing it again",
    "index.html has 2 links without a target; writing it again",
)
ERROR_IN = 8  # one site in this many met an error on its way
FIRST_PID = 2400


def logs(sites: Sequence[Site], seed: int) -> dict[str, str]:
    """The host's logs, path to text, each in order of time."""
    chance = random.Random(seed)  # noqa: S311 - a story, not a secret
    gathered: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for number, site in enumerate(sites):
        for path, at, text in _entries(chance, number, site):
            gathered[path].append((at, text))
    return {path: "".join(text for _, text in sorted(lines)) for path, lines in gathered.items()}


def _entries(chance: random.Random, number: int, site: Site) -> Iterator[Entry]:
    times = dict(site.steps)
    who = f"agent-{number % WAVE_SIZE + 1:02} pid {FIRST_PID + 7 * number}"
    if "D" in times:
        said = f"{site.domain}: wrote .smbatcher/designs/{site.domain}-DESIGN.md, d -> D"
        yield "logs/design.log", times["D"], line("INFO", who, said, times["D"])
    if "I" in times:
        yield from _implementation(chance, who, site, times["i"], times["I"])
        said = f"batch {site.batch} wave {site.wave}: {site.domain} implemented"
        yield "batch.log", times["I"], line("INFO", "batch", said, times["I"])
    if "Q" in times:
        said = f"batch {site.batch}: {site.domain} finalized"
        yield "logs/finish.log", times["Q"], line("INFO", "finish", said, times["Q"])


def _implementation(
    chance: random.Random, who: str, site: Site, taken: float, done: float
) -> Iterator[Entry]:
    """An agent's lines on one site. The main batch has the wave logs to itself, as its waves are the latest."""
    log = f"logs/wave-{site.wave}.log" if site.batch == MAIN_BATCH else f"logs/batch-{site.batch}.log"
    third = (done - taken) / len(generated.PARTS)
    yield log, taken, line("INFO", who, f"{site.domain}: taken, D -> i", taken)
    if not chance.randrange(ERROR_IN):
        at = taken + third / 2
        yield log, at, line("ERROR", who, f"{site.domain}: {chance.choice(ERRORS)}", at)
    for number, part in enumerate(generated.PARTS):
        at = taken + third * (number + 0.9)
        size = len(generated.part(site.domain, part))
        yield (
            log,
            at,
            line("INFO", who, f"{site.domain}: wrote sites/{site.domain}-v1/{part} ({size} bytes)", at),
        )
    yield log, done, line("INFO", who, f"{site.domain}: done, i -> I", done)
