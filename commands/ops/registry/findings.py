"""What is malformed in a registry, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "no_table",
    "no_header",
    "second_header",
    "double_column",
    "no_status_column",
    "conflict_mark",
    "no_domain",
    "bad_domain",
    "no_status",
    "bad_wave",
    "cell_count",
    "no_opening_pipe",
    "no_closing_pipe",
    "binary",
    "not_utf8",
]

# These are of the file as a whole, the others of one row.
BEYOND_MENDING: frozenset[Kind] = frozenset(
    {
        *("no_table", "no_header", "second_header", "double_column", "no_status_column"),
        *("conflict_mark", "binary"),
    }
)
SHOWN_LINES = 10

_SENTENCES: dict[Kind, str] = {
    "no_table": "has no table",
    "no_header": "has rows without a header, so their batch and status are unknown",
    "second_header": "has a second header",
    "double_column": "has two columns of one name, of which the first counts",
    "no_status_column": "has a header without a Status column, so no site's status is known",
    "conflict_mark": "has the marks of a merge that nobody resolved",
    "no_domain": "has a row without a domain",
    "bad_domain": "has a row whose first cell is not a domain",
    "no_status": "has a row without a status",
    "bad_wave": "has a wave that is not a number",
    "cell_count": "has a row with more or fewer cells than the header",
    "no_opening_pipe": "has a row that does not begin with a pipe",
    "no_closing_pipe": "has a row that is cut short: its closing pipe is missing",
    "binary": "has NUL bytes",
    "not_utf8": "has bytes that are not UTF-8",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One malformed place. `line` counts from 1; `found` is what stands there, for a person."""

    line: int
    kind: Kind
    found: str = ""


def sentences(findings: Iterable[Finding]) -> tuple[str, ...]:
    """One sentence a kind, with the lines it was found on, the first ten by number."""
    lines: dict[Kind, list[int]] = {}
    for finding in findings:
        lines.setdefault(finding.kind, []).append(finding.line)
    return tuple(f"The registry {_SENTENCES[kind]}{_places(kind, where)}." for kind, where in lines.items())


def sentence_of(kind: Kind) -> str:
    """What is wrong, of the registry: `has no table`."""
    return _SENTENCES[kind]


def _places(kind: Kind, lines: list[int]) -> str:
    if kind == "no_table":
        return ""
    word = "line" if len(lines) == 1 else "lines"
    more = f" and {len(lines) - SHOWN_LINES} more" if len(lines) > SHOWN_LINES else ""
    return f": {word} {', '.join(map(str, lines[:SHOWN_LINES]))}{more}"
