"""`batch version`: which Wavewarden answers, and on what."""

import platform

from commands.line import Asked, line
from commands.reply import Facts, Reply

# The package's own: pyproject.toml has it from this line, so that no metadata is loaded to tell it.
__version__ = "0.1.0"


@line("batch version", summary="Which Wavewarden answers, and on what.", examples=("batch version",))
def version(asked: Asked) -> Reply:
    """The version of Wavewarden, of Python and of the host's root."""
    facts = {"version": __version__, "python": platform.python_version(), "host": platform.node()}
    root = str(asked.house.settings.root)
    shown = (("Host", facts["host"]), ("Root", root), ("Python", facts["python"]))
    return Reply(
        "fine",
        f"Wavewarden {__version__} on {platform.node()}.",
        facts={**facts, "root": root},
        parts=(Facts(shown),),
    )
