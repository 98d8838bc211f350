"""Stand-ins for agents: processes with an agent's command line that only wait, to be had in any number."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

WAITS = ("-S", "-E", "-c", "import sys; print(flush=True); sys.stdin.read()")


@contextmanager
def agents(root: Path, number: int, *words: str, cwd: Path | None = None) -> Iterator[list[int]]:
    """So many processes called `opus-agent … words` that work in the root; they end with the block."""
    with ExitStack() as stack:
        started = [stack.enter_context(_agent(cwd or root, words)) for _ in range(number)]
        for process in started:
            assert process.stdout
            process.stdout.readline()  # it has become Python: its command line is its own
        yield [process.pid for process in started]


@contextmanager
def _agent(cwd: Path, words: tuple[str, ...]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        ["opus-agent", *WAITS, *words],
        executable=sys.executable,
        cwd=cwd,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
