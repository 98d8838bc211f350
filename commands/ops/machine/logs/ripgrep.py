"""ripgrep, where it is installed: the lines of many large files that have some bytes in them, in a tenth of the time."""

from collections.abc import Sequence
from pathlib import Path

from commands.ops.machine import tools

PROGRAM = "rg"
SECONDS = 20.0
MOST_BYTES = 32 * 1024**2
NOTHING_FOUND = 1
# Mapped, files are searched in half the time. One that is cut meanwhile ends it by a signal; we then read without it.
OPTIONS = (
    *("--no-config", "--fixed-strings", "--text", "--mmap", "--no-messages"),
    *("--with-filename", "--null", "--no-heading", "--no-line-number", "--color=never"),
)


def lines_with(paths: Sequence[Path], needle: str) -> dict[Path, list[bytes]] | None:
    """Each file's lines that have this text in them, in order; files without one are left out.

    None where ripgrep is not there or its answer may not be whole: a file that cannot be read, too much, too late.
    """
    program = tools.where(PROGRAM)
    if program is None or not paths:
        return None
    argv = (program, *OPTIONS, "--regexp", needle, "--", *map(str, paths))
    try:
        ran = tools.run(argv, cwd=Path("/"), timeout=SECONDS, max_bytes=MOST_BYTES)
    except OSError:
        return None
    if ran.code not in (0, NOTHING_FOUND) or ran.truncated or ran.timed_out:
        return None
    found: dict[Path, list[bytes]] = {}
    for line in ran.stdout.split(b"\n"):
        name, null, text = line.partition(b"\0")
        if null:
            found.setdefault(Path(name.decode("utf-8", "surrogateescape")), []).append(text)
    return found
