"""Programs that write a file again and again, each generation whole in itself; run as `python -c`.

Each line of generation 7 of 40 lines is `| 7-of-40 |`. The arguments: the file, how many lines, and the writer's pauses in
seconds within a generation and after it. They print a line once the first generation is there.
"""

import re

BEGIN = """
import os, sys, time
path, lines, within, after = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
def generations():
    number = 0
    while True:
        yield [f"| {number}-of-{lines} |\\n" for _ in range(lines)]
        if not number:
            print("up", flush=True)
        number += 1
        time.sleep(after)
"""

# Writes another file, slowly, and renames it over the first.
RENAMES = (
    BEGIN
    + """
for texts in generations():
    with open(path + ".new", "w") as file:
        for text in texts:
            file.write(text); file.flush(); time.sleep(within)
    os.replace(path + ".new", path)
"""
)

# Truncates the file and writes it line by line through one handle.
TRUNCATES = (
    BEGIN
    + """
for texts in generations():
    with open(path, "w") as file:
        for text in texts:
            file.write(text); file.flush(); time.sleep(within)
"""
)

# Truncates the file, then opens it anew for each piece, as `printf … >> file` in a loop does; only the last piece ends
# with a line.
APPENDS = (
    BEGIN
    + """
for texts in generations():
    open(path, "w").close()
    data, size = "".join(texts), len(texts[0])
    for piece in (data[:4], *(data[start : start + size] for start in range(4, len(data), size))):
        with open(path, "a") as file:
            file.write(piece)
        time.sleep(within)
"""
)

# Truncates and writes through one handle, under an exclusive lock on `path + ".lock"`.
LOCKS = (
    BEGIN
    + """
import fcntl
for texts in generations():
    with open(path + ".lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with open(path, "w") as file:
            for text in texts:
                file.write(text); file.flush(); time.sleep(within)
"""
)


def is_whole(data: bytes) -> bool:
    """Whether these are all lines of one generation."""
    generation = re.match(rb"\| [0-9]+-of-([0-9]+) \|\n", data)
    return generation is not None and data == generation[0] * int(generation[1])
