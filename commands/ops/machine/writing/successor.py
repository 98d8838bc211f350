"""A new file, whole and synced, that is about to take another's place; until then it keeps up with what is appended.

Between the reading of a file and its replacement lie a write and an fsync: long enough for a busy tool to write. What
came in meanwhile at the end is taken over, and the exchange is made in an instant in which the kernel lets nobody
begin to write (a read lease): only who was about to open the old file still writes to that.
"""

import os
import time
from dataclasses import dataclass

from commands.ops.machine.files.leases import Writers, no_new_writers
from commands.ops.machine.writing import strays
from commands.ops.machine.writing.moments import whole
from commands.ops.machine.writing.renameat2 import UNSUPPORTED, exchange_names

TRIES, PAUSE = 100, 0.0005  # seconds: so long for one who has it open for writing


class Changed(OSError):
    """The file that is to be replaced is another one now, or says something else."""


@dataclass(frozen=True, slots=True)
class Put:
    """The new file stands in its place, by an exchange or by a plain rename; for certain, or perhaps."""

    exchanged: bool
    certain: bool = True


@dataclass(slots=True)
class Successor:
    """The new file.

    directory: a descriptor of the directory. name: the place it is to take. own: its own name until then. new: a
    descriptor at its end. old: one to read the file by that it replaces. base: what that holds, as far as we know.
    """

    directory: int
    name: str
    own: str
    new: int
    old: int
    base: bytes

    def take_name(self) -> None:
        """Be called so that a sweep can tell what lies under the name, before and after the exchange."""
        own = strays.swap_name(self.own, os.fstat(self.new).st_ino, self.base)
        os.rename(self.own, own, src_dir_fd=self.directory, dst_dir_fd=self.directory)
        self.own = own

    def put(self, *, patient: bool) -> Put:
        """Take the place.

        Args:
            patient: do so only while the other file says what we know of it.

        Raises:
            Changed: it does not.
            OSError: the place was not taken.
        """
        for _ in range(TRIES if patient else 0):
            with no_new_writers(self.old) as writers:
                now = whole(self.old, like=self.base)
                if now == self.base and writers is not Writers.some:
                    return self._exchange()
            if now == self.base or not now.endswith(b"\n"):
                time.sleep(PAUSE)
            else:
                self._keep_up(now)
        return self._exchange()

    def _keep_up(self, now: bytes) -> None:
        """Take over what was appended; any other change, or another file, has to be read anew."""
        replaced = self._is_elsewhere(os.fstat(self.old).st_ino)
        if replaced or not now.startswith(self.base) or not self.base.endswith(b"\n"):
            raise Changed
        left = memoryview(now)[len(self.base) :]
        while left:
            left = left[os.write(self.new, left) :]
        os.fsync(self.new)
        self.base = now
        self.take_name()

    def _exchange(self) -> Put:
        """Exchange the two names, or rename where that cannot be done; raises only where neither happened."""
        try:
            exchange_names(self.directory, self.own, self.name)
        except OSError as error:
            if error.errno in UNSUPPORTED:
                return self._rename()
            if self._is_elsewhere(os.fstat(self.new).st_ino):
                raise
            return Put(exchanged=True, certain=False)
        return Put(exchanged=True)

    def _rename(self) -> Put:
        if self._is_elsewhere(os.fstat(self.old).st_ino):
            raise Changed
        try:
            os.rename(self.own, self.name, src_dir_fd=self.directory, dst_dir_fd=self.directory)
        except OSError:
            if self._is_elsewhere(os.fstat(self.new).st_ino):
                raise
            return Put(exchanged=False, certain=False)
        return Put(exchanged=False)

    def _is_elsewhere(self, inode: int) -> bool:
        """Whether the name certainly stands for another file, or for none; false where that cannot be told."""
        try:
            return os.stat(self.name, dir_fd=self.directory, follow_symlinks=False).st_ino != inode
        except FileNotFoundError:
            return True
        except OSError:
            return False
