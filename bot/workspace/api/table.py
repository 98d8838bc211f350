"""Every method this Slack knows; any other is ``unknown_method``."""

from bot.workspace.api import auth, chat, conversations, files, marks, scheduled, users, views
from bot.workspace.api.method import Method

METHODS: dict[str, Method] = {
    method.name: method
    for family in (auth, chat, scheduled, conversations, users, views, marks, files)
    for method in family.METHODS
}
