"""`python -m commands.terminal_text`: a Reply as the terminal shows it, plain, for a process that loads no Rich."""

from io import StringIO

from rich.console import Console

from commands.ops import own_program
from commands.reply import Reply
from commands.terminal import show

COLUMNS = 160


def main() -> None:
    """Read a Reply, print its text."""
    reply = own_program.given()
    assert isinstance(reply, Reply)  # noqa: S101 - our own process wrote it
    text = StringIO()
    show(reply, Console(file=text, width=COLUMNS, highlight=False, no_color=True, force_terminal=False))
    own_program.say("\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n")


if __name__ == "__main__":
    main()
