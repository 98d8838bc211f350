"""Views come and go on a person's screen: each change in the stack, and the event that tells of it."""

from bot.workspace.core import Core
from bot.workspace.shapes import Json


def open_first(core: Core, user: str, given: Json) -> Json:
    """Open a form, in place of what was open; returns the view."""
    close_all(core, user)
    view = core.forms.new(given)
    core.forms.open(user, view)
    core.feed.send(user, {"type": "view_opened", "view": dict(view)})
    return view


def push(core: Core, user: str, given: Json) -> Json:
    """Put a form on top; returns the view.

    Raises:
        ApiError: ``push_limit_reached``.
    """
    view = core.forms.new(given)
    core.forms.push(user, view)
    core.feed.send(user, {"type": "view_pushed", "view": dict(view)})
    return view


def update(core: Core, user: str, view: Json, given: Json) -> Json:
    """Replace what a view shows; returns the view."""
    core.forms.update(view, given)
    kind = "home" if view["type"] == "home" else "view_updated"
    core.feed.send(user, {"type": kind, "view": dict(view)})
    return view


def publish(core: Core, user: str, given: Json) -> Json:
    """Show a person's App Home; returns the view."""
    home = core.forms.publish(user, given)
    core.feed.send(user, {"type": "home", "view": dict(home)})
    return home


def close(core: Core, user: str, view_id: str) -> None:
    """Close a form and what lies above it."""
    stack = core.forms.stacks[user]
    before = [view["id"] for view in stack]
    core.forms.close(user, view_id)
    for gone in reversed(before[len(stack) :]):
        core.feed.send(user, {"type": "view_closed", "view_id": gone})


def close_all(core: Core, user: str) -> None:
    """Close every form this person has open."""
    stack = core.forms.stacks[user]
    if stack:
        close(core, user, stack[0]["id"])
