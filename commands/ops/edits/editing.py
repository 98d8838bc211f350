"""The registry edited while others write to it: nobody's row is lost, and what became of the edit is told.

The host's lock is held throughout, which keeps out the tools that take it. For those that do not, the file is
exchanged, what came out is looked at and merged, and the result is looked at again.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from commands.ops.edits.backups import Backup
from commands.ops.edits.leftovers import forget, take_in_leftovers
from commands.ops.edits.lines import Change, difference, key_of, named, names_of
from commands.ops.edits.records import Record, records_of
from commands.ops.edits.rewriting import Rewriting
from commands.ops.edits.rows import Edits, LineEdit, changes_of, edits_of
from commands.ops.edits.statuses import Mark, status_edits
from commands.ops.edits.wanted import Wanted
from commands.ops.errors import NotReadable, OperationFailed, Refusal
from commands.ops.machine.clock import Clock, SystemClock
from commands.ops.machine.files import files
from commands.ops.machine.host import Machine
from commands.ops.machine.locks.lock_file import LockHeldError
from commands.ops.machine.writing import writers_lock
from commands.ops.machine.writing.strays import digest
from commands.ops.registry import registry
from commands.ops.registry.line_list import split
from commands.ops.registry.registry import Registry
from commands.ops.settings import OpsSettings

_CLOCK = SystemClock()

_Decided = tuple[Edits, tuple[Change, ...]]


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of an edit.

    applied: what stands in the registry now; records: the same by site, for a way back. overtaken: edits of rows that
    somebody else changed at the same moment; theirs stand. repeated: how many had to be made again, because a tool
    wrote an old copy over them. merged: sites that others changed at the same moment and that would have been lost.
    durable: false where it is not known whether this survives a power cut. backup: the registry as it was; None where
    nothing had to be written.
    """

    applied: Edits
    records: tuple[Record, ...] = ()
    overtaken: Edits = ()
    repeated: int = 0
    merged: tuple[str, ...] = ()
    durable: bool = True
    backup: Backup | None = None
    problems: tuple[str, ...] = ()


class Overwritten(OperationFailed):
    """Others overwrote the edit again and again, until we gave up. edited: what stands of it."""

    def __init__(self, edited: Edited) -> None:
        kept = f" The registry before it is copy {edited.backup.name}." if edited.backup else ""
        super().__init__(
            "Tools that do not take the registry's lock kept overwriting the edit: hold launches, then try again."
            f" {len(edited.applied)} of its rows stand, after {edited.repeated} were written again.{kept}"
        )
        self.edited = edited


def edit(
    settings: OpsSettings, machine: Machine, change: Callable[[Registry], Edits], clock: Clock = _CLOCK
) -> Edited:
    """Edit the registry.

    Args:
        settings: the host's settings.
        machine: the host's machine.
        change: from the registry as it stands, under the lock, to the edits; called once. What it raises goes out.
        clock: waits and the time.

    Raises:
        RowsChanged: an edit's row does not stand as the edit expects; nothing was done.
        Refusal: a tool holds the registry's lock; nothing was done.
        NotReadable: the registry cannot be read; nothing was done.
        Overwritten: others overwrote the edit again and again.
        OperationFailed: it could not be written; nothing was changed.
    """

    def decide(current: bytes, _work: Rewriting) -> _Decided:
        edits = change(registry.parsed(settings, current))
        return edits, changes_of(edits, split(current))

    return _rewritten(settings, machine, decide, clock)


def replace_all(
    settings: OpsSettings, machine: Machine, change: Callable[[bytes], bytes], clock: Clock = _CLOCK
) -> Edited:
    """Put another content in the registry's place, by the byte; what others write at that moment goes in.

    Args:
        settings: the host's settings.
        machine: the host's machine.
        change: from the content as it stands, under the lock, to the new one; called once. What it raises goes out.
        clock: waits and the time.

    Raises:
        OpsError: as `edit` does.
    """

    def decide(current: bytes, work: Rewriting) -> _Decided:
        data = change(current)
        work.whole = (digest(current), data)
        changes = difference(current, data)
        return edits_of(changes, split(current)), changes

    return _rewritten(settings, machine, decide, clock)


def set_status(
    settings: OpsSettings, machine: Machine, marks: Mapping[str, Mark], now: datetime, clock: Clock = _CLOCK
) -> Edited:
    """Give sites another status: the letter, and the time where the table has one.

    Args:
        settings: the host's settings.
        machine: the host's machine.
        marks: by site, its new letter and its row's text as it was when that was decided.
        now: the time that goes into the rows.
        clock: waits and the time.

    Raises:
        OpsError: as `edit` does; Refusal too where a site has several rows.
    """
    return edit(settings, machine, lambda found: status_edits(found, marks, now), clock)


def recover(settings: OpsSettings, machine: Machine, clock: Clock = _CLOCK) -> Edited:
    """Clear up after an edit that was cut short: strays go, and what others wrote at that moment goes in.

    Every edit does so first; call this at the start.

    Raises:
        OpsError: as `edit` does.
    """
    return _rewritten(settings, machine, lambda *_: ((), ()), clock)


def _rewritten(
    settings: OpsSettings, machine: Machine, decide: Callable[[bytes, Rewriting], _Decided], clock: Clock
) -> Edited:
    """Under the lock: read, decide, and rewrite until all that is wanted stands there."""
    path = machine.root / settings.tree.registry
    with _locked(settings, machine, path, clock):
        work = Rewriting(settings, path, clock, Wanted({}))
        edits, changes = decide(_read(work), work)
        work.wanted = Wanted({one.key: one for one in changes})
        records = records_of(changes, split(work.current))
        leftovers = take_in_leftovers(work)
        work.run()
        forget(leftovers, work)
    return _told(edits, work, records)


@contextmanager
def _locked(settings: OpsSettings, machine: Machine, path: Path, clock: Clock) -> Iterator[None]:
    lock = machine.root / settings.tree.registry_lock
    seconds = settings.limits.registry_lock_seconds
    with ExitStack() as stack:
        try:
            stack.enter_context(writers_lock.held(lock, path, seconds, clock))
        except LockHeldError:
            raise Refusal(
                f"A tool has held the registry's lock for {seconds:g} seconds: try again, or hold launches first."
            ) from None
        except FileNotFoundError:
            raise _missing(path) from None
        except OSError as error:
            raise NotReadable(f"The registry's lock {lock} cannot be taken: {error.strerror}.") from None
        yield


def _read(work: Rewriting) -> bytes:
    try:
        return work.begin()
    except files.Missing:
        raise _missing(work.path) from None
    except files.Unreadable as error:
        raise NotReadable(f"The registry cannot be read: {error.sentence}") from None


def _missing(path: Path) -> NotReadable:
    return NotReadable(f"There is no registry at {path}: restore it, or set tree.registry.")


def _told(edits: Edits, work: Rewriting, records: tuple[Record, ...]) -> Edited:
    wanted = work.wanted
    elsewhere = wanted.absent | wanted.overtaken
    told = Edited(
        applied=tuple(edit for edit in edits if _keys(edit).isdisjoint(elsewhere)),
        records=tuple(record for record in records if record.site not in elsewhere),
        overtaken=tuple(edit for edit in edits if not _keys(edit).isdisjoint(wanted.overtaken)),
        repeated=work.repeated,
        merged=names_of(wanted.merged),
        durable=work.durable,
        backup=work.backup,
        problems=(*work.problems, *_kept(wanted)),
    )
    if work.gave_up:
        raise Overwritten(told)
    return told


def _kept(wanted: Wanted) -> tuple[str, ...]:
    if not wanted.kept:
        return ()
    return (f"A writer that did not finish left these out; they were kept: {named(wanted.kept)}.",)


def _keys(edit: LineEdit) -> set[bytes]:
    return {key_of(text) for text in (edit.before, edit.after) if text is not None}
