"""A file that goes with an answer: what was gathered at one moment, as text."""

import re
from dataclasses import dataclass
from datetime import datetime

_MARKS = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file. name: as it is called where it lands (`named`). title: what it is, in words. text: its content."""

    name: str
    title: str
    text: str


def named(at: datetime, resource: str, what: str) -> str:
    """`2026-11-22T0313Z-wave-5-of-batch-001-mimplement.log`: when, about what, and what it is with its suffix."""
    words = (f"{at:%Y-%m-%dT%H%MZ}", *(_MARKS.sub("-", word).strip("-.") for word in (resource, what)))
    return "-".join(filter(None, words))
