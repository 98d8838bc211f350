"""The end of a log as a file to attach: without secrets, and no larger than the settings say."""

from datetime import datetime
from pathlib import Path

from commands.ops.attachment import Attachment, named
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.machine import logs
from commands.ops.machine.files import Unreadable
from commands.ops.machine.logs import End

# A secret of several lines, a private key say, is only known by its first one: so many bytes before those that are
# kept are read, cleaned together with them, and left out.
LOOK_BEHIND = 64 * 1024


def of_log(house: House, path: str, resource: str, at: datetime) -> Attachment:
    """The end of a log.

    Args:
        house: whose redactor and limits hold.
        path: of the log, under the root.
        resource: what it is attached for, as `wave 5 of batch 001`.
        at: the moment that its name tells.

    Raises:
        NotReadable: there is no such log, or it cannot be read; the sentence says which and why.
    """
    most = house.settings.limits.attachment_bytes
    try:
        end = logs.end(house.machine.root / path, most + LOOK_BEHIND)
    except Unreadable as error:
        raise NotReadable(error.sentence) from None
    text = _kept(house.redactor.clean(_whole_lines(end)), most, end)
    return Attachment(named(at, resource, Path(path).name), _title(path, text, end), text)


def _whole_lines(end: End) -> str:
    """A line whose beginning was not read may be the rest of a secret: it is left out."""
    text = end.data.decode("utf-8", "backslashreplace")
    return text if end.whole else text.partition("\n")[2]


def _kept(cleaned: str, most: int, end: End) -> str:
    """What was read only to be looked at goes, and what is still too much, by whole lines."""
    if end.whole and len(cleaned.encode()) <= most:
        return cleaned
    data = cleaned.encode()
    start = max(len(data) - most, 0 if end.whole else LOOK_BEHIND)
    return data[start:].partition(b"\n")[2].decode()


def _title(path: str, text: str, end: End) -> str:
    kept = len(text.encode())
    return path if end.whole and kept == end.size else f"{path}, the end: {kept:,} of {end.size:,} bytes"
