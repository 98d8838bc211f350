"""`dedupe …`: find and mend duplicates in the registry."""

from commands.later_lines import not_yet
from commands.line import Asked, line
from commands.reply import Proposal, Reply


@line(
    "dedupe",
    summary="Find duplicate, missing and malformed registry rows (not built yet: says what it will do).",
    examples=("dedupe",),
)
def dedupe(asked: Asked, action: tuple[str, ...]) -> Reply:
    """What it will do once built."""
    del asked
    return not_yet(
        " ".join(("dedupe", *action)),
        "tell identical from conflicting rows, show the exact change, and mend the registry with a way back",
        Proposal("Show status", "batch status"),
    )
