"""Tools that write to a registry beside us: small programs, each adding rows of its own, one after the other.

Called with the file, the lock, how many rows, and a name that their rows begin with. Each prints `up` when it has
added its first row, and `done` at the end.
"""

_HEAD = """
import fcntl, os, sys
path, lock, number, name = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]

def row(n):
    return b"| %s%d.dev | 002 | 1 | P | 2026-03-24T14:05:09Z |\\n" % (name.encode(), n)

def read():
    with open(path, "rb") as file:
        return file.read()
"""

_LOOP = """
for n in range(number):
    add(row(n))
    if n == 0:
        print("up", flush=True)
print("done", flush=True)
"""

APPENDS = f"""{_HEAD}
def add(line):
    with open(path, "ab") as file:
        file.write(line)
{_LOOP}"""

APPENDS_FOR_EVER = f"""{_HEAD}
import itertools, time
for n in itertools.count():
    with open(path, "ab") as file:
        file.write(row(n))
    time.sleep(0.01)
"""

APPENDS_IN_HALVES = f"""{_HEAD}
def add(line):
    with open(path, "ab", buffering=0) as file:
        file.write(line[:20])
        file.write(line[20:])
{_LOOP}"""

RENAMES = f"""{_HEAD}
def add(line):
    data = read() + line
    with open(path + ".tool", "wb") as file:
        file.write(data)
    os.rename(path + ".tool", path)
{_LOOP}"""

TRUNCATES = f"""{_HEAD}
def add(line):
    data = read() + line
    with open(path, "wb", buffering=0) as file:
        for at in range(0, len(data), 512):
            file.write(data[at:at + 512])
{_LOOP}"""

LOCKS = f"""{_HEAD}
def add(line):
    with open(lock, "ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        data = read() + line
        with open(path + ".tool", "wb") as file:
            file.write(data)
        os.rename(path + ".tool", path)
{_LOOP}"""

ALL = {
    "appends": APPENDS,
    "appends in halves": APPENDS_IN_HALVES,
    "renames": RENAMES,
    "truncates": TRUNCATES,
    "locks": LOCKS,
}
