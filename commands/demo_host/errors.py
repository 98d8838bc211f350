"""What the demo host refuses: one sentence for the person at the terminal."""

import click


class HostError(click.ClickException):
    """The demo host cannot do what was asked; the message says why and what to do."""
