"""Believable names for the demo host's sites."""

import random

LOTUS = "lotus.dev"  # the runbook's troubled site

FIRST = (  # noqa: SIM905 - readable as prose
    "amber alder anchor aspen atlas autumn basalt beacon birch bright cedar clover cobalt copper coral crescent "
    "delta driftwood ember evergreen fable falcon fern field flint forge garnet granite harbor hazel heron hollow "
    "indigo iron ivory juniper kestrel lantern larch laurel linden maple marble meadow mellow mercury mint moss "
    "north nova oak olive onyx opal orchard osprey otter paper pearl pebble pine plum prairie quartz quill raven "
    "river rowan saffron sage sable silver slate sparrow spruce sterling summit sunday tidal timber topaz umber "
    "velvet violet walnut willow winter wren yarrow zephyr"
).split()
SECOND = (  # noqa: SIM905 - readable as prose
    "audio bakery bank bay bench bloom books bridge brook cafe clinic coast cove craft creek dental design "
    "energy farm finance foods forge garden gate goods grove guild hall health hill house inn keep kitchen labs lane "
    "law legal lodge logic loft market mill motors optics park partners peak point press quay robotics roast school "
    "shore signal spa stone studio supply tea tech thread tools trail travel trust vale vet view vine wharf wines "
    "works yard yoga"
).split()
ENDINGS = ("com", "com", "com", "dev", "io", "studio", "co", "shop", "org", "app", "net", "co.uk", "de")
ONE_IN = 3  # names written with a hyphen


def names(count: int, seed: int) -> list[str]:
    """`count` different domains, the same for the same seed; `lotus.dev` is not among them."""
    chosen = random.Random(seed)  # noqa: S311 - names, not secrets
    pairs = [(first, second) for first in FIRST for second in SECOND if first != second]
    domains: list[str] = []
    while len(domains) < count:
        chosen.shuffle(pairs)
        round_number = len(domains) // len(pairs) + 1
        for first, second in pairs[: count - len(domains)]:
            domains.append(_name(chosen, first, second, round_number))
    return domains


def _name(chosen: random.Random, first: str, second: str, round_number: int) -> str:
    link = "" if chosen.randrange(ONE_IN) else "-"
    suffix = "" if round_number == 1 else str(round_number)
    return f"{first}{link}{second}{suffix}.{chosen.choice(ENDINGS)}"
