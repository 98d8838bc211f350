"""Starting a background process that is on record before it does anything."""

import os
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

from commands.demo_host.hosttools import processes
from commands.demo_host.hosttools.processes import Record

MOST_DESCRIPTORS = 4096


def spawn(
    root: str, kind: tuple[str, str, str], log: str, body: Callable[[], None], spare: int = -1
) -> Record:
    """Fork a child of its own session, recorded as `kind` (role, batch, wave), with its output in `log`.

    The child waits at a gate until its record is written; if we die before, the gate closes and it ends,
    so no process ever runs unrecorded. `spare` is a descriptor it keeps.
    """
    gate, opener = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(opener)
        _run(gate, root, log, body, spare)
    os.close(gate)
    try:
        start = processes.start_ticks(pid)
        record = Record(pid, -1 if start is None else start, processes.boot_id(), *kind)
        processes.keep(root, record)
        os.write(opener, b"1")
    finally:
        os.close(opener)
    return record


def _run(gate: int, root: str, log: str, body: Callable[[], None], spare: int) -> NoReturn:
    """The child's life. Ends by `_exit`: nothing of the parent's may run here."""
    code = 1
    try:
        if os.read(gate, 1) == b"1":
            _detach(root, log, spare)
            body()
            code = 0
    except OSError as trouble:
        os.write(2, f"{trouble}\n".encode())
    finally:
        sys.stdout.flush()
        os._exit(code)


def _detach(root: str, log: str, spare: int) -> None:
    os.setsid()
    os.chdir(root)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(output, 1)
    os.dup2(output, 2)
    # a caller that reads our output to its end must not wait for the agents
    os.closerange(3, spare if spare > 0 else MOST_DESCRIPTORS)
    os.closerange(spare + 1 if spare > 0 else MOST_DESCRIPTORS, MOST_DESCRIPTORS)
