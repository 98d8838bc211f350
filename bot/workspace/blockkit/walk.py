"""The blocks and elements of a payload, wherever they are nested, with their paths."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

_LISTS = {"actions": "elements", "context_actions": "elements", "card": "actions"}
_SINGLE = {"section": "accessory", "input": "element"}
_NESTED = {"carousel": "elements", "container": "child_blocks", "plan": "tasks"}


@dataclass(frozen=True, slots=True)
class Found:
    """A block or an element, and where it is."""

    json: Json
    path: str


def blocks_in(blocks: object, path: str) -> Iterator[Found]:
    """Yield each block of a list and the blocks inside it; what is not an object is passed over."""
    for place, block in enumerate(blocks if isinstance(blocks, list) else []):
        if isinstance(block, dict):
            at = f"{path}[{place}]"
            yield Found(block, at)
            inner = _NESTED.get(kind(block))
            if inner is not None:
                yield from blocks_in(block.get(inner), f"{at}.{inner}")


def elements_in(block: Found) -> Iterator[Found]:
    """Yield the elements that stand in one block, an image too."""
    single = _SINGLE.get(kind(block.json))
    several = _LISTS.get(kind(block.json))
    if single is not None and isinstance(element := block.json.get(single), dict):
        yield Found(element, f"{block.path}.{single}")
    if several is not None and isinstance(elements := block.json.get(several), list):
        for place, element in enumerate(elements):
            if isinstance(element, dict):
                yield Found(element, f"{block.path}.{several}[{place}]")


def kind(json: Mapping[str, object]) -> str:
    """Name an object's type; empty where there is none."""
    value = json.get("type")
    return value if isinstance(value, str) else ""


def characters(json: object) -> int:
    """Count the characters of every `text` string at any depth."""
    count = 0
    rest = [json]
    while rest:
        value = rest.pop()
        if isinstance(value, list):
            rest.extend(value)
        elif isinstance(value, dict):
            words = value.get("text")
            count += len(words) if isinstance(words, str) else 0
            rest.extend(value.values())
    return count
