"""What `batch status` says of open incidents, and of planned work that keeps alerts quiet."""

from collections.abc import Mapping
from dataclasses import dataclass

from commands.ops.house import House
from commands.ops.incidents import incidents, mutes
from commands.reply import Facts, Part, Proposal, Text, Value, When
from commands.wording.incident import owner

SHOWN = 3


@dataclass(frozen=True, slots=True)
class KnownTrouble:
    """What is added to the reply; nothing where nothing is open and nothing quiet."""

    facts: Mapping[str, object]
    parts: tuple[Part, ...]
    proposals: tuple[Proposal, ...]


def known_trouble(house: House) -> KnownTrouble:
    """Of the whole host: an incident may be about what several batches share."""
    connection = house.journal.connection()
    known = incidents.all_open(connection)
    quiet: tuple[tuple[str, Value], ...] = tuple(
        (f"Quiet about {mute.subject} until", When(mute.until))
        for mute in mutes.with_an_end(connection, house.clock.now())
        if mute.until
    )
    said = "\n".join(
        f"• Incident {one.id}, {one.resource}, in hand of {owner(one)}: {one.what}" for one in known
    )
    return KnownTrouble(
        facts={"incidents": [one.id for one in known]},
        parts=(*((Text(said),) if said else ()), *((Facts(quiet),) if quiet else ())),
        proposals=tuple(Proposal(f"Show {one.id}", one.line) for one in known[:SHOWN]),
    )
