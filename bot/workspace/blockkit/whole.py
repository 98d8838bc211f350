"""Limits over a whole message or view: unique ids, one focus, one table, sums of characters."""

from collections.abc import Iterator, Sequence

from bot.workspace.blockkit.block import Surface
from bot.workspace.blockkit.problem import Problem
from bot.workspace.blockkit.tables import CELL_CHARACTERS
from bot.workspace.blockkit.walk import Found, characters, elements_in, kind

MESSAGE_CHARACTERS = 13_200
"""All text in a message's blocks. Undocumented and only measured, as "about" that many:
https://github.com/slackapi/bolt-js/issues/2509 and /2867. Slack adds something for each block, which nobody
has pinned down, so a bot does well to stay clearly under it."""

MARKDOWN_CHARACTERS = 12_000
TOO_LONG = "msg_blocks_too_long"


def together(blocks: Sequence[Found], surface: Surface) -> Iterator[Problem]:
    """Check what holds for all blocks of one payload together, on any surface."""
    yield from _unique_ids(blocks)
    yield from _one_focus(blocks)
    yield from _only_in_modals(blocks, surface)


def _unique_ids(blocks: Sequence[Found]) -> Iterator[Problem]:
    """Refuse a `block_id` used twice, and an `action_id` used twice within a block."""
    yield from _repeated("block_id", blocks)
    for block in blocks:
        yield from _repeated("action_id", list(elements_in(block)))


def _repeated(name: str, found: Sequence[Found]) -> Iterator[Problem]:
    seen: set[str] = set()
    for each in found:
        given = each.json.get(name)
        if isinstance(given, str):
            if given in seen:
                yield Problem(f"{each.path}.{name}", f'`{name}` "{given}" already exists')
            seen.add(given)


def _one_focus(blocks: Sequence[Found]) -> Iterator[Problem]:
    """Refuse a second element that wants the focus."""
    wanting = [
        element
        for block in blocks
        for element in elements_in(block)
        if element.json.get("focus_on_load") is True
    ]
    for element in wanting[1:]:
        yield Problem(
            f"{element.path}.focus_on_load", "only one element can have `focus_on_load` set to true"
        )


def _only_in_modals(blocks: Sequence[Found], surface: Surface) -> Iterator[Problem]:
    """Refuse what works in a modal's input blocks and nowhere else: file uploads, `response_url_enabled`."""
    for block in blocks:
        if surface == "modal" and kind(block.json) == "input":
            continue
        for element in elements_in(block):
            if kind(element.json) == "file_input":
                yield Problem(f"{element.path}.type", "unsupported type: file_input (modals only)")
            if element.json.get("response_url_enabled") is True:
                yield Problem(
                    f"{element.path}.response_url_enabled", "only available in input blocks of modals"
                )


def one_of_a_kind(blocks: Sequence[Found]) -> Iterator[Problem]:
    """Refuse a message's second table and second plan."""
    tables = [block for block in blocks if kind(block.json) == "table"]
    plans = [block for block in blocks if kind(block.json) == "plan"]
    for block in tables[1:]:
        yield Problem(block.path, "only_one_table_allowed", "invalid_attachments")
    for block in plans[1:]:
        yield Problem(block.path, "Cannot have more than 1 plan block")


def short_enough(blocks: Sequence[Found], top: Sequence[object]) -> Iterator[Problem]:
    """Refuse a message whose blocks hold too many characters together.

    Args:
        blocks: All blocks, nested ones too.
        top: The outermost ones, as JSON, in which everything is counted once.
    """
    total = characters(list(top))
    cells = _characters_of("table", blocks)
    markdown = _characters_of("markdown", blocks)
    if cells > CELL_CHARACTERS:
        yield Problem("blocks", f"table cells hold {cells} characters, {CELL_CHARACTERS} are allowed")
    if markdown > MARKDOWN_CHARACTERS:
        sentence = f"markdown blocks hold {markdown} characters, {MARKDOWN_CHARACTERS} are allowed"
        yield Problem("blocks", sentence, TOO_LONG)
    if total > MESSAGE_CHARACTERS:
        sentence = f"all blocks hold {total} characters, about {MESSAGE_CHARACTERS} are allowed"
        yield Problem("blocks", sentence, TOO_LONG)


def _characters_of(name: str, blocks: Sequence[Found]) -> int:
    return sum(characters(block.json) for block in blocks if kind(block.json) == name)
