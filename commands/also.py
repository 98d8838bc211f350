"""Another line, asked by a line for what it needs to know; nothing of it is written down."""

from dataclasses import replace

import click

from commands.line import Asked
from commands.ops.errors import OpsError
from commands.reply import Reply, usage
from commands.words import words


def also(asked: Asked, line: str) -> Reply:
    """What that line answers to the same caller; what it may not or cannot tell is a Reply too.

    The tree of lines is found by way of click: it knows us, so we cannot import it.
    """
    root = click.get_current_context().find_root().command
    inner = replace(asked, ask=replace(asked.ask, words=words(line), values={}, again=True))
    try:
        with root.make_context("", list(inner.ask.words), obj=inner) as context:
            answered: Reply = root.invoke(context)
    except OpsError as error:
        return usage(error.sentence)
    return answered
