"""How bad a registry's state is, as an alert counts it: what kinds of damage, and the runbook's tier."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from commands.ops.integrity.integrity import Integrity
from commands.ops.registry.findings import Kind

Damage = Literal["identical", "conflicting", "missing", "torn", "no_table", "shrunk", "unreadable"]
Tier = Literal["low", "medium", "high", "critical"]

TIERS: tuple[Tier, ...] = ("low", "medium", "high", "critical")
LOW, MEDIUM = 5, 20  # distinct sites: the runbook's scenario 2, its tiers made to touch
SHRUNK = 0.5  # of the sites it had when it was last whole

# What a writer leaves that was killed, or was not alone; the other findings are somebody's way of writing.
TORN: frozenset[Kind] = frozenset(
    {"no_closing_pipe", "no_opening_pipe", "cell_count", "no_domain", "binary", "not_utf8", "conflict_mark"}
)
NO_TABLE: frozenset[Kind] = frozenset({"no_table", "no_header", "no_status_column"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the registry. sites: how many it has. counts: sites (lines, of `torn`) by kind of damage.

    problem: why it could not be read; empty where it could.
    """

    sites: int
    counts: tuple[tuple[Damage, int], ...]
    tier: Tier
    problem: str = ""

    @property
    def kinds(self) -> frozenset[Damage]:
        """The kinds of damage."""
        return frozenset(kind for kind, _ in self.counts)

    def is_worse_than(self, kinds: frozenset[str], tier: str) -> bool:
        """Whether a kind is new, or the tier is higher."""
        return bool(self.kinds - kinds) or TIERS.index(self.tier) > TIERS.index(_tier(tier))


def unreadable(problem: str) -> Trouble:
    """A registry that cannot be read at all."""
    return Trouble(0, (("unreadable", 1),), "critical", problem)


def of(found: Integrity, whole_sites: int) -> Trouble | None:
    """What is wrong with it; None where nothing is that a writer can do by accident.

    Args:
        found: its integrity.
        whole_sites: how many sites it had when it was last whole; 0 where that is not known.
    """
    counts = tuple(_counts(found, whole_sites))
    if not counts:
        return None
    return Trouble(found.sites, counts, max((_tier_of(*one) for one in counts), key=TIERS.index))


def _counts(found: Integrity, whole_sites: int) -> Iterator[tuple[Damage, int]]:
    kinds = {finding.kind for finding in found.malformed}
    torn = {finding.line for finding in found.malformed if finding.kind in TORN}
    amounts: tuple[tuple[Damage, int], ...] = (
        ("identical", len(found.identical)),
        ("conflicting", len(found.conflicting)),
        ("missing", len(found.missing)),
        ("torn", len(torn)),
        ("no_table", int(bool(kinds & NO_TABLE))),
        ("shrunk", whole_sites - found.sites if found.sites < whole_sites * SHRUNK else 0),
    )
    yield from (one for one in amounts if one[1])


def _tier_of(kind: Damage, number: int) -> Tier:
    if kind in ("no_table", "shrunk"):
        return "critical"
    return "low" if number <= LOW else "medium" if number <= MEDIUM else "high"


def _tier(text: str) -> Tier:
    return next((tier for tier in TIERS if tier == text), "low")
