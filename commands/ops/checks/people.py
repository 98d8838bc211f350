"""Who has which role: are the lists well written, and is there anybody to approve?"""

import re

from commands.ops.checks.finding import Check
from commands.ops.settings import OpsSettings

AREA = "roles"
LISTED = re.compile(r"^(?:[UW][A-Z0-9]{2,20}|S[A-Z0-9]{2,20}|os:[\w.@-]{1,64})$")


def check_people(settings: OpsSettings) -> list[Check]:
    """The three lists, the pairs of people, and solo mode."""
    lists = {"viewers": settings.viewers, "operators": settings.operators, "approvers": settings.approvers}
    found = [_list(name, entries) for name, entries in lists.items()]
    found += [_pair(left, right) for left, right in settings.people.items()]
    if settings.solo:
        found.append(
            Check(
                AREA,
                "solo",
                "one person may approve what they asked",
                "note",
                "unset WAVEWARDEN_SOLO for a team",
            )
        )
    return found


def _list(name: str, entries: tuple[str, ...]) -> Check:
    setting = f"WAVEWARDEN_{name.upper()}"
    wrong = [entry for entry in entries if not (LISTED.match(entry) or (entry == "*" and name == "viewers"))]
    if wrong:
        remedy = f"write {setting} as U…, S… or os:NAME" + (", or *" if name == "viewers" else "")
        return Check(AREA, name, f"{', '.join(wrong)} is nobody", "trouble", remedy)
    if entries:
        return Check(AREA, name, ", ".join(entries))
    if name == "approvers":
        return Check(
            AREA, name, "nobody", "note", f"set {setting}: without approvers, what needs one cannot be done"
        )
    return Check(
        AREA,
        name,
        "nobody",
        "note" if name == "operators" else "ok",
        f"set {setting}" if name == "operators" else "",
    )


def _pair(left: str, right: str) -> Check:
    if left.startswith("os:") and LISTED.match(left) and LISTED.match(right) and not right.startswith("os:"):
        return Check(AREA, "people", f"{left} is {right}")
    return Check(
        AREA, "people", f"{left}={right} names no person", "trouble", "write WAVEWARDEN_PEOPLE as os:NAME=U…"
    )
