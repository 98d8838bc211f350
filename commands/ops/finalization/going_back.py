"""Finalizing a batch after the registry has gone back: how it would stand then, and which version would do."""

from commands.ops.errors import NotReadable
from commands.ops.finalization import finalization
from commands.ops.finalization.finalization import Finalization
from commands.ops.house import House
from commands.ops.versions import sources, versions
from commands.ops.versions.sources import Source


def after(house: House, batch: str, source: Source) -> Finalization:
    """How a batch would stand with this version of the registry.

    Raises:
        NotReadable: the version is gone or damaged.
    """
    return finalization.examine(house, batch, versions.parsed(house, sources.content(house, source)))


def version_for(house: House, batch: str) -> Source | None:
    """The newest whole version, where the batch could be finalized at once with it."""
    try:
        newest = versions.look(house).recommended
        then = after(house, batch, newest.source) if newest else None
    except NotReadable:
        return None
    whole = then is not None and then.verdict in ("clean", "partial") and then.implemented
    return newest.source if newest and whole else None
