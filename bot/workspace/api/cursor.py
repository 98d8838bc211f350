"""Pages of a long list, by Slack's cursors.

https://docs.slack.dev/apis/web-api/pagination
"""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.workspace.api.call import Call, invalid
from bot.workspace.errors import ApiError

T = TypeVar("T")

MOST = 999


def page(call: Call, items: Sequence[T], default: int = 100) -> tuple[list[T], str]:
    """The items the call asks for by ``cursor`` and ``limit``, and the next cursor; empty at the end.

    Raises:
        ApiError: ``invalid_cursor``, or ``invalid_arguments`` for a limit below 1.
    """
    limit = call.number("limit", default)
    if limit < 1:
        raise invalid("limit must be 1 or more")
    start = _place(call.text("cursor"))
    end = start + min(limit, MOST)
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), following


def _place(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise ApiError("invalid_cursor") from None
