"""The files of an escalation, in a dated directory of its own under the state directory: its text, and what goes with it."""

from collections.abc import Iterable
from pathlib import Path

from commands.ops.attachment import Attachment
from commands.ops.errors import NotReadable
from commands.ops.escalations import Escalation
from commands.ops.house import House
from commands.ops.machine import own_files

TEXT = "escalation.txt"


def directory(house: House, known: Escalation) -> Path:
    """Where they lie."""
    return house.settings.state / known.directory


def save(house: House, known: Escalation, text: str, attachments: Iterable[Attachment]) -> dict[str, str]:
    """Write them, without secrets; the titles of what goes with it, by name.

    Raises:
        NotReadable: they cannot be written.
    """
    place, written = directory(house, known), dict[str, str]()
    try:
        own_files.write_new(place / TEXT, _bytes(house, text))
        for one in attachments:
            own_files.write_new(place / one.name, _bytes(house, one.text))
            written[one.name] = one.title
    except OSError as error:
        raise NotReadable(f"{place} cannot be written: {error.strerror}.") from None
    return written


def attachments(house: House, known: Escalation) -> tuple[Attachment, ...]:
    """What goes with it, as it was saved; what is gone since is left out."""
    place, found = directory(house, known), list[Attachment]()
    for name, title in known.files.items():
        try:
            text = (place / name).read_text(errors="backslashreplace")
        except OSError:
            continue
        found.append(Attachment(name, title, text))
    return tuple(found)


def _bytes(house: House, text: str) -> bytes:
    return house.redactor.clean(text).encode(errors="backslashreplace")
