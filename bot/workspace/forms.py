"""Views that are open: each person's stack of forms, and each person's App Home."""

import secrets
from collections import defaultdict

from bot.workspace.clock import Clock
from bot.workspace.errors import ApiError
from bot.workspace.ids import APP, BOT, TEAM, Ids
from bot.workspace.shapes import Json

STACK = 3

# What an app says about its view; Slack adds the rest.
_GIVEN = (
    "type",
    "title",
    "submit",
    "close",
    "blocks",
    "private_metadata",
    "callback_id",
    "external_id",
    "clear_on_close",
    "notify_on_close",
    "submit_disabled",
)
_DEFAULTS: Json = {
    "title": None,
    "submit": None,
    "close": None,
    "private_metadata": "",
    "callback_id": "",
    "external_id": "",
    "clear_on_close": False,
    "notify_on_close": False,
    "submit_disabled": False,
}


class Forms:
    """Stacks of at most three forms a person, and one home each; views are Slack's view objects."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self.stacks: dict[str, list[Json]] = defaultdict(list)
        self.homes: dict[str, Json] = {}

    def new(self, given: Json) -> Json:
        """Make Slack's view object out of what an app gave; it is open nowhere yet."""
        view = {**_DEFAULTS, **{key: given[key] for key in _GIVEN if key in given}}
        view_id = self._ids.mint("V")
        return {
            **view,
            "id": view_id,
            "team_id": TEAM,
            "app_id": APP,
            "app_installed_team_id": TEAM,
            "bot_id": BOT,
            "root_view_id": view_id,
            "previous_view_id": None,
            "state": {"values": {}},
            "hash": self._hash(),
        }

    def open(self, user: str, view: Json) -> None:
        """Begin a new stack with this form."""
        self.stacks[user] = [view]

    def push(self, user: str, view: Json) -> None:
        """Put a form on top.

        Raises:
            ApiError: ``push_limit_reached`` above three.
        """
        stack = self.stacks[user]
        if len(stack) >= STACK:
            raise ApiError("push_limit_reached")
        if stack:
            view["previous_view_id"] = stack[-1]["id"]
            view["root_view_id"] = stack[0]["id"]
        stack.append(view)

    def update(self, view: Json, given: Json) -> None:
        """Replace what the app said about an open view; its id and place stay."""
        blocks_stay = {block["block_id"] for block in given["blocks"] if "block_id" in block}
        values = {key: value for key, value in view["state"]["values"].items() if key in blocks_stay}
        fresh = {**_DEFAULTS, **{key: given[key] for key in _GIVEN if key in given}}
        view.update({**fresh, "state": {"values": values}, "hash": self._hash()})

    def publish(self, user: str, given: Json) -> Json:
        """Replace a person's home, or make the first; returns the view."""
        home = self.homes.get(user)
        if home is None:
            home = self.homes[user] = self.new(given)
        else:
            self.update(home, given)
        return home

    def find(self, *, view_id: str = "", external_id: str = "") -> tuple[str, Json]:
        """Whose view this is, and the view.

        Raises:
            ApiError: ``not_found``.
        """
        for user, stack in self.stacks.items():
            for view in stack:
                if (view_id and view["id"] == view_id) or (
                    external_id and view["external_id"] == external_id
                ):
                    return user, view
        for user, home in self.homes.items():
            if view_id and home["id"] == view_id:
                return user, home
        raise ApiError("not_found")

    def has(self, external_id: str) -> bool:
        """Whether a form of this external id is open."""
        return any(view["external_id"] == external_id for stack in self.stacks.values() for view in stack)

    def of(self, user: str, view_id: str) -> Json | None:
        """A view this person has open, or their home; None if it is not there any more."""
        home = self.homes.get(user)
        if home and home["id"] == view_id:
            return home
        return next((view for view in self.stacks[user] if view["id"] == view_id), None)

    def close(self, user: str, view_id: str) -> None:
        """Take a form, and what lies above it, off the stack."""
        stack = self.stacks[user]
        place = next((n for n, view in enumerate(stack) if view["id"] == view_id), len(stack))
        del stack[place:]

    def _hash(self) -> str:
        return f"{int(self._clock.now())}.{secrets.token_hex(4)}"
