"""Somebody submits or closes a form, and what the app's ack makes of it.

https://docs.slack.dev/surfaces/modals#updating_response
"""

from bot.workspace import showing
from bot.workspace.acts.surroundings import interaction, response_url, room_name
from bot.workspace.content import checked_view
from bot.workspace.core import Core
from bot.workspace.errors import ApiError, NotDelivered, Refused
from bot.workspace.filling import missing_or_malformed
from bot.workspace.shapes import Json
from bot.workspace.state import checked_values, elements, values

TROUBLE = "We had some trouble connecting. Try again?"


async def submit(core: Core, user: str, view_id: str, given: Json) -> Json:
    """Submit a form; returns ``{"errors": {block_id: sentence}}``, or ``{}`` when the app took it.

    Args:
        core: the workspace.
        user: who.
        view_id: the form, which must be the one on top.
        given: what was filled in, as Slack's ``state.values``.
    """
    view = core.forms.of(user, view_id)
    if view is None or core.forms.stacks[user][-1:] != [view]:
        raise Refused("This form is closed.")
    chosen = {**view["state"]["values"], **checked_values(given)}
    view["state"]["values"] = chosen
    errors = missing_or_malformed(view["blocks"], chosen)
    if errors:
        return {"errors": errors}
    payload = _payload(core, user, view, chosen)
    try:
        answer = await core.delivery.request("interactive", payload, responds=True)
        return _obey(core, user, view, answer)
    except (NotDelivered, ApiError):
        raise Refused(TROUBLE) from None


async def close(core: Core, user: str, view_id: str, *, clear: bool = False) -> None:
    """Close a form, or with ``clear`` the whole stack; the app is told where it asked for that."""
    stack = core.forms.stacks[user]
    view = next((view for view in stack if view["id"] == view_id), None)
    if view is None:
        return
    closed = list(stack) if clear else stack[stack.index(view) :]
    showing.close(core, user, closed[0]["id"])
    for each in reversed(closed):
        if each["notify_on_close"]:
            await _tell_closed(core, user, each, clear=clear)


async def _tell_closed(core: Core, user: str, view: Json, *, clear: bool) -> None:
    shown = {**view, "state": {"values": values(view["blocks"], view["state"]["values"])}}
    payload = interaction(core, "view_closed", user) | {"view": shown, "is_cleared": clear}
    try:
        await core.delivery.request("interactive", payload, responds=False)
    except NotDelivered:
        return  # the form is gone from the screen either way


def _payload(core: Core, user: str, view: Json, chosen: Json) -> Json:
    shown = {**view, "state": {"values": values(view["blocks"], chosen)}}
    return interaction(core, "view_submission", user) | {
        "view": shown,
        "trigger_id": core.triggers.mint(user, view["id"]),
        "response_urls": _response_urls(core, user, view, chosen),
    }


def _response_urls(core: Core, user: str, view: Json, chosen: Json) -> list[Json]:
    """A URL for each channel that was picked in an element with ``response_url_enabled``."""
    urls = []
    for block, element in elements(view["blocks"]):
        state = values([block], chosen).get(block["block_id"], {}).get(element["action_id"], {})
        channel = state.get("selected_conversation") or state.get("selected_channel")
        room = core.rooms.get(channel or "")
        if element.get("response_url_enabled") and room:
            path = core.response_urls.mint(user, room.id)
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": room.id,
                    "channel_name": room_name(room),
                    "response_url": response_url(core, path),
                }
            )
    return urls


def _obey(core: Core, user: str, view: Json, answer: Json) -> Json:
    """Do what the ack says; an empty one closes this form.

    Raises:
        ApiError: the ack holds a view that Slack would refuse.
        Refused: it is no response action, or its errors name no block of the form.
    """
    action = answer.get("response_action")
    if action is None:
        showing.close(core, user, view["id"])
    elif action == "clear":
        showing.close(core, user, core.forms.stacks[user][0]["id"])
    elif action == "update":
        showing.update(core, user, view, checked_view(answer.get("view"), core.shelf))
    elif action == "push":
        showing.push(core, user, checked_view(answer.get("view"), core.shelf))
    elif action == "errors" and _belong(view, answer.get("errors")):
        return {"errors": answer["errors"]}
    else:
        raise Refused(TROUBLE)
    return {}


def _belong(view: Json, errors: object) -> bool:
    """Whether the errors are sentences for input blocks of this form, as they must be."""
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    return isinstance(errors, dict) and bool(errors) and set(errors) <= inputs
