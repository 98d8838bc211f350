"""Carrying an operation out without a plan around it."""

from commands.ops.house import House
from commands.ops.operation import Args, Did, Operation, Waiting


def carry_out(house: House, operation: Operation, args: Args) -> list[str]:
    """Look, then every step; what each says."""
    targets = operation.look(house, args)
    return [said(step.act()) for step in operation.steps(house, args, targets)]


def said(did: str | Did | Waiting | None) -> str:
    """What a step told in words."""
    return did.said if isinstance(did, Did | Waiting) else did or ""
