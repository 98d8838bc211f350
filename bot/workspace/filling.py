"""What Slack's own client checks before a form is submitted: required fields and their bounds."""

import re
from collections.abc import Iterator

from bot.workspace.shapes import Json
from bot.workspace.state import STATEFUL, first_value

REQUIRED = "Please complete this required field."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")


def missing_or_malformed(blocks: list[Json], chosen: Json) -> dict[str, str]:
    """A sentence for each input block that cannot be submitted so, by ``block_id``."""
    errors = {}
    for block in blocks:
        element = block.get("element", {})
        if block["type"] != "input" or element.get("type") not in STATEFUL:
            continue
        picked = chosen.get(block["block_id"], {}).get(element["action_id"])
        value = (picked or first_value(element)).get(STATEFUL[element["type"]][0])
        complaint = _complaint(block, element, value)
        if complaint:
            errors[block["block_id"]] = complaint
    return errors


def _complaint(block: Json, element: Json, value: object) -> str | None:
    if value in (None, "", []):
        return None if block.get("optional") else REQUIRED
    return next(_bounds(element, value), None)


def _bounds(element: Json, value: object) -> Iterator[str]:
    kind = element["type"]
    if isinstance(value, str):
        if len(value) < element.get("min_length", 0):
            yield f"This needs at least {element['min_length']} characters."
        if len(value) > element.get("max_length", 3000):
            yield f"This can have at most {element.get('max_length', 3000)} characters."
        if kind == "email_text_input" and not _EMAIL.fullmatch(value):
            yield "Please enter a valid email address."
        if kind == "url_text_input" and not _URL.fullmatch(value):
            yield "Please enter a valid URL."
        if kind == "number_input":
            yield from _number(element, value)
    if isinstance(value, list) and len(value) > element.get("max_selected_items", len(value)):
        yield f"Please pick at most {element['max_selected_items']}."


def _number(element: Json, value: str) -> Iterator[str]:
    try:
        number = float(value)
    except ValueError:
        yield "Please enter a number."
        return
    if not element.get("is_decimal_allowed", False) and not number.is_integer():
        yield "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        yield f"This must be {element['min_value']} or more."
    if "max_value" in element and number > float(element["max_value"]):
        yield f"This must be {element['max_value']} or less."
