"""Options that the app offers while somebody types into a select.

https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
"""

from bot.workspace.acts.pressing import Target, element_of, find
from bot.workspace.acts.surroundings import interaction
from bot.workspace.core import Core
from bot.workspace.errors import NotDelivered, Refused
from bot.workspace.shapes import Json

MOST = 100


async def suggest(core: Core, user: str, target: Target, text: str) -> list[Json]:
    """Ask the app for options that fit what was typed; returns its options, or its groups of options."""
    source = find(core, user, target.container)
    _, element = element_of(source, target)
    if len(text) < element.get("min_query_length", 3):
        return []
    payload = interaction(core, "block_suggestion", user) | source.said
    payload.pop("response_url", None)
    payload |= {"block_id": target.block_id, "action_id": target.action_id, "value": text}
    try:
        answer = await core.delivery.request("interactive", payload, responds=True)
    except NotDelivered:
        raise Refused("The options could not be loaded.") from None
    options = answer.get("options") or answer.get("option_groups") or []
    return list(options)[:MOST]
