"""How the workspace says no: a sentence to a person, an error name to an app.

Refused                what a person tried is not possible; the sentence is for that person
ApiError               what an app called is answered with ``{"ok": false, "error": …}``
NotDelivered           a request to the app went nowhere
├── NoConnection       no Socket Mode connection is open
└── NoAck              the app did not acknowledge within three seconds
"""

from typing import Any


class Refused(Exception):
    """A person cannot do this; ``str()`` is one sentence for that person."""


class ApiError(Exception):
    """A Web API call ends with Slack's error name.

    Args:
        error: Slack's name of the error, such as ``channel_not_found``.
        status: the HTTP status; Slack answers 200 to nearly everything.
        headers: extra response headers, such as ``Retry-After``.
        fields: more fields of the answer, such as ``needed`` and ``provided``.
    """

    def __init__(
        self, error: str, *, status: int = 200, headers: dict[str, str] | None = None, **fields: Any
    ) -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.headers = headers or {}
        self.fields = fields


class NotDelivered(Exception):
    """A request did not reach the app, or came to nothing there."""


class NoConnection(NotDelivered):
    """The app has no Socket Mode connection open."""


class NoAck(NotDelivered):
    """The app took the request and did not acknowledge it within three seconds."""
