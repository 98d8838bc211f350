"""The hold: while the file is there, nothing new is launched."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from commands.ops.errors import NotReadable, OperationFailed, Refusal
from commands.ops.house import House
from commands.ops.machine.files import files
from commands.ops.machine.host import Machine
from commands.ops.machine.writing import flag_file
from commands.ops.settings import OpsSettings

TEXT_BYTES = 4096
REASON_CHARACTERS = 500

_OURS = re.compile(r"On hold since (?P<at>\S+) by (?P<by>.+?): (?P<reason>.*)")


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold: since when, and what whoever set it wrote into the file (empty where that cannot be read).

    by, reason: where Wavewarden wrote it; None where somebody else did.
    """

    since: datetime
    text: str
    by: str | None = None
    reason: str | None = None

    @property
    def sentence(self) -> str:
        """Who placed it and why, as far as it says so; without a full stop."""
        if self.by:
            return f"placed by {self.by}: {self.reason}"
        return f"its file says: {self.text}" if self.text else "placed by hand, without a word why"


@dataclass(frozen=True, slots=True)
class Placed:
    """The hold as it is now; fresh: it was not there before."""

    hold: Hold
    fresh: bool


def read(settings: OpsSettings, machine: Machine) -> Hold | None:
    """The hold, if there is one. Whatever lies at its path is a hold: a file, a directory, a broken link.

    Raises:
        NotReadable: whether there is one cannot be told.
    """
    path = machine.root / settings.tree.hold
    try:
        changed = files.changed_at(path)
    except files.Missing:
        return None
    except files.Unreadable as error:
        raise NotReadable(f"Whether launches are on hold cannot be told: {error.sentence}") from None
    try:
        text = files.beginning(path, TEXT_BYTES).decode("utf-8", "backslashreplace").strip()
    except files.Unreadable:
        text = ""
    ours = _OURS.fullmatch(text)
    since = datetime.fromtimestamp(changed, UTC)
    return Hold(since, text, ours["by"], ours["reason"]) if ours else Hold(since, text)


def place(house: House, by: str, reason: str) -> Placed:
    """Hold launches. Where they are on hold already, that hold stays as it is, with who placed it and why.

    Args:
        house: where.
        by: who, as people call them.
        reason: why, in one line.

    Raises:
        OperationFailed: the file cannot be made.
        Refusal: its path leads out of the root.
    """
    now = house.clock.now()
    words = _one_line(by).replace(": ", " "), _one_line(reason)[:REASON_CHARACTERS] or "no reason given"
    text = f"On hold since {now.isoformat(timespec='seconds')} by {words[0]}: {words[1]}\n"
    where = house.settings.tree.hold
    try:
        fresh = flag_file.place(house.machine.root, where, text)
    except flag_file.OutsideError as error:
        raise Refusal(f"Launches cannot be held: {error}.") from None
    except OSError as error:
        raise OperationFailed(
            f"Launches are not on hold, {where} cannot be made: {error.strerror}."
        ) from None
    return Placed(read(house.settings, house.machine) or Hold(now, text.strip(), *words), fresh)


def lift(house: House) -> Hold | None:
    """Allow launches again. Returns the hold that was lifted, with who had placed it; None where there was none.

    Raises:
        OperationFailed: the file cannot be removed.
        Refusal: its path leads out of the root.
    """
    where = house.settings.tree.hold
    lifted = read(house.settings, house.machine)
    try:
        return lifted if flag_file.take_away(house.machine.root, where) else None
    except flag_file.OutsideError as error:
        raise Refusal(f"The hold cannot be lifted: {error}.") from None
    except OSError as error:
        raise OperationFailed(
            f"Launches are still on hold, {where} cannot be removed: {error.strerror}."
        ) from None


def _one_line(text: str) -> str:
    """Blanks for line ends and whatever else does not show."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
