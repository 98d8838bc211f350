"""Select menus, single and multiple, from each of the five sources.

https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element
"""

from collections.abc import Mapping

from bot.workspace.blockkit.composition import CONVERSATION_FILTER, OPTION, OPTION_GROUP
from bot.workspace.blockkit.elements import CONFIRMABLE, FOCUSABLE, PLACEHOLDER, element
from bot.workspace.blockkit.rules import Flag, Rule, String, Whole
from bot.workspace.blockkit.shapes import Many
from bot.workspace.blockkit.together import at_least_one, chosen_from_options, not_both

_MENU: Mapping[str, Rule] = {**CONFIRMABLE, **FOCUSABLE, **PLACEHOLDER}
_SEVERAL: Mapping[str, Rule] = {**_MENU, "max_selected_items": Whole(min=1)}
_STATIC: Mapping[str, Rule] = {"options": Many(OPTION, 100), "option_groups": Many(OPTION_GROUP, 100)}
_ONE_SOURCE = (at_least_one("options", "option_groups"), not_both("options", "option_groups"))
_QUERY: Mapping[str, Rule] = {"min_query_length": Whole(min=0)}
_CONVERSATIONS: Mapping[str, Rule] = {
    "default_to_current_conversation": Flag(),
    "filter": CONVERSATION_FILTER,
}
_ANSWERABLE: Mapping[str, Rule] = {"response_url_enabled": Flag()}

SELECTS = {
    "static_select": element(
        "static_select",
        optional={"initial_option": OPTION, **_STATIC, **_MENU},
        together=[*_ONE_SOURCE, chosen_from_options("initial_option")],
    ),
    "external_select": element("external_select", optional={"initial_option": OPTION, **_QUERY, **_MENU}),
    "users_select": element("users_select", optional={"initial_user": String(), **_MENU}),
    "conversations_select": element(
        "conversations_select",
        optional={"initial_conversation": String(), **_CONVERSATIONS, **_ANSWERABLE, **_MENU},
    ),
    "channels_select": element(
        "channels_select", optional={"initial_channel": String(), **_ANSWERABLE, **_MENU}
    ),
}

MULTI_SELECTS = {
    "multi_static_select": element(
        "multi_static_select",
        optional={"initial_options": Many(OPTION), **_STATIC, **_SEVERAL},
        together=[*_ONE_SOURCE, chosen_from_options("initial_options")],
    ),
    "multi_external_select": element(
        "multi_external_select", optional={"initial_options": Many(OPTION), **_QUERY, **_SEVERAL}
    ),
    "multi_users_select": element(
        "multi_users_select", optional={"initial_users": Many(String()), **_SEVERAL}
    ),
    "multi_conversations_select": element(
        "multi_conversations_select",
        optional={"initial_conversations": Many(String()), **_CONVERSATIONS, **_SEVERAL},
    ),
    "multi_channels_select": element(
        "multi_channels_select", optional={"initial_channels": Many(String()), **_SEVERAL}
    ),
}
