"""One Web API call: its arguments, in whichever of Slack's forms they came.

https://docs.slack.dev/apis/web-api/#basics
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.workspace.errors import ApiError
from bot.workspace.shapes import Json


@dataclass(frozen=True, slots=True)
class Call:
    """A method and its arguments; ``token`` is empty where none was given."""

    method: str
    args: Mapping[str, Any]
    token: str
    warnings: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """A string argument; empty where it was left out."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def required(self, *names: str) -> str:
        """A string argument that must be there, under one of these names.

        Raises:
            ApiError: ``invalid_arguments``.
        """
        for name in names:
            if self.text(name):
                return self.text(name)
        raise invalid(f"missing required field: {names[0]}")

    def flag(self, name: str) -> bool:
        """A boolean argument: JSON's, or a form's ``true`` or ``1``."""
        return self.text(name).lower() in {"true", "1"}

    def number(self, name: str, default: int) -> int:
        """A whole number.

        Raises:
            ApiError: ``invalid_arguments`` if it is something else.
        """
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise invalid(f"{name} must be a number") from None

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """An argument that is JSON, which forms carry as a string; None where it was left out.

        Raises:
            ApiError: with this error name if it cannot be decoded.
        """
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise ApiError(error) from None


def invalid(*sentences: str) -> ApiError:
    """``invalid_arguments``, with Slack's explanations."""
    messages = [f"[ERROR] {sentence}" for sentence in sentences]
    return ApiError("invalid_arguments", response_metadata={"messages": messages})


async def read(request: web.Request) -> Call:
    """Read a call; the token may stand in the header, the query or the form.

    Raises:
        ApiError: ``invalid_json`` or ``json_not_object`` for a body that claims to be JSON.
    """
    args: Json = dict(request.query)
    warnings: tuple[str, ...] = ()
    if request.content_type == "application/json":
        args |= _decoded(await request.read())
        warnings = () if request.charset else ("missing_charset",)
    elif request.content_type == "multipart/form-data":
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    else:
        args |= dict(parse_qsl((await request.read()).decode("utf-8", "replace"), keep_blank_values=True))
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token = bearer.strip() if scheme.lower() == "bearer" else str(args.pop("token", ""))
    return Call(request.match_info["method"], args, token, warnings)


def _decoded(body: bytes) -> Json:
    if not body.strip():  # the SDK's synchronous client sends auth.test so
        return {}
    try:
        decoded = json.loads(body)
    except ValueError:
        raise ApiError("invalid_json") from None
    if not isinstance(decoded, dict):
        raise ApiError("json_not_object")
    return decoded
