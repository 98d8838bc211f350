"""Check a list of blocks for the surface it is meant for."""

from collections.abc import Iterator

from bot.workspace.blockkit.block import Surface
from bot.workspace.blockkit.catalog import BLOCKS, NOT_TAKEN
from bot.workspace.blockkit.problem import Problem
from bot.workspace.blockkit.walk import blocks_in, kind
from bot.workspace.blockkit.whole import together

MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}

_NOUNS: dict[Surface, str] = {"message": "messages", "modal": "modals", "home": "App Home"}


def check_blocks(blocks: object, surface: Surface) -> list[Problem]:
    """Find what Slack would refuse in a list of blocks.

    Args:
        blocks: The decoded JSON.
        surface: Where they are to be shown.

    Returns:
        All problems, with paths that begin at `blocks`; empty when Slack would take the blocks.
    """
    found = list(blocks_in(blocks, "blocks"))
    return [*each_block(blocks, surface, "blocks"), *together(found, surface)]


def each_block(blocks: object, surface: Surface, path: str) -> Iterator[Problem]:
    """Check the count of blocks and each by itself; `path` is where the list stands."""
    if not isinstance(blocks, list):
        yield Problem(path, "must provide an array", "invalid_blocks_format")
        return
    if len(blocks) > MOST_BLOCKS[surface]:
        yield Problem(path, f"no more than {MOST_BLOCKS[surface]} items allowed")
    for place, block in enumerate(blocks):
        yield from _one_block(block, surface, f"{path}[{place}]")


def _one_block(block: object, surface: Surface, path: str) -> Iterator[Problem]:
    if not isinstance(block, dict):
        yield Problem(path, "must provide an object")
    elif "type" not in block:
        yield Problem(path, "missing required field: type")
    elif not isinstance(block["type"], str):
        yield Problem(f"{path}.type", "must provide a string")
    elif trouble := _not_here(kind(block), surface):
        yield Problem(f"{path}.type", trouble)
    else:
        yield from BLOCKS[kind(block)].shape.problems(block, path)


def _not_here(name: str, surface: Surface) -> str:
    if name in NOT_TAKEN:
        return f"this workspace does not take {name} blocks: {NOT_TAKEN[name]}"
    if name not in BLOCKS:
        return f"unsupported type: {name}"
    if surface not in BLOCKS[name].surfaces:
        return f"unsupported type: {name} (not available in {_NOUNS[surface]})"
    return ""
