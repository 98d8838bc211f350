"""The one door from words to a Reply: nothing is printed, nothing exits."""

import sqlite3

import click

from commands.deferred import Deferred
from commands.line import Asked, Lane, Line
from commands.ops.errors import OperationFailed, OpsError, Refusal
from commands.ops.house import House
from commands.ops.roles import Caller, Role
from commands.redacting import redacted
from commands.reply import Ask, Reply, failed, refused, usage
from commands.root import ROOT, visible
from commands.witness import witnessed
from commands.wording.unknown import clipped, missing_word, unknown_line, unknown_option

SHOWN = 200  # characters of click's own sentences


def answer(ask: Ask, house: House) -> Reply:
    """Answer one ask.

    What a caller did wrong is a Reply with an `error`; whatever is raised is a bug of ours.
    """
    role = house.roles.role_of(ask.caller)
    if role is Role.none:
        return _stranger(ask.caller)
    asked = Asked(ask, house, role)
    try:
        return witnessed(ask, house, redacted(_reply(asked), house.redactor))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
            raise
        return failed(_no_room(asked))


def lane_of(ask_words: tuple[str, ...]) -> Lane:
    """Where the bot runs this line; what is no line is quickly answered, by the lookers."""
    found = line_of(ask_words)
    return found.lane if found else "look"


def line_of(ask_words: tuple[str, ...]) -> Line | Deferred | None:
    """The line that these words ask; none where they are no line."""
    node: click.Command = ROOT
    for word in resolved(ask_words):
        child = node.commands.get(word) if isinstance(node, click.Group) else None
        if child is None:
            break
        node = child
    return node if isinstance(node, Line | Deferred) else None


def resolved(ask_words: tuple[str, ...]) -> list[str]:
    """The words with `batch` put back where a mention left it out; only command words are case-blind."""
    found = [word for word in ask_words if word != "--help"]
    if len(found) < len(ask_words):
        found.insert(0, "help")
    batch = ROOT.commands["batch"]
    first = found[0].lower() if found else "help"
    if first not in ROOT.commands and isinstance(batch, click.Group) and first in batch.commands:
        found.insert(0, "batch")
    lowered = _lowered(found or ["help"])
    if [word.lower() for word in lowered[:2]] == ["batch", "help"]:  # Slack has no command of its own for it
        return ["help", *lowered[2:]]
    return ["help", *lowered] if lowered == ["batch"] else lowered


def _reply(asked: Asked) -> Reply:
    argv = resolved(asked.ask.words)
    try:
        with ROOT.make_context("", list(argv), obj=asked) as context:
            reply: Reply | None = ROOT.invoke(context)
    except click.NoSuchCommand:
        return usage(unknown_line(argv, _paths(asked.role)))
    except click.NoSuchOption as error:
        return usage(unknown_option(argv, error))
    except click.MissingParameter as error:
        return usage(missing_word(error))
    except click.UsageError as error:
        goes_on = error.ctx and isinstance(error.ctx.command, click.Group)
        said = unknown_line(argv, _paths(asked.role)) if goes_on else clipped(error.format_message(), SHOWN)
        return usage(said)
    except OpsError as error:
        return told_off(error)
    return reply or usage(unknown_line(argv, _paths(asked.role)))


def _no_room(asked: Asked) -> str:
    return (
        f"Nothing can be written down any more: the disk of {asked.house.settings.state} is full, and so is the room set"
        " aside on it. Make room there by hand, then look with “batch disk” and “batch runs”."
    )


def _paths(role: Role) -> list[str]:
    return [line.path for line in visible(role)]


def told_off(error: OpsError) -> Reply:
    """An error of the caller's as the Reply of its kind."""
    if isinstance(error, Refusal):
        return refused(error.sentence)
    if isinstance(error, OperationFailed):
        return failed(error.sentence)
    return usage(error.sentence)


def _stranger(caller: Caller) -> Reply:
    return refused(
        f"You have no role here, {caller.name}. Whoever runs Wavewarden can add {caller.id}"
        " to WAVEWARDEN_VIEWERS, WAVEWARDEN_OPERATORS or WAVEWARDEN_APPROVERS."
    )


def _lowered(argv: list[str]) -> list[str]:
    node: click.Command | None = ROOT
    out: list[str] = []
    for position, word in enumerate(argv):
        if not isinstance(node, click.Group):
            return [*out, *argv[position:]]
        known = word.lower() if word.lower() in node.commands else word
        node = node.commands.get(known)
        out.append(known)
    return out
