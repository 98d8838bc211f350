"""Where a text names a site: literally and whole, so that neither `blue-lotus.dev` nor `lotus.dev.org` is lotus.dev."""

import re
from collections.abc import Container, Iterable, Iterator

# What may follow a site's name and still mean it: `lotus.dev-v1`, `lotus.dev-DESIGN.md`, the end of a sentence.
_BEFORE = r"(?<![\w.-])"
_AFTER = r"(?=-v\d|-DESIGN\b|(?![\w-]|\.\w))"

_WORD = re.compile(r"(?<![\w.-])[\w-]+(?:\.[\w-]+)+")
_ENDING = re.compile(r"-(?:v\d|DESIGN\b).*")


def finder(sites: Iterable[str]) -> re.Pattern[str]:
    """A pattern whose matches are the names of these sites in a text."""
    names = "|".join(re.escape(site) for site in sites) or r"(?!)"
    return re.compile(f"{_BEFORE}(?:{names}){_AFTER}")


def named(text: str, sites: Container[str]) -> Iterator[str]:
    """Which of many sites a text names: each word is looked up, since a pattern of hundreds of names is slow."""
    for word in _WORD.findall(text):
        name = _ENDING.sub("", word)
        if name in sites:
            yield name
