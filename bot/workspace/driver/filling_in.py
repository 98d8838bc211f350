"""Values for the fields of a form, from plain Python values to Slack's ``state.values``."""

from collections.abc import Mapping

from bot.workspace.driver import visible
from bot.workspace.shapes import Json
from bot.workspace.state import SEVERAL, STATEFUL

Value = str | int | list[str]


def filled(blocks: list[Json], given: Mapping[str, Value]) -> Json:
    """Put each value into the field that goes by its name.

    Raises:
        AssertionError: there is no such field, or no such option in it.
    """
    values: Json = {}
    for name, value in given.items():
        block, element = visible.choice(blocks, name)
        picked = {"type": element["type"], **picked_in(element, value)}
        values.setdefault(block["block_id"], {})[element["action_id"]] = picked
    return values


def picked_in(element: Json, value: Value, offered: list[Json] | None = None) -> Json:
    """The part of a state or an action that carries a value of this element.

    Args:
        element: any element that keeps a state, or an overflow menu.
        value: a text, a number, an id, a date; the visible text of an option; a list of these.
        offered: the options of an element that asks the app for them.
    """
    options = visible.options(element) if offered is None else offered
    if element["type"] == "overflow":
        return {"selected_option": visible.option(options, str(value))}
    field = STATEFUL[element["type"]][0]
    if field == "selected_option":
        return {field: visible.option(options, str(value))}
    if field == "selected_options":
        return {field: [visible.option(options, each) for each in _several(value)]}
    if field in SEVERAL:
        return {field: _several(value)}
    return {field: value if field == "selected_date_time" else str(value)}


def _several(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]
