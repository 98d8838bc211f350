"""Site files of a batch packed one by one, and back: what is worth it, and what came of it."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from commands.ops.disk import discarding
from commands.ops.disk.site_directory import name_of
from commands.ops.errors import OperationFailed, Refusal
from commands.ops.house import House
from commands.ops.machine.files import trees
from commands.ops.machine.files.trees import Entry
from commands.ops.machine.packing import gzipping
from commands.ops.machine.packing.gzipping import ENDING, PAGE, Came
from commands.ops.machine.writing import below
from commands.ops.machine.writing.below import Top
from commands.ops.registry import registry

# Packed by their own makers already.
PACKED = (
    ENDING,
    ".zst",
    ".br",
    ".zip",
    ".png",
    ".jpg",
    ".jpeg",
    ".webp",
    ".avif",
    ".gif",
    ".woff",
    ".woff2",
    ".mp4",
)
NAMED = 5


def worth_it(house: House, batch: str) -> Iterator[Entry]:
    """The files of a batch that may take fewer pages when packed; paths are below the sites' directory.

    Raises:
        Refusal: agents are at work on the batch, or a site of it is a link.
        NotReadable: the host cannot be read.
    """
    domains = registry.read(house.settings, house.machine).sites(batch)
    discarding.nobody_at_work(house, batch, domains)
    for domain in domains:
        for entry in _files(house, name_of(domain)):
            if entry.size > PAGE and entry.links == 1 and not entry.path.lower().endswith(PACKED):
                yield entry


def packed(house: House, paths: Sequence[str]) -> Iterator[Entry]:
    """Those of these files, named as they were, that are packed and not there unpacked."""
    sites = {path.partition("/")[0] for path in paths}
    found = {entry.path: entry for site in sorted(sites) for entry in _files(house, site)}
    for path in paths:
        if path not in found and f"{path}{ENDING}" in found:
            yield found[f"{path}{ENDING}"]


def pack(house: House, entries: Sequence[Entry]) -> str:
    """Pack them.

    Raises:
        OperationFailed: one could not be; those before it are packed.
    """
    return _each(house, entries, gzipping.pack, "packed")


def unpack(house: House, entries: Sequence[Entry]) -> str:
    """Unpack them.

    Raises:
        OperationFailed: one could not be; those before it are unpacked.
    """
    return _each(house, entries, gzipping.unpack, "unpacked")


def _each(house: House, entries: Sequence[Entry], work: Callable[[Top, Entry], Came], word: str) -> str:
    came: dict[Came, list[str]] = {}
    try:
        with below.held(house.machine.root, house.settings.tree.sites) as top:
            for entry in entries:
                came.setdefault(work(top, entry), []).append(entry.path)
    except (OSError, EOFError, zlib.error) as error:
        done = len(came.get("done", ()))
        raise OperationFailed(
            f"{done} files were {word}, then {entry.path}: {error}. “batch undo” of this plan takes them back."
        ) from None
    told = [f"{len(came.get('done', ()))} files {word}"]
    told += [
        f"{len(paths)} {why}: {', '.join(paths[:NAMED])}" for why, paths in came.items() if why != "done"
    ]
    return f"{'; '.join(told)}."


def _files(house: House, site: str) -> list[Entry]:
    try:
        found = trees.read(Path(house.machine.root, house.settings.tree.sites, site))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Refusal(f"{site} cannot be taken: {error.strerror}.") from None
    return [_below(site, entry) for entry in found.entries if entry.kind == "file"]


def _below(site: str, entry: Entry) -> Entry:
    return replace(entry, path=f"{site}/{entry.path}")
