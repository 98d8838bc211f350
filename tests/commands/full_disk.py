"""A small file system, full, beside a writer that takes every byte as soon as it is free."""

import errno
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BLOCK = bytes(4096)


@contextmanager
def small_disk(place: Path, size: str, **more: str) -> Iterator[Path]:
    """A tmpfs of this size, and with what else mount(8) is told, for the length of the block."""
    place.mkdir()
    options = ",".join(f"{name}={value}" for name, value in {"size": size, **more}.items())
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def eaten(place: Path) -> Iterator[None]:
    """Nothing is left inside the block, and what becomes free is taken at once."""
    stop, full = threading.Event(), threading.Event()
    eater = threading.Thread(target=_eat, args=(place / "eater", stop, full))
    eater.start()
    try:
        assert full.wait(30)
        yield
    finally:
        stop.set()
        eater.join()


def _eat(path: Path, stop: threading.Event, full: threading.Event) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        while not stop.is_set():
            try:
                os.write(descriptor, BLOCK)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                full.set()
                stop.wait(0.0005)
    finally:
        os.close(descriptor)
