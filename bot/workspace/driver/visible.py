"""What a person can read and press in blocks, by its visible text."""

from collections.abc import Iterator

from bot.workspace.shapes import Json
from bot.workspace.state import elements

SELECTS = ("static_select", "external_select", "multi_static_select", "multi_external_select")
OPTIONED = (*SELECTS, "overflow", "radio_buttons", "checkboxes")


def words(value: object) -> Iterator[str]:
    """Every text in blocks, at any depth, in order."""
    if isinstance(value, list):
        for item in value:
            yield from words(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "text" and isinstance(item, str):
                yield item
            elif key not in {"private_metadata", "value"}:
                yield from words(item)


def buttons(blocks: list[Json]) -> list[str]:
    """The visible text of every button."""
    return [e["text"]["text"] for _, e in elements(blocks) if e["type"] == "button"]


def button(blocks: list[Json], text: str, near: str = "") -> tuple[Json, Json]:
    """The button of this text, in the block or right after the block that says ``near``.

    Raises:
        AssertionError: there is none, or there are several.
    """
    found = [
        (block, element)
        for block, element in elements(blocks)
        if element["type"] == "button" and element["text"]["text"] == text and _near(blocks, block, near)
    ]
    if len(found) != 1:
        raise AssertionError(f"{len(found)} buttons “{text}” among {buttons(blocks)}.")
    return found[0]


def choice(blocks: list[Json], name: str) -> tuple[Json, Json]:
    """The element that lets one choose and goes by this label, placeholder, ``action_id`` or ``block_id``.

    Raises:
        AssertionError: there is none, or there are several.
    """
    named = [(b, e) for b, e in elements(blocks) if e["type"] != "button" and plain(name) in names(b, e)]
    if len(named) != 1:
        known = [sorted(names(b, e)) for b, e in elements(blocks) if e["type"] != "button"]
        raise AssertionError(f"{len(named)} elements go by “{name}”; there are {known}.")
    return named[0]


def names(block: Json, element: Json) -> set[str]:
    """What an element can be called by."""
    written = (block.get("label") or {}, block.get("text") or {}, element.get("placeholder") or {})
    texts = [text.get("text", "") for text in written if isinstance(text, dict)]
    return {plain(name) for name in (*texts, element["action_id"], block["block_id"]) if name}


def plain(name: str) -> str:
    """A name as a keyword argument has it: ``Your reason`` is ``your_reason``."""
    return name.strip().lower().replace(" ", "_")


def options(element: Json) -> list[Json]:
    """All options of an element, out of their groups."""
    grouped = [o for group in element.get("option_groups", []) for o in group["options"]]
    return [*element.get("options", []), *grouped]


def option(offered: list[Json], wanted: str) -> Json:
    """The option of this text or value.

    Raises:
        AssertionError: there is none.
    """
    for each in offered:
        if wanted in {each["text"]["text"], each.get("value")}:
            return each
    raise AssertionError(f"No option “{wanted}” among {[o['text']['text'] for o in offered]}.")


def _near(blocks: list[Json], block: Json, near: str) -> bool:
    """Whether a block says something, or the one above it does."""
    if not near:
        return True
    place = next(n for n, each in enumerate(blocks) if each is block)
    return any(near in text for text in words(blocks[max(0, place - 1) : place + 1]))
