"""Log lines as the host's agents and tools write them: one `write` a line, so that 25 writers never mix."""

import os
import time

STAMP = "%Y-%m-%dT%H:%M:%SZ"


def stamp(at: float | None = None) -> str:
    """The time in UTC, to the second, as `2026-03-24T14:05:09Z`; now when `at` (epoch seconds) is not given."""
    return time.strftime(STAMP, time.gmtime(at))


def line(level: str, who: str, text: str, at: float | None = None) -> str:
    """One log line with its newline: time, level, writer in brackets, text."""
    return f"{stamp(at)} {level:<5} [{who}] {text}\n"


def say(level: str, who: str, text: str) -> None:
    """Write one line to standard output, which the launcher has pointed at the wave's log."""
    os.write(1, line(level, who, text).encode())


def append(root: str, name: str, text: str) -> None:
    """Add finished lines to a log of the host, `logs/finish.log` say."""
    path = os.path.join(root, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "ab", buffering=0) as log:
        log.write(text.encode())
