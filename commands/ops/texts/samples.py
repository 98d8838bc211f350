"""The long texts there are, each with samples of what its template may show: a team's own one is tried on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from commands.ops.texts.filters import inline

Values = Mapping[str, object]

_AT = datetime(2026, 11, 22, 3, 13, 5, tzinfo=UTC)
_OMAR = {"id": "U0OMAR", "name": "Omar Haddad", "face": "slack"}
_OPEN = {
    "id": "I-7K2Q",
    "resource": "wave 5 of batch 001",
    "subject": "batch wave 5 --batch 001",
    "what": "Wave 5 has crashed: 3 of 25 agents are left.",
    "severity": "critical",
    "opened_at": _AT,
    "opened_by": _OMAR,
    "owner": None,
    "clear_at": None,
    "closed_at": None,
    "closed_by": None,
    "cause": "",
}
_ENDED = {"owner": _OMAR, "clear_at": _AT, "closed_at": _AT, "closed_by": _OMAR, "cause": "out of memory"}
_ENTRY = {
    "at": _AT,
    "kind": "note",
    "who": _OMAR,
    "text": "it is the memory",
    "link": "",
    "particulars": "it is the memory",
}
_PLAN = {
    "id": "P-7K2Q",
    "state": "done",
    "line": "redeploy wave 5 --batch 001",
    "asked_by": _OMAR,
    "asked_at": _AT,
    "undo": "has no way back",
}
_ACCEPTED = "lotus.dev: finalized by hand by Omar Haddad: close to the deadline"


@dataclass(frozen=True, slots=True)
class Sample:
    """What a template may show, and what its text must contain then."""

    values: Values
    must: tuple[str, ...] = ()


TEXTS: Mapping[str, tuple[Sample, ...]] = {
    "incident_report.md.j2": (
        Sample(
            {
                "incident": _OPEN | _ENDED,
                "entries": [_ENTRY, {**_ENTRY, "who": None}],
                "plans": [_PLAN],
                "people": ["Omar Haddad"],
                "open_for": "1 h 5 min",
                "clear_after": "40 min",
            },
            ("I-7K2Q",),
        ),
        Sample(
            {
                "incident": _OPEN,
                "entries": [],
                "plans": [],
                "people": [],
                "open_for": "5 min",
                "clear_after": None,
            },
            ("I-7K2Q",),
        ),
    ),
    "closure_report.md.j2": (
        Sample({"batch": "001", "at": _AT, "new": True, "lines": []}),
        Sample({"batch": "001", "at": _AT, "new": False, "lines": [_ACCEPTED]}, (inline(_ACCEPTED),)),
    ),
}
