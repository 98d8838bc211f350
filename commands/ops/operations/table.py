"""Every operation, in sight."""

from commands.ops.errors import WrongUsage
from commands.ops.operation import Operation
from commands.ops.operations.archive import ARCHIVE_BATCH
from commands.ops.operations.clean import CLEAN
from commands.ops.operations.compress import COMPRESS, EXPAND
from commands.ops.operations.dedupe import DEDUPE
from commands.ops.operations.delete import DELETE
from commands.ops.operations.empty_trash import EMPTY_DELETED, EMPTY_TRASH
from commands.ops.operations.finalize import FINALIZE
from commands.ops.operations.hands import HAND_OPERATIONS
from commands.ops.operations.mark import MARK
from commands.ops.operations.redeploy import REDEPLOY
from commands.ops.operations.relieve import RELIEVE
from commands.ops.operations.restore import RESTORE
from commands.ops.operations.unarchive import UNARCHIVE
from commands.ops.operations.undo import UNDO

OPERATIONS: tuple[Operation, ...] = (
    *(REDEPLOY, DEDUPE, RESTORE, FINALIZE, MARK, UNDO),
    *(CLEAN, ARCHIVE_BATCH, UNARCHIVE, EMPTY_TRASH, COMPRESS, EXPAND, DELETE, EMPTY_DELETED),
    RELIEVE,
    *HAND_OPERATIONS,
)


def operation_of(name: str) -> Operation:
    """The operation of this name.

    Raises:
        WrongUsage: a later version of Wavewarden wrote a name that this one does not know.
    """
    for operation in OPERATIONS:
        if operation.name == name:
            return operation
    raise WrongUsage(f"This version of Wavewarden does not know the operation “{name}”.")
