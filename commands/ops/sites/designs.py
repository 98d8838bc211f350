"""A site's design, and whether it is compliant: the headings it must have, and colors that are colors."""

import re
from dataclasses import dataclass
from pathlib import Path

from commands.ops.domains import is_domain
from commands.ops.host_settings import Designs
from commands.ops.house import House
from commands.ops.machine.files import files
from commands.ops.machine.files.files import Missing, Unreadable

MOST_BYTES = 1024**2
SHOWN = 3

_HEADING = re.compile(r"^#{1,6}\s+(.+)$", re.MULTILINE)
_COLOR = re.compile(r"(?<![\w&/(#])#([0-9A-Za-z]{3,8})(?!\w)")
_RIGHT_LENGTHS = (3, 4, 6, 8)  # of a color's digits: https://www.w3.org/TR/css-color-4/#hex-notation
_FULL = 6


@dataclass(frozen=True, slots=True)
class Design:
    """A design. path: under the root. present: None where it may not be read. faults: why it is not compliant."""

    path: str
    present: bool | None
    faults: tuple[str, ...] = ()


def read(house: House, domain: str) -> Design:
    """Look at a site's design; there is none for what is no domain, since no path is made of that."""
    path = str(Path(house.settings.tree.designs) / f"{domain}-DESIGN.md")
    if not is_domain(domain):
        return Design(path, present=False)
    try:
        data = files.beginning(house.machine.root / path, MOST_BYTES)
    except Missing:
        return Design(path, present=False)
    except Unreadable:
        return Design(path, None)
    text = data.decode("utf-8", "backslashreplace")
    if not text.strip():
        return Design(path, present=False)
    return Design(path, present=True, faults=faults(text, house.settings.designs))


def faults(text: str, rules: Designs) -> tuple[str, ...]:
    """Why a design is not compliant, each a phrase: `no heading on layout`, `#12345G is no color`."""
    headings = [heading.lower() for heading in _HEADING.findall(text)]
    missing = [words for words in rules.headings if not _is_among(words, headings)]
    said = [f"no heading on {words.partition('|')[0]}" for words in missing]
    values = _COLOR.findall(text)
    full = sum(len(value) == _FULL and _is_hex(value) for value in values)
    if full < rules.colors:
        said.append(f"{full} of at least {rules.colors} #RRGGBB values" if full else "no #RRGGBB value")
    wrong = [f"#{value}" for value in dict.fromkeys(values) if _is_malformed(value)]
    if wrong:
        more = f" and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        said.append(
            f"{', '.join(wrong[:SHOWN])}{more} {'is no color' if len(wrong) == 1 else 'are no colors'}"
        )
    return tuple(said)


def _is_among(words: str, headings: list[str]) -> bool:
    wanted = re.compile(rf"\b(?:{'|'.join(map(re.escape, words.lower().split('|')))})")
    return any(wanted.search(heading) for heading in headings)


def _is_malformed(value: str) -> bool:
    """Whether it was meant to be a color, and is none: hex digits of a wrong number, or six that are not all hex.

    `#contact` is an anchor, `#42` an issue: neither was meant to be one.
    """
    if _is_hex(value):
        return len(value) not in _RIGHT_LENGTHS
    mixed = any(char.isdigit() for char in value) or len(set(value.lower())) == 1
    return len(value) == _FULL and mixed


def _is_hex(value: str) -> bool:
    return all(char in "0123456789abcdefABCDEF" for char in value)
