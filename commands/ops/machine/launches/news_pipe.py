"""A named pipe on which a process of another family says how far it is: lines, waited for without asking again."""

import os
import select
import time
from contextlib import suppress
from pathlib import Path


class NewsPipe:
    """The listening end; the pipe is there while the block lasts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pipe = -1
        self._unread = b""

    def open(self) -> None:
        """Make it. Without O_NONBLOCK the opening itself would wait for somebody to write: fifo(7)."""
        os.mkfifo(self._path, 0o600)
        self._pipe = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)

    def close(self) -> None:
        """Remove it, if it is there."""
        if self._pipe >= 0:
            os.close(self._pipe)
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def line(self, seconds: float) -> str | None:
        """The next line; None where none comes within these seconds, or whoever wrote has ended."""
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN)
        deadline = time.monotonic() + seconds
        while b"\n" not in self._unread:
            if not poll.poll(max(deadline - time.monotonic(), 0) * 1000):
                return None
            block = os.read(self._pipe, select.PIPE_BUF)
            if not block:
                return None
            self._unread += block
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode("utf-8", "backslashreplace")
