"""`batch resume`: plan to lift the hold on launches."""

from commands.line import Asked, line
from commands.ops.operations.resume import RESUME
from commands.ops.roles import Role
from commands.planning import planned
from commands.reply import Reply


@line("batch resume", summary="Plan to allow launches again.", examples=("batch resume",), role=Role.operator)
def resume(asked: Asked) -> Reply:
    """Who placed the hold, when and why is in the preview."""
    return planned(asked, RESUME, {"by": asked.ask.caller.name})
