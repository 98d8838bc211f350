"""`wavewarden ask`: one line from the terminal, through the same door."""

import os
import secrets
import sys
from collections.abc import Callable
from functools import partial

from bot import bugs
from bot.settings_reading import loaded_secrets, read_ops_settings
from commands.answer import answer
from commands.ops.errors import OpsError
from commands.ops.house import House
from commands.ops.journal import Journal
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.host import Machine
from commands.ops.redact import Redactor
from commands.ops.roles import ListedRoles, terminal_caller
from commands.reply import EXIT_CODES, Ask, Reply, usage
from commands.terminal_files import written
from commands.words import words


def ask_here(line: str, *, as_json: bool, dry_run: bool) -> int:
    """Ask, print, and tell the exit code."""
    now = SystemClock().now()
    ask = Ask(secrets.token_hex(8), words(line), terminal_caller(os.environ), now, dry_run=dry_run)
    return said(reply_here(partial(_answered, ask), f"answering “{line}”"), as_json=as_json)


def _answered(ask: Ask, house: House) -> Reply:
    return written(house, answer(ask, house), ask.at)


def said(reply: Reply, *, as_json: bool) -> int:
    """Print a reply; its exit code."""
    if as_json:
        from commands.reply_json import to_json

        sys.stdout.write(to_json(reply).decode() + "\n")
    else:
        from commands.terminal import console, show

        show(reply, console())
    return EXIT_CODES[reply.outcome]


def reply_here(work: Callable[[House], Reply], doing: str) -> Reply:
    """What comes of it in the terminal's house; a bug of ours is a Reply too."""
    try:
        house = terminal_house()
    except OpsError as error:
        return usage(error.sentence)
    try:
        return work(house)
    except Exception as error:  # noqa: BLE001 - the one handler of our own bugs on the terminal
        return bugs.apology(bugs.report(error, doing))
    finally:
        house.journal.close()


def terminal_house() -> House:
    """The house as the terminal sees it.

    Raises:
        OpsError: the settings cannot be used.
    """
    settings = read_ops_settings()
    return House(
        settings=settings,
        journal=Journal(settings.state),
        machine=Machine(settings.root),
        clock=SystemClock(),
        roles=ListedRoles(settings),
        redactor=Redactor(loaded_secrets()),
    )
