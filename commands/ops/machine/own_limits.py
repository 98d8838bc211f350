"""What this process may take of the machine, and what may end it."""

import os
import resource
import signal


def give_way(steps: int) -> None:
    """Let others go first, by so many steps of niceness."""
    os.nice(steps)


def at_most(data_bytes: int) -> None:
    """Have no more memory of one's own, files and programs that are mapped apart; what is asked beyond is refused.

    Counts what is asked for, whether it is used or not: RLIMIT_DATA of setrlimit(2), since Linux 4.7.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (data_bytes, data_bytes))


def not_ended_halfway() -> None:
    """Go on when everybody of a service is told to end: whoever started us waits for what we are at."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
