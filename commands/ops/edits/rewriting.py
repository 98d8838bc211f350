"""One rewriting of the registry, round by round, until it holds what everybody wants of it."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from commands.ops.edits import backups
from commands.ops.edits.backups import Backup
from commands.ops.edits.held import Held
from commands.ops.edits.lines import Change, applied, difference, named, pieces_applied
from commands.ops.edits.wanted import Wanted
from commands.ops.errors import OperationFailed
from commands.ops.machine.clock import Clock
from commands.ops.machine.files import files
from commands.ops.machine.files.leases import Writers
from commands.ops.machine.writing.exchange import Displaced, Moved, NotReplaced, Replaced, replace
from commands.ops.machine.writing.moments import pause, snapshot
from commands.ops.machine.writing.strays import digest
from commands.ops.registry.line_list import LARGE, Text, split
from commands.ops.settings import OpsSettings

MOST_ROUNDS = 200
MOST_SECONDS = 20.0  # a tool that reads and writes without ever pausing leaves few gaps: 50 rounds, 5 s
MOST_MOVED = (
    5  # so often an edit is made anew because the registry changed under it; then it is made all the same
)
LATEST = 2  # how many displaced files are looked at in each round; all of them before the end
SETTLE = 0.1  # seconds, then an edit is looked at again: a careless tool's read and write lie closer together
SETTLE_AMONG_WRITERS = 0.4  # where such a tool was seen
GONE_TRIES, GONE_PAUSE = 20, 0.01  # a tool that removes the file before it writes a new one


@dataclass(slots=True)
class _Out:
    """A displaced file. base: what it was read as. seen: what of it is taken in. last: what it held at the last look."""

    file: Displaced
    base: Held
    seen: Held
    last: Held
    patience: float


@dataclass(slots=True)
class Rewriting:
    """Rounds of replacing and looking, under the lock, which is the caller's to hold.

    current: what stands there, as far as is known. whole: from the content with which digest to which one, by the
    byte, beside what is wanted of single sites. backup: the copy made before the first replacement. repeated: how many of our sites had to be written again.
    clean: nothing of anybody's is left in a displaced file. gave_up: others kept overwriting ours for as long as
    we tried. problems: what else has to be told, each a sentence.
    """

    settings: OpsSettings
    path: Path
    clock: Clock
    wanted: Wanted
    current: bytes = b""
    whole: tuple[str, bytes] | None = None
    backup: Backup | None = None
    durable: bool = True
    repeated: int = 0
    clean: bool = True
    gave_up: bool = False
    problems: list[str] = field(default_factory=list)
    _tries: int = 0
    _moved: int = 0
    _replaced: bool = False
    _out: list[_Out] = field(default_factory=list)
    _pending: set[bytes] | None = None
    _written: set[bytes] = field(default_factory=set)

    def begin(self) -> bytes:
        """Read what stands there.

        Raises:
            files.Unreadable: one of its kinds.
        """
        self.current = self._snapshot()
        return self.current

    def run(self) -> None:
        """Make it so, from what stands there on.

        Raises:
            OperationFailed: nothing was changed.
        """
        try:
            self._rounds()
        except (NotReplaced, files.Unreadable) as error:
            if not self._replaced:
                raise OperationFailed(f"Nothing was changed: {error.sentence}") from None
            self._leave(f"The edit was applied, but could not be looked at again: {error.sentence}")
        finally:
            self._let_go()

    def _snapshot(self) -> bytes:
        """What stands there now; one that is missing may be in the middle of being replaced."""
        for _ in range(GONE_TRIES):
            with suppress(files.Missing):
                return self._look()
            pause(self.clock, GONE_PAUSE)
        return self._look()

    def _rounds(self) -> None:
        settled, deadline = False, self.clock.monotonic() + MOST_SECONDS
        while True:
            missing = self.wanted.missing(split(self.current))
            due = bool(missing) or self._whole_is_due()
            if missing and (self._tries >= MOST_ROUNDS or self.clock.monotonic() > deadline):
                self._give_up(missing)
                return
            if due:
                self._replace(missing)
            elif settled or not self._replaced:
                return
            else:
                pause(self.clock, SETTLE_AMONG_WRITERS if self._among_writers else SETTLE)
            settled = not self._take_in(LATEST if due else len(self._out)) and not due
            self.current = b""  # a large one need not be there twice
            self.current = self._snapshot()

    def _give_up(self, missing: tuple[Change, ...]) -> None:
        """Ours was overwritten for as long as we tried; or ours stands, but what others write never all goes in."""
        self.gave_up = bool(self.wanted.absent)
        self._pending = {change.key for change in missing}
        theirs = self._pending - self.wanted.absent
        if theirs:
            self._leave(f"What others wrote about {named(theirs)} is kept, and goes in with the next edit.")

    def _replace(self, missing: tuple[Change, ...]) -> None:
        self._tries += 1
        if self.backup is None:
            self.backup = backups.save(self.settings, self.current, self.clock.now())
        patient = self._moved < MOST_MOVED
        try:
            replaced = replace(self.path, self._next(missing), self.current, patient=patient)
        except Moved:
            self._moved += 1
        else:
            self._replaced = True
            self._note(replaced)
            keys = {change.key for change in missing}
            self.repeated += len(keys & self._written & self.wanted.ours.keys())
            self._written |= keys
            self.wanted.absent -= keys  # should nobody be able to look again, this is the last that is known

    def _whole_is_due(self) -> bool:
        """Whether all of it is to become another, and nothing of that was done: lines may only change places."""
        return self._is_from() and self.whole is not None and self.whole[1] != self.current

    def _is_from(self) -> bool:
        return self.whole is not None and digest(self.current) == self.whole[0]

    def _next(self, missing: tuple[Change, ...]) -> bytes | Iterable[Text]:
        if self.whole is not None and self._is_from():
            return self.whole[1]
        lines = split(self.current)
        return pieces_applied(lines, missing) if len(self.current) > LARGE else applied(lines, missing)

    def _note(self, replaced: Replaced) -> None:
        self.durable = self.durable and replaced.durable
        if not replaced.exchanged:
            self.say(
                "The file system cannot exchange files: somebody who replaced it just then was not seen."
            )
        if replaced.displaced is None:
            self.clean = False
            self.say("The file that was displaced could not be looked at; the next edit looks again.")
        else:
            wait = self.settings.limits.registry_writer_seconds
            base = Held.of(replaced.base)
            self._out.append(_Out(replaced.displaced, base, base, base, wait))

    def _take_in(self, latest: int) -> bool:
        """Look at the latest displaced files again; whether anything in them was new."""
        news = [self._news(out) for out in self._out[-latest:]]
        return any(news)

    def _news(self, out: _Out) -> bool:
        try:
            moment = out.file.look(out.patience, self.clock, out.last.digest)
        except OSError as error:
            self._leave(f"What others wrote at the same moment could not be read: {error.strerror}.")
            return False
        if moment.writers is Writers.some:
            out.patience = 0
            self.say(
                "Somebody still has the displaced registry open for writing; what they write now is lost."
            )
        if moment.data is None:
            return False
        out.last = Held.of(moment.data)
        if not self.wanted.take_in(out.seen.data, moment.data):
            out.seen = out.last
        return True

    def _look(self) -> bytes:
        limits = self.settings.limits
        wait = limits.registry_writer_seconds
        return snapshot(self.path, limits.registry_bytes, limits.registry_retries, wait, self.clock)

    @property
    def _among_writers(self) -> bool:
        return self._tries > 1 or bool(self.wanted.merged)

    def _let_go(self) -> None:
        for out in self._out:
            if not self.clean and self._holds_pending(out):
                out.file.keep()
                continue
            try:
                out.file.discard()
            except OSError as error:
                self.say(
                    f"A file that was displaced could not be removed: {error.strerror}. The next edit tries again."
                )

    def _holds_pending(self, out: _Out) -> bool:
        """Whether this may be the only place of something; where it was not all taken in, anything may be there."""
        if self._pending is None:
            return True
        return any(change.key in self._pending for change in difference(out.base.data, out.last.data))

    def _leave(self, problem: str) -> None:
        self.clean = False
        self.say(problem)

    def say(self, problem: str) -> None:
        """Something that has to be told, once."""
        if problem not in self.problems:
            self.problems.append(problem)
