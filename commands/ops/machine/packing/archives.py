"""Archives of directories: packed by tar, read back and compared with what they were made of, unpacked."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine import tools
from commands.ops.machine.tools import Ran
from commands.ops.machine.writing.moments import closing

MOST_BYTES = 64 * 1024**2  # of what tar prints: a name each
SHOWN = 3

# zstd's lowest level takes half the time of its usual one, and makes archives of the same size: measured on 28 MB of sites
_ENVIRONMENT = {"LC_ALL": "C", "ZSTD_CLEVEL": "1"}


class ArchiveError(Exception):
    """tar failed, or the archive is not what it was made of; the sentence says what it said, without a full stop."""


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that is whole on the disk. sha256: of its bytes, in hex, as `sha256sum` prints it."""

    bytes: int
    sha256: str


def ending() -> str:
    """How an archive is called that is made here: by zstd where it is, by gzip otherwise."""
    return ".tar.zst" if tools.where("zstd") else ".tar.gz"


def pack(directory: Path, names: Sequence[str], archive: Path, seconds: float) -> None:
    """Write these directories of a directory into a new archive, synced; a mount in them is left out.

    Raises:
        ArchiveError: it could not be written whole; nothing is left of it.
    """
    create = ("--create", "--format=posix", "--one-file-system", _packer(archive), f"--file={archive}")
    try:
        _checked(_tar((*create, "--", *names), directory, seconds), "tar could not pack")
        with closing(os.open(archive, os.O_RDONLY | os.O_CLOEXEC)) as descriptor:
            os.fsync(descriptor)
    except (ArchiveError, OSError) as error:
        archive.unlink(missing_ok=True)
        raise ArchiveError(str(error)) from None


def compare(directory: Path, archive: Path, seconds: float) -> int:
    """Read an archive back, and compare every byte, time and mode with what lies in a directory.

    Returns:
        How many names are in it, directories included.

    Raises:
        ArchiveError: something differs, or it cannot be read.
    """
    argv = ("--compare", "--verbose", "--quoting-style=escape", _packer(archive), f"--file={archive}")
    ran = _tar(argv, directory, seconds)
    _checked(ran, "the archive differs")
    return ran.stdout.count(b"\n")


def unpack(archive: Path, directory: Path, names: Sequence[str], seconds: float) -> None:
    """Bring these directories out of an archive into a directory; what is there already is not overwritten.

    Raises:
        ArchiveError: not all of it came out.
    """
    extract = ("--extract", "--keep-old-files", "--preserve-permissions", _packer(archive))
    _checked(_tar((*extract, f"--file={archive}", "--", *names), directory, seconds), "tar could not unpack")


def measured(archive: Path) -> Packed:
    """Size and checksum of an archive.

    Raises:
        OSError: it cannot be read.
    """
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Packed(os.fstat(file.fileno()).st_size, digest)


def publish(part: Path, archive: Path) -> None:
    """Give a finished archive its real name, which never replaces what has that name, for good.

    Raises:
        FileExistsError: there is one of that name.
        OSError: it could not be named, or is not certain to survive a power cut.
    """
    os.link(part, archive, follow_symlinks=False)
    part.unlink()
    with closing(os.open(archive.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)) as directory:
        os.fsync(directory)


def _packer(archive: Path) -> str:
    return "--zstd" if ".zst" in archive.suffixes else "--gzip"


def _tar(argv: Sequence[str], directory: Path, seconds: float) -> Ran:
    environment = {name: value for name, value in os.environ.items() if name != "TAR_OPTIONS"}
    try:
        return tools.run(
            ("tar", *argv),
            cwd=directory,
            timeout=seconds,
            max_bytes=MOST_BYTES,
            env={**environment, **_ENVIRONMENT},
        )
    except OSError as error:
        raise ArchiveError(f"tar cannot be started: {error.strerror}") from None


def _checked(ran: Ran, failed: str) -> None:
    if ran.timed_out:
        raise ArchiveError(f"{failed}: it took too long")
    if ran.code:
        lines = (ran.stderr + ran.stdout).decode("utf-8", "backslashreplace").splitlines()
        said = [line for line in lines if ": " in line]  # the others are names
        raise ArchiveError(f"{failed}: {'; '.join(said[:SHOWN]) or f'exit code {ran.code}'}")
