"""Work in a process of its own: what it had to load is gone when it is done."""

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SECONDS = 60.0


@contextmanager
def begun(module: str) -> Iterator[Callable[[], object]]:
    """Start one of our own modules as a program; inside the block, a call waits for what it has to say.

    Args:
        module: its dotted name. Its `main` writes one pickled object to stdout and nothing else; what it prints to
            stderr is seen as our own.

    Raises:
        subprocess.SubprocessError: from the call: it ended with an error, or was killed for taking over a minute.
    """
    # -P: a file beside whoever starts us, named as one of our modules, is not imported instead
    argv = (sys.executable, "-P", "-m", module)
    with subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        process_group=0,  # Ctrl-C reaches us alone, and we end it
    ) as process:

        def said() -> object:
            printed, _ = process.communicate(timeout=SECONDS)
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, argv)
            return pickle.loads(printed)  # noqa: S301 - written by our own child, for us alone

        try:
            yield said
        except BaseException:
            process.kill()  # nobody waits for it any more
            raise
