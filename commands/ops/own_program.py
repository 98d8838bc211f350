"""One of our own modules run as a program: it is given an object, and answers with one; what it loaded goes with it."""

import json
import os
import pickle
import sys
from pathlib import Path
from typing import Any

from commands.ops.machine import tools

PASSED_ON = ("LANG", "PATH", "PYTHONPATH", "TZ")  # of our environment; tokens stay here


class NoAnswer(Exception):
    """It was not started, took too long, said too much, or was killed; says which, without a full stop."""


def answer_of(module: str, order: object, *, seconds: float, most_bytes: int) -> Any:
    """What a module has to say to an order.

    Args:
        module: its dotted name. It reads one pickled object, and prints one in JSON.
        order: what it is given.
        seconds: how long it may take; then it is killed.
        most_bytes: of its answer.

    Raises:
        NoAnswer: there is none.
    """
    argv = (sys.executable, "-P", "-m", module)
    env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        entry = pickle.dumps(order)
        with tools.printing(argv, cwd=Path("/"), timeout=seconds, env=env, entry=entry) as printed:
            said = printed.read(most_bytes + 1)
    except OSError as error:
        raise NoAnswer(f"no process could be started: {error.strerror}") from None
    if len(said) > most_bytes:
        raise NoAnswer(f"it makes more than {most_bytes:,} bytes")
    try:
        return json.loads(said)
    except ValueError:
        raise NoAnswer("it took too long or too much memory, or broke off") from None


def given() -> Any:
    """What this program was given."""
    return pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started us


def say(answer: object) -> None:
    """Print the answer, and nothing else."""
    sys.stdout.write(json.dumps(answer))
