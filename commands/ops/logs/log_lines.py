"""One line of a host's log: when, whether it is an error, and of what kind."""

import re
from datetime import datetime
from typing import Literal

from commands.ops.history.ages import moment

Kind = Literal["out_of_memory", "timeout", "network", "disk", "design", "other"]

# The first that fits. Cheap words on a lowered line; an error's kind is a hint for people, not a fact.
KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "out_of_memory",
        re.compile(r"out of memory|cannot allocate memory|memoryerror|\boom\b|oom-kill|enomem"),
    ),
    (
        "disk",
        re.compile(r"no space left|disk full|disk quota|read-only file system|input/output error|enospc"),
    ),
    ("timeout", re.compile(r"time[d -]*out|deadline exceeded|took too long")),
    (
        "network",
        re.compile(
            r"connection (?:reset|refused|aborted|closed)|network|unreachable|name resolution|\bdns\b|\btls\b|"
            r"\bssl\b|overloaded|rate limit|too many requests|bad gateway|service unavailable|\b(?:429|502|503|529)\b"
        ),
    ),
    ("design", re.compile(r"-design\.md|\bdesign\b|\bcolou?r\b|typography|\blayout\b")),
)
_ERROR = re.compile(r"\b(?:error|fatal|critical|panic|exception|traceback|failed|failure)\b")
_EXIT = re.compile(r"\bexit(?:ed)?(?: with)?(?: code| status)?[ =:]+(\d{1,3})\b")
_STARTED = re.compile(r"\b(\d{1,4}) agents? started\b")
_PID = re.compile(r"\bpid[ =:]*(\d{1,10})\b")
_STAMP = re.compile(r"\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)")


def kind_of(line: str) -> Kind | None:
    """The kind of an error line; None where the line is no error."""
    lowered = line.lower()
    if not _ERROR.search(lowered):
        return None
    return next((kind for kind, pattern in KINDS if pattern.search(lowered)), "other")


def exit_code(line: str) -> int | None:
    """The exit code that a line tells: `ended with exit code 0`, `(exit code 137)`, `exited with status 1`."""
    match = _EXIT.search(line.lower())
    return int(match[1]) if match else None


def started(line: str) -> int | None:
    """How many agents a launch started, where a line tells: `25 agents started`."""
    match = _STARTED.search(line)
    return int(match[1]) if match else None


def pids(line: str) -> tuple[int, ...]:
    """The processes that a line names: `[agent-01 pid 28913]`; whoever writes it comes first."""
    return tuple(int(found) for found in _PID.findall(line))


def written_at(line: str) -> datetime | None:
    """When a line was written, if it begins with a time."""
    match = _STAMP.match(line)
    return moment(match[1].replace(",", ".")) if match else None
