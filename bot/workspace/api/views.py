"""``views.*`` and ``blocks.*``: forms, the App Home, and the checker behind them."""

from bot.workspace import showing
from bot.workspace.api.call import Call, invalid
from bot.workspace.api.method import Method
from bot.workspace.content import checked_content, checked_view
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.shapes import Json
from bot.workspace.triggers import Trigger


def open_view(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.open."""
    view = _new(core, call)
    trigger = _trigger(core, call)
    return {"view": showing.open_first(core, trigger.user, view)}


def push_view(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.push."""
    view = _new(core, call)
    trigger = _trigger(core, call)
    if trigger.view_id is None or core.forms.of(trigger.user, trigger.view_id) is None:
        raise ApiError("not_found")
    return {"view": showing.push(core, trigger.user, view)}


def update_view(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.update."""
    if not call.text("view_id") and not call.text("external_id"):
        raise invalid("missing required field: view_id")
    user, view = core.forms.find(view_id=call.text("view_id"), external_id=call.text("external_id"))
    given = checked_view(call.json("view"), core.shelf, "home" if view["type"] == "home" else "modal")
    if call.text("hash") and call.text("hash") != view["hash"]:
        raise ApiError("hash_conflict")
    return {"view": showing.update(core, user, view, given)}


def publish_view(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/views.publish."""
    user = call.required("user_id")
    if user not in core.people:
        raise ApiError("user_not_found")
    if not core.app.manifest.app_home.home_tab:
        raise ApiError("not_enabled")
    home = core.forms.homes.get(user)
    given = checked_view(call.json("view"), core.shelf, "home")
    if home and call.text("hash") and call.text("hash") != home["hash"]:
        raise ApiError("hash_conflict")
    return {"view": showing.publish(core, user, given)}


def validate_blocks(core: Core, call: Call) -> Json:
    """Whether blocks would be taken in a message; Slack offers this without documentation."""
    checked_content({"blocks": call.json("blocks", "invalid_blocks_format"), "text": "-"}, core.shelf)
    return {}


def _new(core: Core, call: Call) -> Json:
    """The view of a call that opens one; its ``external_id`` may not be taken."""
    view = checked_view(call.json("view"), core.shelf)
    external_id = view.get("external_id")
    if external_id and core.forms.has(external_id):
        raise ApiError("duplicate_external_id")
    return view


def _trigger(core: Core, call: Call) -> Trigger:
    return core.triggers.exchange(call.required("trigger_id", "interactivity_pointer"))


METHODS = (
    Method("views.open", open_view, tier=4),
    Method("views.push", push_view, tier=4),
    Method("views.update", update_view, tier=4),
    Method("views.publish", publish_view, tier=4),
    Method("blocks.validate", validate_blocks, tier=4),
)
