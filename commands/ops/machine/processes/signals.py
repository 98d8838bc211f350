"""Ending processes: exactly those that are meant, all at once, gently first.

A process is held by a pidfd before it is looked at, so that its number cannot change hands between the look and the
signal: pidfd_open(2). One that has ended and that its parent has not yet asked about counts as ended.
"""

import os
import select
import signal
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from commands.ops.machine.processes import identities
from commands.ops.machine.processes.identities import Identity

How = Literal["term", "kill", "gone", "replaced", "refused", "survived"]

PROC = Path("/proc")
KILL_SECONDS = 5.0  # the kernel ends a killed process at once, unless a disk or a driver holds it
MOST_AT_ONCE = 400  # each takes a descriptor, and a process may have 1,024 by default


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of one process, and why where nothing was done to it.

    term: ended after SIGTERM. kill: only after SIGKILL. gone: had ended before. replaced: its number belongs to
    another process now, or it became another itself; not signalled. refused: never signalled, or not allowed.
    survived: killed, and still there; the kernel is waiting for a device on its behalf.
    """

    identity: Identity
    how: How
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of each process, in the order they were given."""

    endings: tuple[Ending, ...]

    def counts(self) -> Counter[How]:
        """How many of each."""
        return Counter(ending.how for ending in self.endings)


def end(meant: Iterable[Identity], *, user: int, grace_seconds: float, proc: Path = PROC) -> Ended:
    """SIGTERM to all, in the order given; SIGKILL to those that live after the grace. Returns when all have ended.

    Args:
        meant: the processes; one that is named twice is signalled once.
        user: the agents' user id; a process of any other is refused.
        grace_seconds: how long they have, together, to end by themselves.
        proc: where the kernel shows processes.
    """
    left = list(dict.fromkeys(meant))
    endings: list[Ending] = []
    while left:
        with term_all(left[:MOST_AT_ONCE], user=user, proc=proc) as told:
            endings += told.wait(grace_seconds).endings
        del left[:MOST_AT_ONCE]
    return Ended(tuple(endings))


@contextmanager
def term_all(meant: Iterable[Identity], *, user: int, proc: Path = PROC) -> Iterator["Told"]:
    """SIGTERM to all before the block begins, nothing waited for; in it, what must be written can be, then `wait`."""
    told = Told()
    ours = frozenset(identities.line_above(proc, os.getpid()))
    try:
        for identity in meant:
            told.tell(identity, never(identity, user, ours), proc)
        yield told
    finally:
        told.close()


def never(identity: Identity, user: int, ours: frozenset[int]) -> str | None:
    """Why this process is never signalled, whatever was asked; None where it may be.

    ours: our own number and those of all above us.
    """
    if identity.pid <= 1:
        return "it is the first process of the machine, or no process"
    if identity.pid in ours:
        return "it is Wavewarden itself, or what started it"
    if not identity.argv:
        return "it has no command line: it is a part of the kernel, or hides itself"
    if identity.user != user:
        return f"it runs as user {identity.user}, and agents run as {user}"
    return None


@dataclass(slots=True)
class Told:
    """Processes that were told to end, each held by its pidfd."""

    _endings: dict[Identity, Ending | None] = field(default_factory=dict)
    _held: dict[int, Identity] = field(default_factory=dict)

    def tell(self, identity: Identity, refusal: str | None, proc: Path) -> None:
        """SIGTERM to one process, if it is the one that is meant."""
        if refusal:
            self._endings[identity] = Ending(identity, "refused", refusal)
            return
        try:
            pidfd = os.pidfd_open(identity.pid)
        except OSError as error:
            self._endings[identity] = _not_signalled(identity, error)
            return
        self._held[pidfd] = identity
        self._endings[identity] = _mistaken(identity, pidfd, proc) or _signal(identity, pidfd, signal.SIGTERM)

    def wait(self, grace_seconds: float) -> Ended:
        """Wait for the end of all; those that live after the grace are killed."""
        self._await_ends(grace_seconds, "term")
        for pidfd in self._living():
            identity = self._held[pidfd]
            self._endings[identity] = _signal(identity, pidfd, signal.SIGKILL, gone="term")
        self._await_ends(KILL_SECONDS, "kill")
        survived = "it was killed and is still there: the kernel waits for a device on its behalf"
        return Ended(
            tuple(ending or Ending(one, "survived", survived) for one, ending in self._endings.items())
        )

    def close(self) -> None:
        """Let go of the processes."""
        for pidfd in self._held:
            os.close(pidfd)
        self._held.clear()

    def _living(self) -> list[int]:
        """Those whose end is not known yet."""
        return [pidfd for pidfd, identity in self._held.items() if self._endings[identity] is None]

    def _await_ends(self, seconds: float, how: How) -> None:
        """Note who ends within these seconds; the kernel says so, nothing is asked twice."""
        deadline = time.monotonic() + seconds
        poll = select.poll()
        for pidfd in self._living():
            poll.register(pidfd, select.POLLIN)
        while self._living():
            ready = poll.poll(max(deadline - time.monotonic(), 0) * 1000)
            if not ready:
                return
            for pidfd, _ in ready:
                poll.unregister(pidfd)
                identity = self._held[pidfd]
                self._endings[identity] = Ending(identity, how)


def _mistaken(identity: Identity, pidfd: int, proc: Path) -> Ending | None:
    """Why the process that is held is not to be signalled; None where it is the one that is meant."""
    other = identities.difference(identity, identities.at(proc, identity.pid))
    # asked last: while what we hold lives, nobody else can have had its number during the look
    if _has_ended(pidfd):
        return Ending(identity, "gone")
    return Ending(identity, "replaced", other) if other else None


def _signal(identity: Identity, pidfd: int, number: signal.Signals, gone: How = "gone") -> Ending | None:
    try:
        signal.pidfd_send_signal(pidfd, number)
    except ProcessLookupError:
        return Ending(identity, gone)
    except OSError as error:
        return _not_signalled(identity, error)
    return None


def _not_signalled(identity: Identity, error: OSError) -> Ending:
    if isinstance(error, ProcessLookupError):
        return Ending(identity, "gone")
    return Ending(identity, "refused", f"the system does not allow it: {error.strerror}")


def _has_ended(pidfd: int) -> bool:
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(0))
