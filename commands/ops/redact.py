"""Secrets out of text, before it is cut, kept or shown anywhere."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

from commands.ops.secret_patterns import HEADERS, KEY_BLOCK, KEY_BLOCK_END, PAIRS, TOKENS, USERINFO

REDACTED = "[redacted]"
SHORTEST = 6  # characters of a secret of ours: a shorter one would blot out ordinary words


class Redactor:
    """Replaces what looks like a secret, and each of the given ones, by `[redacted]`."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """`secrets`: our own, which are found whatever they look like."""
        known = {form for secret in secrets if len(secret) >= SHORTEST for form in (secret, quote(secret, safe=""))}
        longest_first = sorted(known, key=len, reverse=True)
        self._own = re.compile("|".join(map(re.escape, longest_first))) if known else None

    def clean(self, text: str) -> str:
        """The text without secrets; its lines stay lines, except those of a private key, which become one."""
        if self._own:
            text = self._own.sub(REDACTED, text)
        text = KEY_BLOCK.sub(REDACTED, text)
        text = _without_cut_keys(text)
        text = USERINFO.sub(_userinfo, text)
        for pattern in HEADERS:
            text = pattern.sub(_after_first_group, text)
        for pattern in TOKENS:
            text = pattern.sub(REDACTED, text)
        for pattern in PAIRS:
            text = pattern.sub(_after_first_group, text)
        return text


_after_first_group: Callable[[re.Match[str]], str] = lambda match: f"{match[1]}{REDACTED}"  # noqa: E731


def _userinfo(match: re.Match[str]) -> str:
    """A user's name alone is no secret (`ssh://git@host`), but over HTTP it is mostly a token."""
    scheme, userinfo = match[1], match[2]
    if ":" not in userinfo and not scheme.lower().startswith("http"):
        return match[0]
    return f"{scheme}://{REDACTED}@"


def _without_cut_keys(text: str) -> str:
    """A text that was cut may have only a private key's end: the lines of key above it go as well."""
    while match := KEY_BLOCK_END.search(text):
        lines = text[: match.start()].split("\n")
        while len(lines) > 1 and _is_key_line(lines[-2]):
            del lines[-2]
        text = "\n".join(lines) + REDACTED + text[match.end() :]
    return text


def _is_key_line(line: str) -> bool:
    return re.fullmatch(r"\s*[A-Za-z0-9+/=]{16,}\s*", line) is not None
