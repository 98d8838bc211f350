"""A file that goes with an answer: what was gathered at one moment, as text."""

import re
from dataclasses import dataclass
from datetime import datetime

MOST = 80  # characters of each word: a file system takes a name of 255 bytes
_MARKS = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file. name: as it is called where it lands (`named`). title: what it is, in words. text: its content."""

    name: str
    title: str
    text: str


def named(at: datetime, resource: str, what: str) -> str:
    """`2026-11-22T0313Z-wave-5-of-batch-001-mimplement.log`: when, about what, and what it is with its suffix."""
    words = (_MARKS.sub("-", word).strip("-.") for word in (resource[:MOST], what[-MOST:]))
    return "-".join(filter(None, (f"{at:%Y-%m-%dT%H%MZ}", *words)))
