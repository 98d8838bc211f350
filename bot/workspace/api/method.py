"""What the table says of a method: who answers it, what it needs, how often it may be called."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.workspace.api.call import Call
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.shapes import Json

Handler = Callable[[Core, Call], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """One method. ``scopes``: any one of them will do; ``tier`` None: limited in a way of its own."""

    name: str
    answer: Handler
    tier: int | None
    scopes: tuple[str, ...] = ()
    token: Literal["xoxb", "xapp"] = "xoxb"  # noqa: S105  a kind of token


def need(core: Core, *scopes: str) -> None:
    """Go on only if the app was granted one of these scopes.

    Raises:
        ApiError: ``missing_scope`` with ``needed`` and ``provided``.
    """
    granted = core.app.manifest.bot_scopes
    if scopes and not set(scopes) & set(granted):
        raise ApiError("missing_scope", needed=",".join(scopes), provided=",".join(granted))
