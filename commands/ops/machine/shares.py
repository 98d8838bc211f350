"""How much of the machine this process may take."""

import math
import resource


def hold_to(seconds: float, most_bytes: int) -> None:
    """From now on it is killed after so long on the CPU, and gets no more memory than this, for good."""
    limit = math.ceil(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
