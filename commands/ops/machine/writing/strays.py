"""What a process that was killed in the middle of a replacement leaves beside the file, told apart and swept.

A name tells what lies under it: `.REGISTRY.md.wavewarden-<token>.part` is being written;
`.REGISTRY.md.wavewarden-<token>-<inode>-<digest>.swap` is the new file as long as it has that inode. With another
inode it is the file that was displaced; and if that does not have the digest of what the edit was based on, somebody
wrote into it at that moment, and it may hold the only copy of their rows.
"""

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

_MARK = ".wavewarden-"
_SWAP = re.compile(r"[0-9a-f]+-(?P<inode>[0-9]+)-(?P<digest>[0-9a-f]{32})\.swap")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A displaced file with somebody's unseen changes.

    base: the digest of the content it had when it was read for the edit.
    """

    path: Path
    base: str
    data: bytes


def digest(data: bytes) -> str:
    """What a content is known by, in names."""
    return hashing(data).hexdigest()


def hashing(data: bytes = b"") -> "hashlib.blake2b":
    """What makes such a digest, piece by piece."""
    return hashlib.blake2b(data, digest_size=16)


def part_name(name: str) -> str:
    """A name for a new file while it is written."""
    return f".{name}{_MARK}{secrets.token_hex(6)}.part"


def swap_name(own: str, inode: int, base: bytes) -> str:
    """The name a new file has when it is whole, until it is exchanged; `own` is the one it had so far."""
    start, _, token = own.rpartition(_MARK)
    return f"{start}{_MARK}{token.split('-')[0].removesuffix('.part')}-{inode}-{digest(base)}.swap"


def names(target: Path) -> tuple[str, ...]:
    """What is left of replacements of this file, those under way among them; none where that cannot be read."""
    try:
        entries = sorted(entry.name for entry in target.parent.iterdir())
    except OSError:
        return ()
    return tuple(name for name in entries if name.startswith(f".{target.name}{_MARK}"))


def sweep(target: Path) -> tuple[Leftover, ...]:
    """Remove all that is left of replacements of this file, but for what may be somebody's only copy.

    Call it only while no replacement can be under way: with the lock held that all who replace this file take.

    Raises:
        OSError: the directory cannot be read, or a stray cannot be removed.
    """
    prefix = f".{target.name}{_MARK}"
    strays = sorted(entry for entry in target.parent.iterdir() if entry.name.startswith(prefix))
    kept = [leftover for path in strays if (leftover := _leftover(path, path.name.removeprefix(prefix)))]
    for path in strays:
        if path not in {leftover.path for leftover in kept}:
            path.unlink(missing_ok=True)
    return tuple(kept)


def _leftover(path: Path, rest: str) -> Leftover | None:
    told = _SWAP.fullmatch(rest)
    if told is None or not path.is_file() or path.is_symlink():
        return None
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if os.fstat(descriptor).st_ino == int(told["inode"]):
            return None
        data = file.read()
    return None if digest(data) == told["digest"] else Leftover(path, told["digest"], data)
