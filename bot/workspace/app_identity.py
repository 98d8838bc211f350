"""The app that is installed here: its tokens, what its manifest grants it, the person it appears as."""

from dataclasses import dataclass

from bot.workspace.cast import Person
from bot.workspace.ids import APP, BOT, BOT_USER, TEAM
from bot.workspace.manifest import Manifest
from bot.workspace.shapes import Json

DEFAULT_BOT_TOKEN = "xoxb-local-workspace"  # noqa: S105  opens nothing but a workspace on loopback
DEFAULT_APP_TOKEN = "xapp-local-workspace"  # noqa: S105  likewise
# Slack's deprecated way to tell that a request is its own; Bolt does not look at it.
VERIFICATION = "local-verification"


@dataclass(frozen=True, slots=True)
class AppIdentity:
    """One app in one workspace."""

    manifest: Manifest
    bot_token: str
    app_token: str

    @property
    def person(self) -> Person:
        """The app as people see it among themselves."""
        name = self.manifest.bot_name
        return Person(BOT_USER, name.lower(), self.manifest.name, "App", "111827", is_bot=True)

    def message(self) -> Json:
        """What every message of the app says about its author."""
        return {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT,
            "app_id": APP,
            "team": TEAM,
            "bot_profile": {
                "id": BOT,
                "app_id": APP,
                "user_id": BOT_USER,
                "name": self.manifest.bot_name,
                "deleted": False,
                "updated": 0,
                "team_id": TEAM,
            },
        }
