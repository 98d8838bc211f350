"""The end of a log as a file to attach: without secrets, and no larger than the settings say."""

import re
from datetime import datetime
from pathlib import Path

from commands.ops.attachments.attachment import Attachment, named
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.machine.files.files import Unreadable
from commands.ops.machine.logs import logs
from commands.ops.machine.logs.logs import End

# A secret of several lines, a private key say, is only known by its first one: so many bytes before those that are
# kept are read, cleaned together with them, and left out.
LOOK_BEHIND = 64 * 1024
# Would move the cursor of whoever reads the file in a terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


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
    text = _kept(_visible(house.redactor.clean(_whole_lines(end))), most, end)
    return Attachment(_name(path, resource, at), _title(path, text, end), text or _nothing(end))


def _whole_lines(end: End) -> str:
    """A line whose beginning was not read may be the rest of a secret: it is left out."""
    text = end.data.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
    return text if end.whole else text.partition("\n")[2]


def _visible(text: str) -> str:
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def _kept(cleaned: str, most: int, end: End) -> str:
    """What was read only to be looked at goes, and what is still too much, by whole lines."""
    data = cleaned.encode()
    start = max(len(data) - most, 0 if end.whole else LOOK_BEHIND)
    if start <= 0:
        return cleaned
    return data[start - 1 :].partition(b"\n")[2].decode()


def _name(path: str, resource: str, at: datetime) -> str:
    """A wave's own log need not say twice that it is the wave's."""
    log = Path(path)
    own = f"{resource} ".replace(" ", "-").startswith(f"{log.stem}-")
    return f"{named(at, resource, '')}{log.suffix}" if own else named(at, resource, log.name)


def _title(path: str, text: str, end: End) -> str:
    return path if end.whole and text else f"{path}: the last {len(text.encode()):,} of {end.size:,} bytes"


def _nothing(end: End) -> str:
    if not end.size:
        return "(the log is empty)\n"
    return (
        f"(left out: the last {len(end.data):,} bytes have no line that could be read from its beginning)\n"
    )
