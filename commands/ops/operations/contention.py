"""Who else is about the same resources: open plans, runs, launches; each a sentence."""

from collections.abc import Iterator, Sequence

from commands.ops.errors import WrongUsage
from commands.ops.house import House
from commands.ops.launches import leases
from commands.ops.machine.locks import locks
from commands.ops.operations.table import operation_of
from commands.ops.plans import plans
from commands.ops.plans.plans import Plan


def others(house: House, plan: Plan) -> tuple[str, ...]:
    """What else there is on the resources of a plan: open plans, then who holds a lock or a lease."""
    names = _names(plan)
    found = [one for one in _open(house) if one.id != plan.id and names.intersection(_names(one))]
    told = [_plan(one, sorted(names.intersection(_names(one)))) for one in found]
    running = {one.id for one in found}
    told += [
        f"{holder.name} is held by {holder.text} since {holder.since:%H:%M} UTC."
        for holder in locks.holders(house.settings.state)
        if holder.name in names and not any(holder.text.startswith(one) for one in running)
    ]
    return (*told, *_leases(house, sorted(names)))


def _open(house: House) -> Iterator[Plan]:
    """Open plans whose time has not passed."""
    now = house.clock.now()
    for plan in plans.in_states(house.journal.connection(), plans.OPEN):
        if plan.state == "running" or now < plan.expires_at:
            yield plan


def _names(plan: Plan) -> set[str]:
    """The resources of a plan; none of one whose operation a later version wrote."""
    try:
        return set(operation_of(plan.operation).locks(plan.args, plan.targets))
    except WrongUsage:
        return set()


def _plan(plan: Plan, shared: Sequence[str]) -> str:
    more = f" and {len(shared) - 1} more" if len(shared) > 1 else ""
    return f"{plan.id} ({plan.line}, asked by {plan.asked_by.name}) is {plan.state} on {shared[0]}{more} too."


def _leases(house: House, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if lease := leases.held(house, name):
            yield f"{name} is kept by {lease.holder} until its agents are seen, {lease.until:%H:%M} UTC at the latest."
