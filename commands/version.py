"""`batch version`: which Wavewarden answers, and on what."""

import platform

from commands.line import Asked, line
from commands.reply import Facts, Reply


@line("batch version", summary="Which Wavewarden answers, and on what.", examples=("batch version",))
def version(asked: Asked) -> Reply:
    """The version of Wavewarden, of Python and of the host's root."""
    # late: it loads zip, csv and e-mail with it, 1 MiB, for what is rarely asked
    from importlib.metadata import version as installed

    ours = installed("wavewarden")
    facts = {"version": ours, "python": platform.python_version(), "host": platform.node()}
    root = str(asked.house.settings.root)
    shown = (("Host", facts["host"]), ("Root", root), ("Python", facts["python"]))
    return Reply(
        "fine",
        f"Wavewarden {ours} on {platform.node()}.",
        facts={**facts, "root": root},
        parts=(Facts(shown),),
    )
