"""What was launched and how it ended: files in the state directory, for whoever comes after us."""

import fcntl
import json
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from commands.ops.machine.processes.identities import Identity

FOLDER = "launches"


@dataclass(frozen=True, slots=True)
class Launched:
    """A tool that was launched.

    log: all it has printed, and what it started if that printed there too. ending: see `outcome`. unit: its unit of
    systemd, None where it has a session of its own. tool: its process, None where it ended before it was seen.
    about: what for, in the launcher's words (`{"batch": "001", "wave": "5"}`).
    """

    id: str
    argv: tuple[str, ...]
    started: datetime
    log: Path
    ending: Path
    unit: str | None = None
    tool: Identity | None = None
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a launched tool ended, if it has.

    number: the exit code of one that has exited, the signal of one that was signalled. why: what kept one from being
    started. unknown: whatever minded it died before the end, as at a power cut.
    """

    state: Literal["running", "exited", "signalled", "not_started", "unknown"]
    number: int | None = None
    why: str = ""

    @property
    def fine(self) -> bool:
        """Whether it has exited with code 0."""
        return self.state == "exited" and self.number == 0

    @property
    def bad(self) -> bool:
        """Whether it has ended, and not as it should have."""
        return self.state != "running" and not self.fine

    def __str__(self) -> str:
        if self.state == "exited":
            return f"ended with exit code {self.number}"
        if self.state == "signalled":
            return f"was ended by signal {self.number} ({signal_name(self.number or 0)})"
        words = {
            "running": "has not returned yet",
            "not_started": f"could not be started: {self.why}",
            "unknown": "ended, how is not known",
        }
        return words[self.state]


def write(state: Path, launched: Launched) -> None:
    """Write a record, whole or not at all."""
    path = state / FOLDER / f"{launched.id}.json"
    fresh = path.with_suffix(".fresh")
    with fresh.open("w", encoding="ascii") as file:
        file.write(_to_json(launched))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def forget(state: Path, launched: Launched) -> None:
    """Remove the record of what was never begun."""
    (state / FOLDER / f"{launched.id}.json").unlink(missing_ok=True)


def read(state: Path) -> Iterator[Launched]:
    """All there are, the newest first; a record that cannot be read is left out."""
    found = (_read(path) for path in sorted((state / FOLDER).glob("*.json"), reverse=True))
    return (launched for launched in found if launched)


def prune(state: Path, before: datetime) -> None:
    """Remove what was launched before then and has ended: its record, its output, its ending."""
    for launched in read(state):
        if launched.started < before and outcome(launched).state != "running":
            for path in (state / FOLDER).glob(f"{launched.id}.*"):
                with suppress(OSError):  # the next time, perhaps
                    path.unlink(missing_ok=True)


def latest(state: Path, about: Mapping[str, str]) -> Launched | None:
    """The newest launch that was for this."""
    return next((one for one in read(state) if about.items() <= one.about.items()), None)


def read_one(state: Path, number: str) -> Launched | None:
    """The record of this id; None where there is none, or it cannot be read."""
    return _read(state / FOLDER / f"{number}.json")


def outcome(launched: Launched) -> Outcome:
    """How it ended, whoever launched it and whether that one still lives."""
    try:
        descriptor = os.open(launched.ending, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return Outcome("unknown")
    try:
        held = _is_held(descriptor)  # asked first: the ending may be written between the two
        return _parsed(os.read(descriptor, 4096)) or Outcome("running" if held else "unknown")
    finally:
        os.close(descriptor)


def signal_name(number: int) -> str:
    """`SIGKILL`, or the number where it has no name."""
    return signal.Signals(number).name if number in set(signal.Signals) else str(number)


def _read(path: Path) -> Launched | None:
    try:
        return _from_json(path.read_bytes())
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _to_json(launched: Launched) -> str:
    as_text = {
        "started": launched.started.isoformat(),
        "log": str(launched.log),
        "ending": str(launched.ending),
    }
    return json.dumps(asdict(launched) | as_text, indent=1)


def _from_json(data: bytes) -> Launched:
    given = json.loads(data)
    return Launched(
        id=str(given["id"]),
        argv=tuple(map(str, given["argv"])),
        started=datetime.fromisoformat(given["started"]),
        log=Path(given["log"]),
        ending=Path(given["ending"]),
        unit=given.get("unit"),
        tool=Identity.from_json(given["tool"]) if given.get("tool") else None,
        about=dict(given.get("about", {})),
    )


def _is_held(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _parsed(data: bytes) -> Outcome | None:
    try:
        ending = json.loads(data)
    except ValueError:
        return None  # none yet, or half of one: no beginning of an object is JSON
    if "error" in ending:
        return Outcome("not_started", why=ending["error"])
    code = int(ending["code"])
    return Outcome("exited", code) if code >= 0 else Outcome("signalled", -code)
