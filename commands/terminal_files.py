"""The files of a Reply in the terminal: written to a dated directory, and where that is."""

from dataclasses import replace
from datetime import datetime

from commands.ops.attachments import kept
from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.reply import Lines, Reply

DIRECTORY = "attachments"
MOST = 50  # answers whose files are kept


def written(house: House, reply: Reply, at: datetime) -> Reply:
    """The reply with where its files are; what could not be written is one of its problems."""
    if not reply.attachments:
        return reply
    try:
        place = kept.keep(house, f"{DIRECTORY}/{at:%Y-%m-%dT%H%M%SZ}", reply.attachments)
    except OperationFailed as error:
        return replace(reply, problems=(*reply.problems, error.sentence))
    kept.forget_old(house, DIRECTORY, MOST)
    names = tuple(f"{one.name}: {one.title}" for one in reply.attachments)
    return replace(reply, parts=(*reply.parts, Lines(names, f"Files, in {place}")))
