"""The one pattern that a site's name must match before anything is done with it."""

import re

from commands.ops.errors import WrongUsage

LONGEST = 253  # characters of a whole name, RFC 1035 section 2.3.4
SHOWN = 60  # characters of a wrong one

# Lower-case letters, digits and inner hyphens (RFC 1123 section 2.1), two labels at least, the last not a number:
# nothing that a shell, a path or an option parser could read as something else.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,58}}[a-z0-9])")


def is_domain(text: str) -> bool:
    """Whether this is a domain as a site is called: `lotus.dev`."""
    return len(text) <= LONGEST and _DOMAIN.fullmatch(text) is not None


def named(text: str) -> str:
    """The domain a caller typed, in lower case.

    Raises:
        WrongUsage: it is not a domain.
    """
    domain = text.strip().lower()
    if not is_domain(domain):
        raise WrongUsage(f"{_shown(text)} is not a domain: a site is named like lotus.dev.")
    return domain


def _shown(text: str) -> str:
    short = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return f"“{short if short.isprintable() else short.encode('unicode_escape').decode('ascii')}”"
