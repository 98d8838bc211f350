"""The operations that hold launches, allow them again, and stop what runs."""

from commands.ops.operation import Operation
from commands.ops.operations.hold import HOLD
from commands.ops.operations.resume import RESUME
from commands.ops.operations.stop import STOP

HAND_OPERATIONS: tuple[Operation, ...] = (HOLD, RESUME, STOP)
