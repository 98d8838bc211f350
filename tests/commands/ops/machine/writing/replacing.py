"""Children that replace a file, to be killed, starved of calls, or cut off from power."""

# Replaces the file again and again, each time by another whole generation; prints those that are surely on the disk.
FOREVER = """
import sys
from pathlib import Path
from commands.ops.machine.writing.exchange import replace
path, lines, number = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
base = path.read_bytes()
while True:
    number += 1
    data = b"".join(b"| %d | %d |\\n" % (number, line) for line in range(lines))
    replaced = replace(path, data, base)
    if replaced.durable:
        print(number, flush=True)
    replaced.displaced.discard()
    base = data
"""

# The same, as one would without thinking.
FOREVER_IN_PLACE = """
import sys
path, lines, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
while True:
    number += 1
    with open(path, "wb") as file:
        for line in range(lines):
            file.write(b"| %d | %d |\\n" % (number, line))
    print(number, flush=True)
"""


def generation(data: bytes, lines: int) -> int | None:
    """Which generation a content is; None where it is not a whole one."""
    number = int(data.split(b"|", 2)[1]) if data.count(b"|") > 2 else -1
    return number if data == whole(number, lines) else None


def whole(number: int, lines: int) -> bytes:
    """A generation's content."""
    return b"".join(b"| %d | %d |\n" % (number, line) for line in range(lines))
