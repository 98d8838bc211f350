"""Carrying an operation out without a plan around it."""

from commands.ops.house import House
from commands.ops.operation import Args, Operation


def carry_out(house: House, operation: Operation, args: Args) -> list[str]:
    """Look, then every step; what each says."""
    targets = operation.look(house, args)
    return [step.act() or "" for step in operation.steps(house, args, targets)]
