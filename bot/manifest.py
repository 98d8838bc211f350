"""The Slack app's manifest, made from the commands: `wavewarden manifest` writes what `manifest.yml` holds."""

from typing import Any

import yaml

from commands.root import LINES

NAME = "Wavewarden"
DESCRIPTION = (
    "Triage of batch hosts: diagnosis in seconds, remedies with a preview, an approval and a way back."
)

SCOPES = {
    "app_mentions:read": "hear @wavewarden",
    "channels:history": "find out whether a post was taken whose connection broke",
    "chat:write": "post",
    "commands": "slash commands",
    "files:write": "attach logs and reports to threads",
    "groups:history": "the same in private channels",
    "im:history": "hear direct messages",
    "im:write": "open direct messages",
    "usergroups:read": "roles given to user groups",
    "users:read": "people's names",
}
EVENTS = ("app_mention", "message.im")

SLASH_COMMANDS = {
    "batch": ("Look at the batch host and look after it", "status | wave 5 | sites --status i | help"),
    "redeploy": ("Relaunch what has stopped", "wave 5 | site lotus.dev | design lotus.dev | batch 001"),
    "dedupe": ("Find and mend duplicate registry rows", "| fix | restore"),
    "escalate": ("Hand over to the people on call", "what happened"),
}


def first_words() -> list[str]:
    """The lines' first words, each once, that are slash commands: all but `help`, which hangs off `/batch`."""
    words = dict.fromkeys(line.path.split()[0] for line in LINES)
    return [word for word in words if word != "help"]


def as_dict() -> dict[str, Any]:
    """The manifest; see https://docs.slack.dev/reference/app-manifest.

    Raises:
        KeyError: a line begins with a word that has no slash command.
    """
    return {
        "display_information": {"name": NAME, "description": DESCRIPTION, "background_color": "#1f3a4d"},
        "features": {
            "bot_user": {"display_name": NAME.lower(), "always_online": True},
            "slash_commands": [_slash_command(word) for word in first_words()],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def as_yaml() -> str:
    """The text of `manifest.yml`."""
    head = "# Made by `wavewarden manifest`; `make check` compares it with the commands.\n"
    return head + str(yaml.safe_dump(as_dict(), sort_keys=False, allow_unicode=True, width=110))


def _slash_command(word: str) -> dict[str, Any]:
    description, hint = SLASH_COMMANDS[word]
    return {"command": f"/{word}", "description": description, "usage_hint": hint, "should_escape": False}
