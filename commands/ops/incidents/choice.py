"""Which incident, and which resource, a caller means."""

import re

from commands.ops import domains, overview
from commands.ops.batches import batches
from commands.ops.errors import WrongUsage
from commands.ops.house import House
from commands.ops.incidents import incidents, resources
from commands.ops.incidents.incidents import Incident
from commands.ops.registry import registry
from commands.ops.waves import meant

SINGLE = (resources.REGISTRY, resources.DISK, resources.HOST, resources.NETWORK)
PAIRS = ("wave", "batch", "site")
KNOWN = "wave N, batch NNN (its finalization), site D, registry, disk, host, network"
SHOWN = 40  # characters of a wrong one
_ID = re.compile(r"I-[2-9A-Z]{4}", re.IGNORECASE)


def is_id(text: str) -> bool:
    """Whether this is written like an incident's id."""
    return _ID.fullmatch(text) is not None


def id_in_front(text: str) -> tuple[str | None, str]:
    """The incident's id, where a text begins with one, and the rest."""
    first, _, rest = text.strip().partition(" ")
    return (first, rest.strip()) if is_id(first) else (None, text.strip())


def incident(house: House, typed: str | None, here: str | None) -> Incident:
    """The incident that was named, else the one in whose thread it was asked, else the only open one.

    Raises:
        WrongUsage: there is none, or not exactly one.
    """
    connection = house.journal.connection()
    if wanted := typed or here:
        return incidents.get(connection, wanted)
    known = incidents.all_open(connection)
    if len(known) == 1:
        return known[0]
    if not known:
        raise WrongUsage("No incident is open: “batch incident open wave 5” opens one.")
    names = ", ".join(f"{one.id} ({one.resource})" for one in known)
    raise WrongUsage(f"Several incidents are open: name one of {names}, or ask in its thread.")


def split(words: tuple[str, ...], text: str | None) -> tuple[tuple[str, ...], str]:
    """The words that name a resource, and an option's text with the words behind them: `disk --why /var is full`."""
    if text is None:
        return words, ""
    kind = words[0].lower() if words else ""
    named = 1 if kind in SINGLE else 2 if kind in PAIRS else 0
    return words[:named], " ".join([text, *words[named:]]).strip()


def resource(house: House, words: tuple[str, ...], batch: str | None) -> str:
    """The resource that was named: `wave 5`, `batch 001`, `site lotus.dev`, `registry`….

    Raises:
        WrongUsage: there is no such resource.
        NotReadable: the registry cannot be read, and is needed to tell.
    """
    kind, *names = [word.lower() for word in words] or [""]
    if kind in SINGLE and not names:
        return kind
    if kind == "site" and len(names) == 1:
        return resources.site(domains.named(names[0]))
    if kind == "wave" and len(names) == 1:
        table = registry.read(house.settings, house.machine)
        wanted = overview.which(house, table, None, batch)
        return resources.wave(wanted, meant.named(table, wanted, names[0]))
    if kind == "batch" and len(names) == 1:
        table = registry.read(house.settings, house.machine)
        known = batches.existing(house.settings, house.machine, table)
        return resources.finalization(batches.named(names[0], known))
    typed = " ".join(words)
    shown = typed if len(typed) <= SHOWN else f"{typed[:SHOWN]}…"
    raise WrongUsage(f"“{shown}” is nothing that an incident is about; this is: {KNOWN}.")
