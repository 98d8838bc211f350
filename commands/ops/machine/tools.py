"""Other programs, run to their end: an argument list, a time limit, a cap on what they print."""

import os
import selectors
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

BLOCK = 64 * 1024
PRINTED_AT_ONCE = 1024 * 1024  # bytes in a pipe, /proc/sys/fs/pipe-max-size for all users


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended. `code` is its exit code, or minus the signal that ended it.

    stdout, stderr: the last bytes of each; truncated: there were more. timed_out: it was killed for taking too long.
    """

    code: int
    stdout: bytes
    stderr: bytes
    truncated: bool
    timed_out: bool


def where(program: str) -> str | None:
    """The file that this name starts, as `PATH` tells; none where there is no such program."""
    return shutil.which(program)


def run(  # noqa: PLR0913 - how it is run, each by name
    argv: Sequence[str],
    *,
    cwd: Path,
    timeout: float,
    max_bytes: int,
    env: Mapping[str, str] | None = None,
    entry: bytes = b"",
) -> Ran:
    """Run a program in a process group of its own and wait for its end; past `timeout` seconds the group is killed.

    What it leaves running in the background is not waited for, and loses its output: not for launching agents.
    `entry` is what it reads.

    Raises:
        OSError: it cannot be started.
    """
    with (
        _readable(entry) as given,
        subprocess.Popen(
            argv,
            cwd=cwd,
            env=env,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process,
    ):
        out, err = _Tail(process.stdout, max_bytes), _Tail(process.stderr, max_bytes)
        try:
            ended = _follow(process.pid, (out, err), time.monotonic() + timeout)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        if not ended:
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        return Ran(code, bytes(out.kept), bytes(err.kept), out.cut or err.cut, timed_out=not ended)


@contextmanager
def printing(
    argv: Sequence[str], *, cwd: Path, timeout: float, env: Mapping[str, str], entry: bytes
) -> Iterator[IO[bytes]]:
    """What a program prints, to be read as it comes; it is killed at the end of the block, or past `timeout` seconds.

    Args:
        argv: the program.
        cwd: where it runs.
        timeout: in seconds; what it has printed until then can be read.
        env: its environment.
        entry: what it reads, in memory: whoever fills a pipe while another is read may wait for ever.

    Raises:
        OSError: it cannot be started.
    """
    with (
        _readable(entry) as given,
        subprocess.Popen(
            argv,
            bufsize=PRINTED_AT_ONCE,
            cwd=cwd,
            env=env,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pipesize=PRINTED_AT_ONCE,
        ) as process,
    ):
        late = threading.Timer(timeout, process.kill)
        late.start()
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            yield process.stdout
        finally:
            late.cancel()
            process.kill()


@contextmanager
def _readable(entry: bytes) -> Iterator[int]:
    """A descriptor that reads so."""
    descriptor = os.memfd_create("entry", os.MFD_CLOEXEC)
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(entry)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


@dataclass(slots=True)
class _Tail:
    """The last bytes of a pipe."""

    pipe: IO[bytes] | None
    most: int
    kept: bytearray = field(default_factory=bytearray)
    cut: bool = False

    def take(self) -> bool:
        """Read what is there; false at its end."""
        assert self.pipe is not None  # noqa: S101 - both are pipes
        try:
            block = os.read(self.pipe.fileno(), BLOCK)
        except BlockingIOError:
            return False
        self.kept += block
        if len(self.kept) > self.most:
            del self.kept[: -self.most]
            self.cut = True
        return bool(block)


def _follow(pid: int, tails: tuple[_Tail, ...], deadline: float) -> bool:
    """Take in what is printed until the program itself ends; false where time ran out."""
    ending = os.pidfd_open(pid)
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(ending, selectors.EVENT_READ)
            for tail in tails:
                if tail.pipe:
                    os.set_blocking(tail.pipe.fileno(), False)
                    selector.register(tail.pipe, selectors.EVENT_READ, tail)
            return _until_end(selector, tails, deadline)
    finally:
        os.close(ending)


def _until_end(selector: selectors.BaseSelector, tails: tuple[_Tail, ...], deadline: float) -> bool:
    while (left := deadline - time.monotonic()) > 0:
        ready = selector.select(left)
        for key, _ in ready:
            if isinstance(key.data, _Tail) and not key.data.take():
                selector.unregister(key.fileobj)
        if any(key.data is None for key, _ in ready):
            for tail in tails:
                while tail.take():
                    continue
            return True
    return False
