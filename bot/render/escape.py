"""Text from the machine, made harmless: the only place where it is escaped, once."""

import re

_FENCE = re.compile("`{3,}")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
ZERO_WIDTH_SPACE = "\u200b"
LOOK_ALIKE = "\u02cb"  # modifier letter grave accent


def escape(text: str) -> str:
    """For mrkdwn: no mention, no link, no date; https://docs.slack.dev/messaging/formatting-message-text."""
    return visible(text).translate(_ENTITIES)


def code(text: str) -> str:
    """Inline code; a backtick cannot be escaped, so it becomes its look-alike."""
    return f"`{escape(text).replace('`', LOOK_ALIKE)}`" if text.strip() else ""


def unfenced(text: str) -> str:
    """Break runs of three or more backticks: a code fence cannot be escaped."""
    return _FENCE.sub(lambda run: ZERO_WIDTH_SPACE.join(run.group()), text)


def visible(text: str) -> str:
    """Control and direction characters as escapes; lone surrogates cannot be sent at all."""
    if text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def clipped(text: str, length: int) -> str:
    """At most `length` characters; never half of an entity."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    entity = cut.rfind("&", max(0, len(cut) - 5))
    return (cut[:entity] if entity >= 0 and ";" not in cut[entity:] else cut) + "…"


def _shown(char: str) -> str:
    return char if char.isprintable() or char in "\n\t" else char.encode("unicode_escape").decode()
