"""The diagnosis of the registry in figures and tables: few in the summary, all in the thread."""

from collections.abc import Sequence

from commands.evidence import doubled_rows
from commands.evidence.doubled_rows import CELL
from commands.ops.integrity.diagnosis import RegistryDiagnosis
from commands.ops.integrity.integrity import Integrity
from commands.ops.operations.dedupe import about_of
from commands.ops.registry.findings import sentence_of
from commands.reply import Facts, Lines, Part, Table, Text, Value
from commands.wording import dedupe as dedupe_words
from commands.wording.dedupe import GIT
from commands.wording.figures import count
from commands.wording.unknown import clipped

MOST = 100  # rows of one table
NAMES_A_LINE = 4


def parts(seen: RegistryDiagnosis) -> tuple[Part, ...]:
    """Everything, the summary first."""
    found = seen.found
    if found is None:
        return (_figures(seen),)
    said = [*dedupe_words.sentences(found)[1:], *dedupe_words.reasons(seen)]
    sites = [(one.domain, about_of(one)) for one in seen.resolved]
    return (
        *(Text("\n".join(f"• {sentence}" for sentence in said)) for _ in said[:1]),
        _figures(seen),
        *doubled_rows.parts(sites, evidence=True),
        *doubled_rows.identical_table(sites),
        *_names("Missing from the registry", found.missing),
        *_malformed(found),
        *_strange(found),
    )


def _figures(seen: RegistryDiagnosis) -> Facts:
    found = seen.found
    items: list[tuple[str, Value]] = []
    if found:
        items = [
            ("Sites", found.sites),
            ("Doubled, identical rows", len(found.identical)),
            ("Doubled, conflicting rows", len(found.conflicting)),
            ("Surplus rows", found.surplus_rows),
            ("Missing", len(found.missing)),
        ]
    return Facts((*items, ("In git", GIT[seen.git]), ("Agents that may write", seen.agents)))


def _malformed(found: Integrity) -> tuple[Part, ...]:
    rows = [(str(one.line), sentence_of(one.kind), one.found) for one in found.malformed]
    return _table(("Line", "The registry", "What stands there"), rows, "Malformed lines")


def _strange(found: Integrity) -> tuple[Part, ...]:
    misplaced = [
        (clipped(one.row.domain, CELL), str(one.row.line), f"says {one.row.batch}, {one.listed_in} lists it")
        for one in found.misplaced
    ]
    outside = [
        (
            clipped(row.domain, CELL),
            str(row.line),
            f"says “{clipped(row.batch, CELL)}”" if row.batch else "says none",
        )
        for row in found.outside
    ]
    unexpected = _names("In no batch file", found.unexpected)
    return (
        *unexpected,
        *_table(("Site", "Line", "Batch"), [*misplaced, *outside], "Batches that do not fit"),
    )


def _names(title: str, names: Sequence[str]) -> tuple[Part, ...]:
    lines = tuple(
        ", ".join(clipped(name, CELL) for name in names[start : start + NAMES_A_LINE])
        for start in range(0, len(names), NAMES_A_LINE)
    )
    return (Lines(lines[:MOST], f"{title}: {count(len(names), 'site')}"),) if names else ()


def _table(columns: tuple[str, ...], rows: Sequence[tuple[Value, ...]], title: str) -> tuple[Part, ...]:
    more = f", the first {MOST} of {len(rows):,}" if len(rows) > MOST else ""
    return (Table(columns, tuple(rows[:MOST]), f"{title}{more}"),) if rows else ()
