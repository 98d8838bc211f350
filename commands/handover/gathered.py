"""What can be gathered into files for somebody who takes over: a diagnosis, the host's state, the ends of logs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from commands.ops import health, own_program
from commands.ops.attachments import logs
from commands.ops.attachments.attachment import Attachment, named
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.own_program import NoAnswer
from commands.redacting import redacted
from commands.reply import Reply
from commands.wording.host_state import host_state

SETTING = "commands.terminal_text"  # sets a Reply with Rich, which the bot does not load
SECONDS = 30.0
MOST_BYTES = 16 * 1024**2


def diagnosis(house: House, reply: Reply, resource: str, at: datetime) -> Attachment:
    """A Reply as the terminal shows it, as a text file; what one may press is left out."""
    return _as_text(house, reply, named(at, resource, "diagnosis.txt"), f"Diagnosis of {resource}")


def state_of_host(house: House, resource: str, at: datetime) -> Attachment:
    """How the host is at this moment: load, memory, pressure, disk, agents, hold."""
    reply = host_state(health.look(house))
    return _as_text(house, reply, named(at, resource, "host-state.txt"), "State of the host")


def ends_of_logs(
    house: House, paths: Sequence[str], resource: str, at: datetime
) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """The ends of logs, named by their paths under the root; and, each a sentence, what could not be read."""
    found: list[Attachment] = []
    problems: list[str] = []
    for path in paths:
        try:
            found.append(logs.of_log(house, path, resource, at))
        except NotReadable as error:
            problems.append(error.sentence)
    return tuple(found), tuple(problems)


def _as_text(house: House, reply: Reply, name: str, title: str) -> Attachment:
    shown = redacted(
        replace(reply, proposals=(), onward=(), attachments=()), house.redactor
    )  # columns cut what they show
    try:
        text = own_program.answer_of(SETTING, shown, seconds=SECONDS, most_bytes=MOST_BYTES)
    except NoAnswer as error:
        text = f"{shown.headline}\n\nThe rest could not be written down: {error}.\n"
    return Attachment(name, title, str(text))
