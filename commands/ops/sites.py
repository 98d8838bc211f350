"""Sites out of the registry: those of a batch, a status, a wave; and the names nearest to one."""

from collections.abc import Iterable
from difflib import get_close_matches

from commands.ops.registry import Registry
from commands.ops.rows import Row

NEAREST = 3


def select(
    registry: Registry, *, batch: str | None = None, status: str | None = None, wave: int | None = None
) -> tuple[Row, ...]:
    """The rows that fit all that is named, in the table's order; a doubled site has several."""
    return tuple(
        row
        for row in registry.rows
        if (batch is None or row.batch == batch)
        and (status is None or row.status == status)
        and (wave is None or row.wave == wave)
    )


def nearest(domain: str, known: Iterable[str]) -> list[str]:
    """The names most like this one, the likest first, three at most."""
    return get_close_matches(domain, dict.fromkeys(known), n=NEAREST)
