"""Work handed to a process of our own: what it takes of memory and of the interpreter is its own affair."""

import pickle
import sys
from pathlib import Path

from commands.ops.machine import tools

MOST_BYTES = 64 * 1024**2  # of what it says: 40,000 rows and findings


class Unfinished(Exception):
    """It did not get to its end; `why` says it in a few words, `said` is the end of what it printed about that."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(f"{why}\n{said}" if said else why)
        self.why = why
        self.said = said


def asked(module: str, order: object, *, cwd: Path, seconds: float) -> object:
    """What a module of ours, run as a program, answers.

    Args:
        module: its dotted name; it reads one pickled object and writes one, see `answering`.
        order: what it is to do.
        cwd: where it runs.
        seconds: then it is killed.

    Raises:
        Unfinished: it could not be started, failed, or took too long.
    """
    # -P: a file beside whoever starts us, named as one of our modules, is not imported instead
    argv = (sys.executable, "-P", "-m", module)
    try:
        ran = tools.run(argv, cwd=cwd, timeout=seconds, max_bytes=MOST_BYTES, entry=pickle.dumps(order))
    except OSError as error:
        raise Unfinished(error.strerror or "it could not be started") from None
    if ran.timed_out:
        raise Unfinished(f"it took more than {seconds:g} seconds")
    if ran.code or ran.truncated:
        raise Unfinished(f"exit code {ran.code}", ran.stderr.decode("utf-8", "backslashreplace"))
    answered: object = pickle.loads(ran.stdout)  # noqa: S301 - our own process wrote it
    return answered


def order_read() -> object:
    """In that process: what it is to do."""
    order: object = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process wrote it
    return order


def answered(answer: object) -> None:
    """In that process: this is what it has to say."""
    pickle.dump(answer, sys.stdout.buffer)
