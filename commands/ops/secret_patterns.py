r"""What secrets look like.

Each pattern takes time in proportion to the text, whatever the text: after a repeat without a bound nothing is
required, or what is required cannot be part of the repeat. Each comes with words of which one must be in the text
(in lower case), so that a text without secrets is searched for words only.

Sources: the issuers' own prefixes, as collected in https://github.com/gitleaks/gitleaks (config/gitleaks.toml).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a secret. Where the pattern has a group, that group is kept and the rest is the secret."""

    hints: tuple[str, ...]
    pattern: re.Pattern[str]

    def may_be_in(self, lower_case: str) -> bool:
        """Whether a search is worth it."""
        return any(hint in lower_case for hint in self.hints)


def _issued(prefix: str, rest: str, not_after: str = "A-Za-z0-9") -> Form:
    """A key by its issuer's prefix. The prefix stands first, for a quick search, then what may not precede it."""
    literal = re.escape(prefix)
    start = rf"{literal}(?<![{not_after}]{literal})" if not_after else literal
    return Form((prefix.lower(),), re.compile(start + rest))


def _named(hints: str, pattern: str) -> Form:
    return Form(tuple(hints.split()), re.compile(pattern, re.IGNORECASE))


def _issued_keys() -> Iterator[Form]:
    yield _issued("xox", r"[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{8,}")  # Slack: bot, user, refresh, configuration
    yield _issued("xapp-", r"[A-Za-z0-9-]{8,}")  # Slack: app-level
    yield Form(("hooks.slack",), re.compile(r"hooks\.slack\.com/(?:services|workflows|triggers)/[\w/-]+"))
    for kind in ("AKIA", "ASIA", "ABIA", "ACCA", "AROA", "AIDA"):  # AWS
        yield _issued(kind, r"[A-Z0-9]{16}(?![A-Za-z0-9])")
    for kind in "pousr":  # GitHub
        yield _issued(f"gh{kind}_", r"[A-Za-z0-9]{16,}")
    yield _issued("github_pat_", r"\w{16,}")
    yield _issued("gl", r"(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas|imt)-[\w-]{16,}")  # GitLab
    # Anthropic, OpenAI: one capital or digit at least, which a word like sk-dashboard-component lacks.
    yield _issued("sk-", r"[a-z_-]{0,24}[A-Z0-9][\w-]{12,}")
    yield _issued("k_", r"(?:live|test)_\w{16,}", not_after="")  # Stripe: sk_, rk_, pk_
    yield _issued("AIza", r"[\w-]{35}")  # Google
    yield _issued("ya29.", r"[\w-]{16,}")
    yield _issued("SG.", r"[\w-]{16,}\.[\w-]{16,}", not_after=r"\w.-")  # SendGrid
    yield _issued("npm_", r"[A-Za-z0-9]{36}")
    yield _issued("pypi-", r"[\w-]{32,}")
    yield _issued("hf_", r"[A-Za-z0-9]{20,}")  # Hugging Face
    yield _issued("_v1_", r"[a-f0-9]{64}", not_after="")  # DigitalOcean
    yield _issued(":AA", r"[\w-]{33}", not_after="")  # Telegram
    yield _issued("eyJ", r"[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?", not_after=r"\w-")  # JSON web token


def _headers() -> Iterator[Form]:
    yield _named(
        "authorization", r"(authorization\\?[\"']?[ \t]*[:=][ \t]*+\\?+[\"']?+)(?!\[redacted)[^\"'\r\n\\]+"
    )
    yield _named("cookie", r"(\b(?:set-)?cookie2?[\"']?:[ \t]*)[^\r\n]+")
    yield _named("x-", r"(\bx-[a-z-]{0,30}(?:key|token|secret|auth)\\?[\"']?:[ \t]*\\?[\"']?)[^\s\"'\\]+")
    # Outside a header a digit or a sign is asked for: “bearer authentication” is prose.
    yield _named("bearer", r"(\bbearer[ \t]+)[a-z]*[\d._~+/=-][\w.~+/=-]{6,}")
    yield _named("basic", r"(\bbasic[ \t]+)(?:[a-z+/]*\d[a-z0-9+/]{6,}={0,2}|[a-z+/]{8,}=)")


# The name's end decides: `max_tokens=4096` and `token_count: 7` are no secrets.
_NAME = (
    r"(?:pass(?:word|wd|phrase|code)|secret(?:[_-]?(?:access)?[_-]?key)?(?:[_-]base)?|token|credentials?"
    r"|(?:api|access|private|account|encryption|signing|auth)[_-]?key|_auth|_pwd|_pass)"
)
_HINTS = "pass secret token credential key _auth _pwd"
_VALUE = (
    r"(?:\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|\\[\"'][^\"'\\\n]*"
    r"|(?!\[redacted\])(?:[^\s\"'&,;)}\]\\]|[,;)}\]](?=[^\s\"']))+)"
)


def _named_values() -> Iterator[Form]:
    yield _named(_HINTS, rf"({_NAME}\\?[\"']?[ \t]*(?>=>|:=|[:=])[ \t]*+){_VALUE}")
    yield _named("--", rf"((?<![\w-])--[a-z-]{{0,30}}(?:{_NAME}|pwd|pat)[ \t]++){_VALUE}")
    yield _named("curl", r"(\bcurl\b[^\r\n]{0,400}?[ \t](?:-u|--user)[ \t=]?)[^\s:]+:\S+")


FORMS = (*_headers(), *_issued_keys(), *_named_values())

_KEY = r"[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"

# A private key in PEM or PGP armour, up to its end or the end of the text; and an end alone, of a text that was cut.
KEY_BLOCK = Form(("private key",), re.compile(rf"-----BEGIN {_KEY}.*?(?:-----END {_KEY}|\Z)", re.DOTALL))
KEY_END = Form(("private key",), re.compile(rf"-----END {_KEY}"))
KEY_LINE = re.compile(r"\s*[A-Za-z0-9+/=]{16,}\s*")

# https://user:password@host, and a token in the user's place.
USERINFO = Form(("://",), re.compile(r"://([^\s/?#\"'<>]+)@"))
