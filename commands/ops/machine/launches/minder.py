"""Minds one launched tool: starts it, waits for its end, writes down how it ended. Run as a file, never imported.

It lives apart from Wavewarden, so it needs nothing but the standard library. What to do is in an order, a JSON file
that only whoever removes it may act on: `minder.py ORDER`. See `launch.py`, which writes it.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

Order = dict[str, Any]


def main(path: Path) -> None:
    """Carry out one order."""
    order: Order = json.loads(path.read_bytes())
    try:
        path.unlink()
    except FileNotFoundError:
        return  # whoever gave it has called it off
    if order["detach"] and os.fork():
        return  # our parent waits for this one only: the other becomes nobody's child
    news = _open_news(order["news"])
    try:
        _tell(news, _mind(order, news))
    except (OSError, subprocess.SubprocessError) as error:
        _tell(news, f"failed {_why(error)}")


def _mind(order: Order, news: int | None) -> str:
    ending = os.open(order["ending"], os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    fcntl.flock(ending, fcntl.LOCK_EX)  # for as long as we live: while it is held, an ending may still come
    try:
        tool = _start(order)
    except (OSError, subprocess.SubprocessError) as error:
        _write(ending, {"error": _why(error)})
        raise
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _: tool.send_signal(number))
    _tell(news, f"started {tool.pid}")
    _write(ending, {"code": tool.wait()})
    return "ended"


def _start(order: Order) -> subprocess.Popen[bytes]:
    """The tool itself: no input, its output in a file, as another user where one is named."""
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        return subprocess.Popen(
            order["argv"],
            cwd=order["cwd"],
            env=order["env"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=order["user"],
            group=order["group"],
            extra_groups=order["groups"],
        )
    finally:
        os.close(log)


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _write(ending: int, what: dict[str, object]) -> None:
    os.write(ending, json.dumps(what).encode())
    os.fsync(ending)


def _open_news(path: str) -> int | None:
    """The pipe to whoever launched, if that one still listens."""
    try:
        return os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None


def _tell(news: int | None, line: str) -> None:
    if news is not None:
        with suppress(OSError):  # nobody listens any more, which changes nothing here
            os.write(news, f"{line}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
