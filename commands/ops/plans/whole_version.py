"""The whole registry as a target of a plan: a version that takes its place, and the way back from that by the byte.

Row by row, lines that only changed places would stay where they are, and so would ends of lines.
"""

from commands.ops.edits import backups
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.machine.writing.strays import digest
from commands.ops.operation import Target
from commands.ops.plans.plans import Plan

VERSION, BEFORE = "version", "version before"  # targets of a restore, and of what takes that back


def target(key: str, data: bytes, now: bytes | None, **about: object) -> Target:
    """What takes the registry's place, and what stands there now: bound to the first, by their digests."""
    stands = None if now is None else digest(now)
    return Target(key, {"digest": digest(data), "missing": now is None}, {**about, "now": stands})


def replaced(plan: Plan) -> Target | None:
    """Of a plan that replaced the whole registry, or may have: its target."""
    if plan.state not in ("done", "unknown"):
        return None
    meant = {VERSION, BEFORE}.intersection((plan.result or {}).get("targets", (VERSION, BEFORE)))
    found = (one for one in plan.targets if one.key in meant)
    return next((one for one in found if one.about["now"] is not None), None)


def is_back(plan: Plan, data: bytes) -> bool:
    """Whether all stands as before that plan, or nothing was done."""
    version = replaced(plan)
    return version is not None and digest(data) == version.about["now"]


def before(house: House, plan: Plan, data: bytes) -> bytes | None:
    """What stood there before a plan was carried out; None unless all stands as it left it, and there is a copy."""
    version = replaced(plan)
    if version is None or digest(data) != version.identity["digest"]:
        return None
    try:
        copies = backups.listed(house.settings)
        copy = next((one for one in copies if one.digest == version.about["now"]), None)
        return None if copy is None else backups.read(house.settings, copy)
    except NotReadable:
        return None
