"""An `Ask` or a `Reply` as JSON and back. Only scripts want it, see `ask --json`: import it late."""

from functools import cache

from pydantic import TypeAdapter

from commands.reply import Ask, Reply


@cache
def _asks() -> TypeAdapter[Ask]:
    return TypeAdapter(Ask)


@cache
def _replies() -> TypeAdapter[Reply]:
    return TypeAdapter(Reply)


def to_json(thing: Ask | Reply) -> bytes:
    """JSON, as `ask --json` prints a Reply: times are ISO 8601 in UTC."""
    return _asks().dump_json(thing) if isinstance(thing, Ask) else _replies().dump_json(thing)


def reply_from_json(data: bytes) -> Reply:
    """The Reply that `to_json` wrote."""
    return _replies().validate_json(data)


def ask_from_json(data: bytes) -> Ask:
    """The Ask that `to_json` wrote."""
    return _asks().validate_json(data)
