"""One row of `wavewarden check`."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "trouble"]


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found, and, unless it is fine, the remedy.

    state: `note` is worth knowing and does no harm; `trouble` keeps something from working.
    """

    area: str
    what: str
    found: str
    state: State = "ok"
    remedy: str = ""
