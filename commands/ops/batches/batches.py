"""Batches: which there are, which sites each should have, and which one is meant where none is named."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from commands.ops.batches import archive_index
from commands.ops.domains import is_domain
from commands.ops.errors import NotReadable, WrongUsage
from commands.ops.machine import git
from commands.ops.machine.files import files, glances, stable
from commands.ops.machine.host import Machine
from commands.ops.names import batch_name
from commands.ops.registry import table
from commands.ops.registry.registry import Registry, parsed
from commands.ops.settings import OpsSettings

BATCH_FILE_BYTES = 16 * 1024**2
COMMITS_LOOKED_AT = 20
COMMITTED_BYTES = 16 * 1024**2  # of a registry: a larger one and a committed one would not both have room

_NAME = re.compile(r"[0-9]{1,6}")
_FILE = re.compile(r"Batch_([0-9]{1,6})\.md")
_ITEM = re.compile(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?`?([^\s`]+)`?[ \t\r]*")


@dataclass(frozen=True, slots=True)
class Expected:
    """The sites a batch should have, in the source's order, and where that is known from.

    source: the batch's own file; else the newest whole committed registry; else nothing is known. archived: sites,
    of any batch, that were archived or deleted: where they have no row they are not missing.
    """

    sites: tuple[str, ...]
    source: Literal["file", "commit", "unknown"]
    archived: frozenset[str] = frozenset()


UNKNOWN = Expected((), "unknown")
TOO_LARGE = "Which sites are missing was not looked up in the commits, for which the registry is too large here: “dedupe” does."


def existing(settings: OpsSettings, machine: Machine, registry: Registry) -> tuple[str, ...]:
    """The batches that there are: those with a file and those that rows name, sorted.

    Raises:
        NotReadable: the directory of batch files cannot be read.
    """
    return tuple(sorted({*with_file(settings, machine), *registry.batches}))


def with_file(settings: OpsSettings, machine: Machine) -> tuple[str, ...]:
    """The batches that have a `Batch_NNN.md`, sorted.

    Raises:
        NotReadable: their directory cannot be read.
    """
    directory = machine.root / settings.tree.batches
    try:
        names = files.names_in(directory)
    except files.Missing:
        return ()
    except files.Unreadable as error:
        raise NotReadable(f"The batches cannot be read: {error.sentence}") from None
    return tuple(sorted(batch_name(match[1]) for name in names if (match := _FILE.fullmatch(name))))


def named(text: str, known: Iterable[str]) -> str:
    """The batch a caller typed; `1` and `001` are the same.

    Raises:
        WrongUsage: it is not a batch's number, or there is no such batch.
    """
    known = tuple(known)
    if not _NAME.fullmatch(text):
        raise WrongUsage(f"A batch is a number like 001; {_these(known)}")
    batch = batch_name(text)
    if batch not in known:
        raise WrongUsage(f"There is no batch {batch}; {_these(known)}")
    return batch


def active(registry: Registry, known: Iterable[str], with_agents: Iterable[str | None]) -> str:
    """The batch that is meant where none is named: the only one with `d` or `i` sites or agents.

    Args:
        registry: the sites.
        known: the batches that there are; a single one is meant in any case.
        with_agents: the batches of the agents that run.

    Raises:
        WrongUsage: there is not exactly one; the sentence names the candidates.
    """
    known = tuple(known)
    open_letters = {registry.ladder.designing, registry.ladder.in_progress}
    candidates = {batch for batch, _, status in registry.combinations() if batch and status in open_letters}
    candidates |= {batch for batch in with_agents if batch in known}
    if len(candidates) == 1:
        return candidates.pop()
    if len(known) == 1:
        return known[0]
    if not candidates:
        raise WrongUsage(f"No batch is active: name one with --batch; {_these(known)}")
    raise WrongUsage(
        f"Several batches are active: name one with --batch, which may be {', '.join(sorted(candidates))}."
    )


def expected(settings: OpsSettings, machine: Machine, batch: str) -> Expected:
    """The set of sites that a batch should have.

    Raises:
        NotReadable: its file, or the index of the archive, is there and cannot be read.
    """
    path = machine.root / settings.tree.batches / f"Batch_{batch}.md"
    try:
        data = stable.read_stable(path, BATCH_FILE_BYTES, settings.limits.registry_retries)
    except files.Missing:
        return _committed(settings, machine, batch)
    except files.Unreadable as error:
        raise NotReadable(
            f"The sites that batch {batch} should have are not known: {error.sentence}"
        ) from None
    return Expected(listed_sites(data), "file", archive_index.sites(settings, machine))


def listed_sites(data: bytes) -> tuple[str, ...]:
    """The domains that a batch file lists, each once: `- domain` items and tables' first cells; all else is prose."""
    found = (
        _listed(line) for line in data.decode("utf-8", "backslashreplace").removeprefix("\ufeff").split("\n")
    )
    return tuple(dict.fromkeys(domain for domain in found if is_domain(domain)))


def _listed(line: str) -> str:
    if table.begins_row(line.lstrip()):
        return table.cells_of(line.lstrip())[0].strip("`")
    match = _ITEM.fullmatch(line)
    return match[1] if match else ""


def expected_of_all(
    settings: OpsSettings, machine: Machine, registry: Registry
) -> tuple[dict[str, Expected], tuple[str, ...]]:
    """The sites that each batch should have, of all with a file, that rows name, or that were committed.

    With them a sentence for each batch file that cannot be read; of such a batch nothing is known. And one where the
    registry is too large to be held against a committed one here; the survey of a large registry does that.

    Raises:
        NotReadable: the directory of batch files cannot be read.
    """
    found, problems = expected_by_file(settings, machine)
    if _is_too_large(settings, machine):
        return found, (*problems, TOO_LARGE)
    if committed := newest_whole(settings, machine):
        others = sorted({*registry.batches, *committed.batches} - found.keys())
        archived = archive_index.sites(settings, machine)
        found |= {batch: Expected(tuple(committed.sites(batch)), "commit", archived) for batch in others}
    return found, problems


def expected_by_file(settings: OpsSettings, machine: Machine) -> tuple[dict[str, Expected], tuple[str, ...]]:
    """The same, as far as batch files tell.

    Raises:
        NotReadable: their directory cannot be read.
    """
    found: dict[str, Expected] = {}
    problems = []
    for batch in with_file(settings, machine):
        try:
            found[batch] = expected(settings, machine, batch)
        except NotReadable as error:
            found[batch] = UNKNOWN
            problems.append(error.sentence)
    return found, tuple(problems)


def _is_too_large(settings: OpsSettings, machine: Machine) -> bool:
    return glances.bytes_of(machine.root / settings.tree.registry) > COMMITTED_BYTES


def _committed(settings: OpsSettings, machine: Machine, batch: str) -> Expected:
    if _is_too_large(settings, machine):
        raise NotReadable(f"Batch {batch} has no file. {TOO_LARGE}")
    committed = newest_whole(settings, machine)
    if committed is None:
        return UNKNOWN
    return Expected(tuple(committed.sites(batch)), "commit", archive_index.sites(settings, machine))


def newest_whole(
    settings: OpsSettings, machine: Machine, most_commits: int = COMMITS_LOOKED_AT
) -> Registry | None:
    """The newest committed registry that is whole: nothing malformed in it, no site twice."""
    path = settings.tree.registry
    for commit in git.commits(machine.root, path, most_commits):
        data = git.content(machine.root, path, commit)
        if data is None:
            continue
        registry = parsed(settings, data)
        if is_whole(registry):
            return registry
    return None


def is_whole(registry: Registry) -> bool:
    """Whether a registry has rows, each well-formed, and no site twice."""
    return bool(registry.rows) and not registry.findings and len(registry.rows) == len(registry.sites())


def _these(known: tuple[str, ...]) -> str:
    return f"there are {', '.join(known)}." if known else "there is none yet."
