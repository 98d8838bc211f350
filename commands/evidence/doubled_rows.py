"""Doubled sites for people: their rows, what speaks for each, which stays and by which rule."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from commands.reply import Facts, Part, Table, Text, Value, When, without_empty_columns
from commands.wording.figures import count
from commands.wording.unknown import clipped
from commands.wording.values import moment_or_text

# A site's name, and what `operations.dedupe.about_of` tells of it.
Site = tuple[str, Mapping[str, Any]]

MOST = 100  # rows of one table; a registry may have thousands of doubled sites
CELL = 60  # characters of a cell that are shown; one of the registry may have any number
LOG_LINE = 160
RULES = {
    "identical": "its rows are identical, the first stays",
    "chosen": "chosen by hand",
    "supported": "the only status that the files support",
    "furthest": "the furthest status that the files support",
    "latest": "the latest change of the furthest status",
    "undecided": "your choice: nothing proves which row is right",
}
HOW = (
    "A status counts only if the site's files support it; of those that count the furthest stays, then the latest"
    " change. Where nothing proves a row, somebody has to choose."
)


def conflicting(sites: Sequence[Site]) -> list[Site]:
    """Those whose rows do not say the same."""
    return [site for site in sites if site[1]["rule"] != "identical"]


def parts(sites: Sequence[Site], *, evidence: bool) -> tuple[Part, ...]:
    """How conflicts are decided, every row of them, and what the files and logs say; nothing where there is none."""
    chosen = conflicting(sites)
    if not chosen:
        return ()
    return (Text(HOW, evidence=evidence), _rows(chosen, evidence=evidence), _files(chosen))


def by_rule(sites: Sequence[Site]) -> Facts:
    """How many sites each rule decides."""
    number = Counter(about["rule"] for _, about in sites)
    items = tuple(
        (words[0].upper() + words[1:], number[rule]) for rule, words in RULES.items() if number[rule]
    )
    return Facts(items, "Sites, by what decides")


def identical_table(sites: Sequence[Site]) -> tuple[Part, ...]:
    """The sites whose rows are identical, with their lines; nothing where there is none."""
    rows = [
        (clipped(name, CELL), str(about["kept"]), _going(about))
        for name, about in sites
        if about["rule"] == "identical"
    ]
    if not rows:
        return ()
    return (Table(("Site", "Line that stays", "Lines that go"), *_first(rows, "Identical rows")),)


def said(row: Mapping[str, Any]) -> str:
    """`line 57: I, 2026-03-24T14:05:09Z, supported by its files`."""
    support = "supported by its files" if row["supported"] else "not supported by files"
    status, updated = (clipped(row[name], CELL) for name in ("status", "updated"))
    return ", ".join(filter(None, [f"line {row['line']}: {status or 'no status'}", updated, support]))


def _rows(sites: Sequence[Site], *, evidence: bool) -> Table:
    rows = [
        (
            clipped(name, CELL),
            str(row["line"]),
            clipped(row["status"], CELL),
            moment_or_text(clipped(row["updated"], CELL)),
            "yes" if row["supported"] else "no",
            _when(row["committed"], "never so"),
            _when(row["seen"], ""),
            _fate(about, row),
        )
        for name, about in sites
        for row in about["rows"]
    ]
    columns = ("Site", "Line", "Status", "Updated", "Files support it", "Committed", "Watch saw it", "A fix")
    shown, title = _first(rows, f"Conflicting rows of {count(len(sites), 'site')}")
    return without_empty_columns(Table(columns, shown, title, evidence=evidence))


def _fate(about: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    if about["kept"] is None:
        return RULES["undecided"]
    return f"keeps it: {RULES[about['rule']]}" if row["line"] == about["kept"] else "takes it out"


def _files(sites: Sequence[Site]) -> Table:
    rows = [
        (
            clipped(name, CELL),
            _there(about["design"]),
            _number(about["files"]),
            _when(about["newest"], ""),
            _there(about["page"]),
            clipped(about["log"], LOG_LINE),
        )
        for name, about in sites
    ]
    columns = ("Site", "Design", "Files", "Newest", "Page whole", "Last line of a log")
    return without_empty_columns(Table(columns, *_first(rows, "What lies on disk")))


def _first(rows: Sequence[tuple[Value, ...]], title: str) -> tuple[tuple[tuple[Value, ...], ...], str]:
    more = f", the first {MOST} of {len(rows):,}" if len(rows) > MOST else ""
    return tuple(rows[:MOST]), f"{title}{more}"


def _going(about: Mapping[str, Any]) -> str:
    return ", ".join(_other_lines(about))


def _other_lines(about: Mapping[str, Any]) -> Iterator[str]:
    return (str(row["line"]) for row in about["rows"] if row["line"] != about["kept"])


def _when(moment: str | None, otherwise: str) -> Value:
    return When(datetime.fromisoformat(moment)) if moment else otherwise


def _there(known: bool | None) -> str:  # noqa: FBT001 - a fact, no switch
    return "not readable" if known is None else "yes" if known else "no"


def _number(known: int | None) -> str:
    return "not readable" if known is None else str(known)
