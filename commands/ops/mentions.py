"""Where a text names a site: literally and whole, so that neither `blue-lotus.dev` nor `lotus.dev.org` is lotus.dev."""

import re
from collections.abc import Iterable

# What may follow a site's name and still mean it: `lotus.dev-v1`, `lotus.dev-DESIGN.md`, the end of a sentence.
_BEFORE = r"(?<![\w.-])"
_AFTER = r"(?=-v\d|-DESIGN\b|(?![\w-]|\.\w))"


def finder(sites: Iterable[str]) -> re.Pattern[str]:
    """A pattern whose matches are the names of these sites in a text."""
    names = "|".join(re.escape(site) for site in sites) or r"(?!)"
    return re.compile(f"{_BEFORE}(?:{names}){_AFTER}")
