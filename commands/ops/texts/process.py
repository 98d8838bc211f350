"""`python -m commands.ops.texts.process`: renders a team's own template, in little time and memory, or says why not.

It stands apart because nothing inside a process ends a template that loops for ever or asks for all the memory.
"""

import traceback
from collections.abc import Mapping
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from commands.ops import own_program
from commands.ops.machine import shares
from commands.ops.texts.environment import rendered

SECONDS = 10.0  # of the CPU
MOST_BYTES = 512 * 1024**2  # of memory
# What a template can raise, besides jinja2's own: it may divide by nought, or call itself without an end.
RAISED = (
    ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError, ValueError,
)  # fmt: skip


def answer(directory: Path, name: str, values: Mapping[str, object]) -> dict[str, str]:
    """`text`, or `why` there is none."""
    try:
        return {"text": rendered(directory, name, values)}
    except (TemplateError, *RAISED) as error:
        return {"why": _said(error, name)}


def _said(error: Exception, name: str) -> str:
    """`line 3: 'incidnet' is undefined`."""
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name}"
    if isinstance(error, TemplateSyntaxError):
        return f"line {error.lineno}: {error.message}"
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).name == name
    ]
    where = f"line {frames[-1].lineno}: " if frames else ""
    return f"{where}{str(error) or type(error).__name__}"


def main() -> None:
    """Read an order, print the answer."""
    shares.hold_to(SECONDS, MOST_BYTES)
    directory, name, values = own_program.given()
    own_program.say(answer(Path(directory), name, values))


if __name__ == "__main__":
    main()
