"""A line that is imported when somebody first asks it: until then its words and its lane are all that is known of it."""

from functools import cached_property
from importlib import import_module

import click

from commands.line import Lane, Line


class Deferred(click.Command):
    """What stands in the tree for a line, as in https://click.palletsprojects.com/en/stable/complex/#lazily-loading-subcommands.

    place: the dotted name of the `Line`. lane: the line's own, for the bot's loop chooses it and must not import.
    """

    def __init__(self, path: str, place: str, lane: Lane = "look") -> None:
        super().__init__(path.rpartition(" ")[2], add_help_option=False)
        self.path = path
        self.lane: Lane = lane
        self._place = place

    @cached_property
    def line(self) -> Line:
        """The line itself.

        Raises:
            ValueError: what is there has another path or lane than we say.
        """
        module, _, name = self._place.rpartition(".")
        found: Line = getattr(import_module(module), name)
        if (found.path, found.lane) != (self.path, self.lane):
            raise ValueError(f"“{self.path}” ({self.lane}) calls itself “{found.path}” ({found.lane}).")
        return found


def imported(known: Line | Deferred) -> Line:
    """The line, whichever of the two is at hand."""
    return known.line if isinstance(known, Deferred) else known
