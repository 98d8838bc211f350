"""What a person has put into the elements of a message or a form: Slack's ``state.values``."""

from collections.abc import Iterator

from bot.workspace.blockkit.walk import blocks_in, elements_in
from bot.workspace.errors import Refused
from bot.workspace.shapes import Json

# For each element that keeps a state: the field of its state, and the field that sets it at first.
STATEFUL = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
SEVERAL = {"selected_options", "selected_users", "selected_conversations", "selected_channels"}


class Choices:
    """What each person picked in each message so far, as Slack's ``state.values``."""

    def __init__(self) -> None:
        self._picked: dict[tuple[str, str], Json] = {}

    def of(self, user: str, ts: str) -> Json:
        """The choices of one person in one message, to read and to add to."""
        return self._picked.setdefault((user, ts), {})


def checked_values(given: object) -> Json:
    """``state.values`` as a page gives it: blocks, in them elements, in them what was picked.

    Raises:
        Refused: it has another shape.
    """
    if isinstance(given, dict) and all(
        isinstance(block, dict) and all(isinstance(picked, dict) for picked in block.values())
        for block in given.values()
    ):
        return given
    raise Refused("What was filled in could not be read.")


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every block and each element in it that a person can use."""
    for block in blocks_in(blocks, "blocks"):
        for element in elements_in(block):
            if "action_id" in element.json:
                yield block.json, element.json


def values(blocks: list[Json], chosen: Json) -> Json:
    """``state.values``: what was chosen, and what the elements began with where nothing was."""
    state: Json = {}
    for block, element in elements(blocks):
        if element["type"] not in STATEFUL:
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        picked = chosen.get(block_id, {}).get(action_id)
        state.setdefault(block_id, {})[action_id] = picked or first_value(element)
    return state


def first_value(element: Json) -> Json:
    """The state of an element that nobody touched."""
    field, initial = STATEFUL[element["type"]]
    value = element.get(initial, [] if field in SEVERAL else None)
    return {"type": element["type"], field: value}
