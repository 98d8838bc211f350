"""What a page may ask of the workspace: each deed, the arguments it takes, and their types."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.workspace.shapes import Json
from bot.workspace.workspace import Workspace

Do = Callable[[Workspace, str, Json], Awaitable[object]]
Types = Mapping[str, type | tuple[type, ...]]


class Unknown(Exception):
    """No deed of this name takes these arguments; ``str()`` says what is wrong."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing a person does: how, with what it must be told, and what it may be told."""

    do: Do
    needs: Types = field(default_factory=dict)
    takes: Types = field(default_factory=dict)


def _own(name: str) -> Do:
    """A method of ``Workspace`` whose first argument is the person."""
    return lambda workspace, user, given: getattr(workspace, name)(user, **given)


def _shared(name: str) -> Do:
    """A method of ``Workspace`` that is the same whoever asks."""
    return lambda workspace, _user, given: getattr(workspace, name)(**given)


_ELEMENT: Types = {"container": dict, "block_id": str, "action_id": str}

DEEDS: Mapping[str, Deed] = {
    "say": Deed(_own("say"), {"channel": str, "text": str}, {"thread_ts": str}),
    "edit": Deed(_own("edit"), {"channel": str, "ts": str, "text": str}),
    "act": Deed(_own("act"), {**_ELEMENT, "choice": dict}, {"values": dict}),
    "suggest": Deed(_own("suggest"), {**_ELEMENT, "text": str}),
    "submit": Deed(_own("submit"), {"view_id": str, "values": dict}),
    "close": Deed(_own("close"), {"view_id": str}, {"clear": bool}),
    "shortcut": Deed(_own("shortcut"), {"callback_id": str}, {"channel": str, "message_ts": str}),
    "open_home": Deed(_own("open_home")),
    "open_direct": Deed(_own("open_direct"), {"other": str}),
    "mark_read": Deed(_own("mark_read"), {"channel": str, "ts": str}),
    "history": Deed(_own("history"), {"channel": str}, {"before_ts": str, "limit": int}),
    "thread": Deed(_own("thread"), {"channel": str, "thread_ts": str}),
    "join": Deed(_own("join"), {"channel": str}),
    "invite": Deed(_own("invite"), {"other": str, "channel": str}),
    "reaction": Deed(_own("reaction"), {"channel": str, "ts": str, "name": str}),
    "set_fault": Deed(_shared("set_fault"), {"name": str, "value": (int, float)}),
    "rehearse": Deed(_shared("rehearse"), {"name": str}),
}


def arguments(frame: Json) -> tuple[str, Json]:
    """Take a frame apart into the deed's name and its arguments, all of them known and of the right type.

    Raises:
        Unknown: there is no such deed, or an argument is missing, unknown or of another type.
    """
    name = frame.get("do")
    if not isinstance(name, str) or name not in DEEDS:
        raise Unknown(f"The page asked for something unknown: {str(name)[:40]!r}.")
    given = {key: value for key, value in frame.items() if key not in {"id", "do"}}
    needs, takes = DEEDS[name].needs, DEEDS[name].takes
    types = {**needs, **takes}
    for missing in needs.keys() - given.keys():
        raise Unknown(f"“{name}” needs “{missing}”.")
    for key, value in given.items():
        if key not in types or not isinstance(value, types[key]):
            raise Unknown(f"“{name}” does not take this “{key[:40]}”.")
    return name, given
