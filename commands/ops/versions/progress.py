"""Two versions of the registry side by side: which sites would go back, go forward, go or come."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row


class Move(NamedTuple):
    """A site's status now, and in the other version."""

    site: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class Lost:
    """What another version would change of the registry as it stands, in its order.

    back: sites that have less than now. gone: sites that it does not have. ahead: sites that have more, or a letter
    that the ladder does not know. comes: sites that only it has.
    """

    back: tuple[Move, ...]
    gone: tuple[str, ...]
    ahead: tuple[Move, ...]
    comes: tuple[str, ...]


def lost(now: Registry, then: Registry) -> Lost:
    """Compare. Of a site with several rows the furthest status counts now, the lowest then: nothing is played down."""
    rank = {letter: place for place, letter in enumerate(now.ladder.letters)}
    before, after = now.sites(), then.sites()
    moves = [
        Move(site, _furthest(rows, rank), then.status_of(after[site]))
        for site, rows in before.items()
        if site in after
    ]
    differ = [one for one in moves if one.now != one.then]
    return Lost(
        tuple(one for one in differ if rank.get(one.then, -1) < rank.get(one.now, -1)),
        tuple(site for site in before if site not in after),
        tuple(one for one in differ if rank.get(one.then, -1) >= rank.get(one.now, -1)),
        tuple(site for site in after if site not in before),
    )


def _furthest(rows: tuple[Row, ...], rank: Mapping[str, int]) -> str:
    """The furthest letter of a site's rows; an unknown one is lower than all."""
    if len(rows) == 1:
        return rows[0].status
    return max((row.status for row in rows), key=lambda status: rank.get(status, -1))
