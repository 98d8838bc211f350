"""Attachments kept as files of our own, in a directory of the state directory."""

import logging
from collections.abc import Sequence
from pathlib import Path

from commands.ops.attachments.attachment import Attachment
from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.house import House
from commands.ops.machine.files import files
from commands.ops.machine.files.files import Unreadable
from commands.ops.machine.writing import own_files

log = logging.getLogger("wavewarden.files")

MOST_BYTES = 64 * 1024**2  # of one file that is read back


def keep(house: House, directory: str, attachments: Sequence[Attachment]) -> Path:
    """Write them, each whole and for our eyes only; the directory, for people.

    Args:
        house: whose state directory it is.
        directory: relative to that, as `attachments/2026-11-22T031305Z`; made where it is not there.
        attachments: their names become the files'.

    Raises:
        OperationFailed: one could not be written; the sentence says which and why.
    """
    place = house.settings.state / directory
    for one in attachments:
        try:
            own_files.write_new(place / one.name, one.text.encode(errors="backslashreplace"))
        except OSError as error:
            raise OperationFailed(
                f"The file {one.name} was not written to {place}: {error.strerror}."
            ) from None
    return place


def kept(house: House, directory: str, names: Sequence[str]) -> tuple[Attachment, ...]:
    """Those of these names that were kept there, titled by their names.

    Raises:
        NotReadable: one is not there, or cannot be read.
    """
    try:
        found = {name: files.beginning(house.settings.state / directory / name, MOST_BYTES) for name in names}
    except Unreadable as error:
        raise NotReadable(error.sentence) from None
    return tuple(
        Attachment(name, name, data.decode("utf-8", "backslashreplace")) for name, data in found.items()
    )


def forget_old(house: House, parent: str, most: int) -> None:
    """Let go of the directories under this one, relative to the state directory, that are not the last by name."""
    place = house.settings.state / parent
    try:
        for old in sorted(files.names_in(place))[:-most]:
            own_files.remove_directory(place / old)
    except (OSError, Unreadable) as error:
        log.warning("what is old in %s was not removed: %s", place, error)
