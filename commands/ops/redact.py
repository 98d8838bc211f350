"""Secrets out of text, before it is cut, kept or shown anywhere."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from commands.ops.secret_patterns import FORMS, KEY_BLOCK, KEY_END, KEY_LINE, USERINFO

REDACTED = "[redacted]"
PIECE = 32 * 1024  # characters: a search holds the interpreter to its end, and with it the acks
SHORTEST = 6  # characters of a secret of ours: a shorter one would blot out ordinary words


class Redactor:
    """Replaces what looks like a secret, and each of the given ones, by `[redacted]`."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """`secrets`: our own, which are found whatever they look like."""
        long_enough = [secret for secret in secrets if len(secret) >= SHORTEST]
        forms = {form for secret in long_enough for form in (secret, quote(secret, safe=""))}
        longest_first = sorted(forms, key=len, reverse=True)
        self._own = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def clean(self, text: str) -> str:
        """The text without secrets; its lines stay lines, except those of a private key, which become one."""
        if self._own:
            text = self._own.sub(REDACTED, text)
        if KEY_BLOCK.may_be_in(text.lower()):
            text = _without_cut_keys(KEY_BLOCK.pattern.sub(REDACTED, text))
        return "".join(map(_cleaned, _pieces(text)))


def _pieces(text: str) -> Iterator[str]:
    """Some whole lines at a time: none of the forms goes beyond a line."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + PIECE) + 1 or len(text)
        yield text[start:end]
        start = end


def _cleaned(text: str) -> str:
    hints = text.lower()
    if USERINFO.may_be_in(hints):
        text = USERINFO.pattern.sub(_userinfo, text)
    for form in FORMS:
        if form.may_be_in(hints):
            text = form.pattern.sub(_kept, text)
    return text


def _kept(match: re.Match[str]) -> str:
    return f"{match[1] if match.re.groups else ''}{REDACTED}"


def _userinfo(match: re.Match[str]) -> str:
    """A user's name alone is no secret (`ssh://git@host`), but over HTTP it is mostly a token."""
    over_http = match.string[max(match.start() - 5, 0) : match.start()].lower().endswith(("http", "https"))
    return f"://{REDACTED}@" if ":" in match[1] or over_http else match[0]


def _without_cut_keys(text: str) -> str:
    """A text that was cut may have only a private key's end: the lines of key above it go as well."""
    lines: list[str] = []
    for line in text.split("\n"):
        if KEY_END.pattern.search(line):
            while lines and KEY_LINE.fullmatch(lines[-1]):
                lines.pop()
        lines.append(KEY_END.pattern.sub(REDACTED, line))
    return "\n".join(lines)
