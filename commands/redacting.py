"""A Reply without secrets, whatever of it is cut, set in columns or shown later."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from commands.ops.redact import Redactor
from commands.reply import Diff, Lines, Reply


def redacted(reply: Reply, redactor: Redactor) -> Reply:
    """The reply without secrets: here, once, before anything is cut to length."""
    cleaned: Reply = _clean(reply, redactor)
    return cleaned


def _clean(value: Any, redactor: Redactor) -> Any:
    if isinstance(value, str):
        return redactor.clean(value)
    if isinstance(value, Lines | Diff):
        # All lines at once: a private key is only known by those above and below.
        lines = redactor.clean("\n".join(value.lines)).split("\n") if value.lines else ()
        return replace(value, lines=tuple(lines), title=redactor.clean(value.title))
    if isinstance(value, tuple | list):
        return type(value)(_clean(item, redactor) for item in value)
    if isinstance(value, dict):
        return {key: _clean(item, redactor) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _clean(getattr(value, f.name), redactor) for f in fields(value)})
    return value
