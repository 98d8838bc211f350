"""``auth.*`` and ``apps.*``: who the app is, and where its socket is."""

from bot.workspace.api.call import Call
from bot.workspace.api.method import Method
from bot.workspace.core import Core
from bot.workspace.ids import APP, BOT, BOT_USER, TEAM, TEAM_NAME
from bot.workspace.shapes import Json


def test(core: Core, _call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/auth.test."""
    return {
        "url": f"{core.url}/",
        "team": TEAM_NAME,
        "user": core.app.person.name,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def open_connection(core: Core, _call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/apps.connections.open."""
    address = core.url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={core.hub.ticket()}&app_id={APP}"}


METHODS = (
    Method("auth.test", test, tier=None),
    # Tier 1 by the book; but ten connections are allowed and bots restart, so Slack tolerates more.
    Method("apps.connections.open", open_connection, tier=2, token="xapp"),  # noqa: S106  a kind of token
)
