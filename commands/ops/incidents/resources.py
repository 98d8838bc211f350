"""Resources: what an incident is about, by one name, however lines and locks call it."""

import re
from collections.abc import Iterable

from commands.ops.names import batch_name

REGISTRY, DISK, HOST, NETWORK = "registry", "disk", "host", "network"
EVERYTHING = "everything"  # what planned work on the whole host is about

_WAVE = re.compile(r"^(?:batch|redeploy) (?:stop )?wave (\d+)\b.*--batch (\d+)")
_SITES = re.compile(r"^(?:batch|redeploy) (?:site|design|mark) ((?:[^ -][^ ]* ?)+)")
_FINALIZE = re.compile(r"^batch finalize (?:--batch )?(\d+)")
_LOCK = re.compile(r"^wave (\w+)/(\d+)$")
_NAMED = (
    (re.compile(r"^wave (\d+) of batch (\d+)$"), r"batch wave \1 --batch \2"),
    (re.compile(r"^site (.+)$"), r"batch site \1"),
    (re.compile(r"^finalization of batch (\d+)$"), r"batch finalize \1"),
    (re.compile(rf"^{REGISTRY}$"), "dedupe"),
    (re.compile(rf"^{DISK}$"), "batch disk"),
)
_BATCH = re.compile(r"\bbatch (\d+)$")
_FIRST_WORDS = (
    (re.compile(r"^(?:dedupe|batch backup)\b"), REGISTRY),
    (re.compile(r"^batch (?:disk|relieve|clean|archive|compress|delete)\b"), DISK),
    (re.compile(r"^batch (?:emergency|agents|kill|damage)\b"), HOST),
    (re.compile(r"^batch reach\b"), NETWORK),
)


def of_line(line: str) -> tuple[str, ...]:
    """The resources that a line looks at or works on; none where it is about no single one."""
    if match := _WAVE.match(line):
        return (wave(match[2], int(match[1])),)
    if match := _SITES.match(line):
        return tuple(site(name) for name in match[1].split() if "." in name)
    if match := _FINALIZE.match(line):
        return (finalization(batch_name(match[1])),)
    return tuple(name for pattern, name in _FIRST_WORDS if pattern.match(line))


def of_work(line: str, locks: Iterable[str]) -> tuple[str, ...]:
    """The resources that a plan changes: those that its line names, and those that it locks."""
    return tuple(dict.fromkeys([*of_line(line), *filter(None, map(_of_lock, locks))]))


def diagnosis_of(resource: str) -> str:
    """The line that diagnoses this resource; the status of everything where none is about it alone."""
    found = (pattern.sub(line, resource) for pattern, line in _NAMED if pattern.match(resource))
    return next(found, "batch status")


def wave_of(resource: str) -> int | None:
    """The wave that a resource is."""
    match = _NAMED[0][0].match(resource)
    return int(match[1]) if match else None


def batch_of(resource: str) -> str | None:
    """The batch that a resource's name tells."""
    match = _BATCH.search(resource)
    return match[1] if match else None


def wave(batch: str, number: int) -> str:
    """`wave 5 of batch 001`."""
    return f"wave {number} of batch {batch}"


def site(name: str) -> str:
    """`site lotus.dev`."""
    return f"site {name.lower()}"


def finalization(batch: str) -> str:
    """`finalization of batch 001`."""
    return f"finalization of batch {batch}"


def _of_lock(name: str) -> str:
    """Empty for a lock that is about something else."""
    if match := _LOCK.match(name):
        return wave(match[1], int(match[2]))
    return name if name in (REGISTRY, DISK) else ""
