"""Ids of blocks and elements: find an element by them, and give them where an app gave none."""

import copy
import random
import string
from collections.abc import Mapping, Sequence

from bot.workspace.blockkit.walk import Found, Json, blocks_in, elements_in, kind

_LETTERS = string.ascii_letters + string.digits
_LENGTH = 5
"""Slack's own generated ids look like `viMWO`."""


def find_element(blocks: Sequence[Mapping[str, object]], block_id: str, action_id: str) -> Json | None:
    """Find the element a person acted on.

    Args:
        blocks: Blocks that have their ids.
        block_id: The block's.
        action_id: The element's.

    Returns:
        The element's JSON, or None.
    """
    for block in blocks_in(list(blocks), "blocks"):
        if block.json.get("block_id") == block_id:
            for element in elements_in(block):
                if element.json.get("action_id") == action_id:
                    return element.json
    return None


def assign_ids(blocks: Sequence[Mapping[str, object]], source: random.Random) -> list[Json]:
    """Give every block a `block_id` and every interactive element an `action_id`, as Slack does on receipt.

    Args:
        blocks: Blocks that passed their check; they are left as they are.
        source: Where the ids come from; the same state gives the same ids.

    Returns:
        A copy with the missing ids filled in, none of them used twice.
    """
    complete = [copy.deepcopy(dict(block)) for block in blocks]
    found = list(blocks_in(complete, "blocks"))
    elements = [element for block in found for element in elements_in(block) if kind(element.json) != "image"]
    _fill(found, "block_id", source)
    _fill(elements, "action_id", source)
    return complete


def _fill(found: Sequence[Found], name: str, source: random.Random) -> None:
    taken = {each.json.get(name) for each in found}
    for each in found:
        if name not in each.json:
            fresh = _id(source)
            while fresh in taken:
                fresh = _id(source)
            taken.add(fresh)
            each.json[name] = fresh


def _id(source: random.Random) -> str:
    return "".join(source.choices(_LETTERS, k=_LENGTH))
