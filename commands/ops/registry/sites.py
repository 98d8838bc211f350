"""Sites out of the registry: those of a batch, a status, a wave; and the names nearest to one."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import chain, islice

from commands.ops.errors import Refusal, WrongUsage
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row

NEAREST, LIKE = 3, 0.75  # names said, and how alike each is at least; 1 is the same
COMPARED, BEGINNING = 20_000, 3  # so many names are compared; else those with so many first characters
SHOWN = 5
SHOWN_CHARACTERS = 60  # of a wrong name


def select(
    registry: Registry, *, batch: str | None = None, status: str | None = None, wave: int | None = None
) -> Sequence[Row]:
    """The rows that fit all that is named, in the table's order; a doubled site has several."""
    return registry.where(batch=batch, status=status, wave=wave)


def nearest(domain: str, known: Iterable[str]) -> list[str]:
    """The names most like this one, the likest first, three at most; of very many those that begin alike."""
    names = iter(known)
    compared = dict.fromkeys(islice(names, COMPARED))
    if rest := next(names, ""):
        alike = (name for name in chain(compared, [rest], names) if name[:BEGINNING] == domain[:BEGINNING])
        compared = dict.fromkeys(islice(alike, COMPARED))
    return get_close_matches(domain, compared, n=NEAREST, cutoff=LIKE)


def meant(domain: str, table: Registry) -> str:
    """`did you mean lotus.dev or lotus.de?`, or where the names are."""
    near = nearest(domain, table.sites())
    first = f"{', '.join(near[:-1])} or " if near[1:] else ""
    return f"did you mean {first}{near[-1]}?" if near else "“batch sites” lists them."


def existing(table: Registry, batch: str | None, sites: Sequence[str]) -> Sequence[Row]:
    """The rows of these sites, in their order.

    Raises:
        WrongUsage: there is no such site in the batch; the sentence names the nearest.
    """
    known = table.sites(batch)
    return [row for site in sites for row in known.get(site) or _unknown(site, table)]


def _unknown(site: str, table: Registry) -> Sequence[Row]:
    raise WrongUsage(f"There is no site {site[:SHOWN_CHARACTERS]}; {meant(site, table)}")


def single(rows: Sequence[Row]) -> None:
    """No site twice: which row is meant would be a guess.

    Raises:
        Refusal: a site has several rows; the sentence names it.
    """
    names = [row.domain for row in rows]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        are = "is" if len(doubled) == 1 else "are"
        raise Refusal(
            f"{listed(doubled)} {are} in the registry more than once: mend that first, with “dedupe”."
        )


def listed(names: Sequence[str]) -> str:
    """Sites in a sentence, the first few by name."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(names[:SHOWN])}{more}"
