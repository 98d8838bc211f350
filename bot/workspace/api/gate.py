"""The way to a method: token, scope, rate; then the method itself."""

from bot.workspace.api.call import Call
from bot.workspace.api.method import Method, need
from bot.workspace.api.table import METHODS
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.limits import TIERS
from bot.workspace.shapes import Json


def answer(core: Core, call: Call) -> Json:
    """Answer a call.

    Raises:
        ApiError: anything from ``unknown_method`` to what the method itself refuses.
    """
    method = METHODS.get(call.method)
    if method is None:
        raise ApiError("unknown_method", req_method=call.method)
    _check_token(core, call, method)
    need(core, *method.scopes)
    _check_rate(core, method)
    said = method.answer(core, call)
    if call.warnings:
        said.setdefault("warning", ",".join(call.warnings))
        said.setdefault("response_metadata", {}).setdefault("warnings", list(call.warnings))
    return {"ok": True, **said}


def _check_token(core: Core, call: Call, method: Method) -> None:
    if not call.token:
        raise ApiError("not_authed")
    if call.token not in {core.app.bot_token, core.app.app_token}:
        raise ApiError("invalid_auth")
    if not call.token.startswith(method.token):
        raise ApiError("not_allowed_token_type")


def _check_rate(core: Core, method: Method) -> None:
    if method.tier is None:
        return
    wait = core.limits.take(method.name, TIERS[method.tier])
    if wait:
        raise ApiError("ratelimited", status=429, headers={"Retry-After": str(wait)})
