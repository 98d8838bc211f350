"""Dated, compressed copies of the registry in the state directory: made before every edit, the newest kept."""

import gzip
import os
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.machine.files import files
from commands.ops.machine.files.glances import marks
from commands.ops.machine.writing.own_files import remove, write_new
from commands.ops.machine.writing.strays import digest
from commands.ops.settings import OpsSettings

DIRECTORY = "backups"
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_NAME = re.compile(r"REGISTRY-(?P<at>\d{8}T\d{6}\.\d{6}Z)-(?P<digest>[0-9a-f]{32})\.md\.gz")
_PART = re.compile(r"\.REGISTRY-.*\.part")
_LEVEL = 6
_SIZE_BYTES = 4
_STALE_SECONDS = 3600  # nobody writes a copy for longer


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy. digest: what `strays.digest` says of its content. size: bytes on disk, compressed."""

    path: Path
    at: datetime
    digest: str
    size: int

    @property
    def name(self) -> str:
        """What people call it: the second it was made in. Copies of the same second share it."""
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def save(settings: OpsSettings, data: bytes, now: datetime) -> Backup:
    """Keep a copy, synced, and let the oldest beyond `limits.backups_kept` go.

    Raises:
        OperationFailed: there is no such copy now.
    """
    directory = settings.state / DIRECTORY
    known = digest(data)
    path = directory / f"REGISTRY-{now.astimezone(UTC):{_STAMP}}-{known}.md.gz"
    packed = gzip.compress(data, _LEVEL, mtime=0)
    try:
        write_new(path, packed)
        _let_go(settings, now)
    except OSError as error:
        raise OperationFailed(
            f"The registry could not be copied to {directory}: {error.strerror}. Free space there, or set WAVEWARDEN_STATE."
        ) from None
    return Backup(path, now, known, len(packed))


def listed(settings: OpsSettings) -> tuple[Backup, ...]:
    """Every copy, the newest first.

    Raises:
        NotReadable: the directory cannot be read.
    """
    directory = settings.state / DIRECTORY
    try:
        names = files.names_in(directory)
    except files.Missing:
        return ()
    except files.Unreadable as error:
        raise NotReadable(f"The copies of the registry cannot be listed: {error.sentence}") from None
    told = [(directory / name, found) for name in names if (found := _NAME.fullmatch(name))]
    backups = [backup for path, found in told if (backup := _backup(path, found))]
    return tuple(sorted(backups, key=lambda backup: (backup.at, backup.path.name), reverse=True))


def _backup(path: Path, found: re.Match[str]) -> Backup | None:
    """None where it was let go meanwhile."""
    at = datetime.strptime(found["at"], _STAMP).replace(tzinfo=UTC)
    try:
        return Backup(path, at, found["digest"], marks(path).bytes)
    except files.Unreadable:
        return None


def read(settings: OpsSettings, backup: Backup) -> bytes:
    """The registry as it was copied.

    Raises:
        NotReadable: the copy is gone, damaged, or larger than a registry may be.
    """
    limit = settings.limits.registry_bytes
    try:
        with files.regular_file(backup.path) as descriptor:
            data = _unpacked(descriptor, limit)
    except files.Unreadable as error:
        raise NotReadable(f"The copy of the registry cannot be read: {error.sentence}") from None
    if digest(data) != backup.digest:
        raise NotReadable(
            f"The copy of the registry at {backup.path} is damaged or too large: choose another one."
        )
    return data


def _unpacked(descriptor: int, limit_bytes: int) -> bytes:
    """The content, as much of it as a registry may have; nothing where it is damaged.

    Room is made for no more than the file says that it has: its last four bytes, RFC 1952 section 2.3.1.
    """
    end = os.pread(descriptor, _SIZE_BYTES, max(os.fstat(descriptor).st_size - _SIZE_BYTES, 0))
    size = int.from_bytes(end, "little")
    with open(descriptor, "rb", closefd=False) as packed, gzip.GzipFile(fileobj=packed) as file:
        try:
            return file.read(min(size, limit_bytes))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            return b""


def _let_go(settings: OpsSettings, now: datetime) -> None:
    for backup in listed(settings)[settings.limits.backups_kept :]:
        remove(backup.path)
    directory = settings.state / DIRECTORY
    stale = now.timestamp() - _STALE_SECONDS
    for name in files.names_in(directory):
        with suppress(files.Missing):
            if _PART.fullmatch(name) and files.changed_at(directory / name) < stale:
                remove(directory / name)
