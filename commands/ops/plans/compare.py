"""A plan's second look: what of it still stands when it is claimed."""

import re
from dataclasses import dataclass

from commands.ops.errors import OpsError
from commands.ops.house import House
from commands.ops.operation import Operation, Target
from commands.ops.plans.plans import Plan

_DIGEST = re.compile(r"[0-9a-f]{32,}")


@dataclass(frozen=True, slots=True)
class Compared:
    """left: targets that are as they were, as they are now. skipped: keys of those that are gone or finished.

    changes: why nothing may be done, each a sentence; empty if the plan stands.
    """

    left: tuple[Target, ...]
    skipped: tuple[str, ...]
    changes: tuple[str, ...]


def compared(house: House, operation: Operation, plan: Plan) -> Compared:
    """Look again: a plan may shrink, never grow or change."""
    try:
        fresh = {target.key: target for target in operation.look(house, plan.args)}
    except OpsError as error:
        return Compared((), (), (error.sentence,))
    planned = {target.key: target for target in plan.targets}
    changes = [f"{key} is new" for key in fresh if key not in planned]
    left, skipped = [], []
    for key, target in planned.items():
        now = fresh.get(key)
        if now is None:
            skipped.append(key)
        elif now.identity != target.identity:
            changes.append(f"{key} has changed: {_difference(target, now)}")
        else:
            left.append(now)
    if skipped and operation.vanish == "stale":
        changes += [f"{key} is gone" for key in skipped]
    if planned and not left and not changes:
        changes.append("nothing of it is left to do")
    return Compared(tuple(left), tuple(skipped), tuple(changes))


def _difference(before: Target, now: Target) -> str:
    names = [
        name
        for name in {**before.identity, **now.identity}
        if before.identity.get(name) != now.identity.get(name)
    ]
    return "; ".join(
        _differs(name, before.identity.get(name), now.identity.get(name)) for name in sorted(names)
    )


def _differs(name: str, was: object, is_: object) -> str:
    """A digest tells nobody anything but that it is another."""
    if any(isinstance(one, str) and _DIGEST.fullmatch(one) for one in (was, is_)):
        return "its content is another"
    return f"{name} was {was!s}, is {is_!s}"
