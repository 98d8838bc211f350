"""The diagnosis of a batch's finalization in figures and tables: few in the summary, all in the thread."""

from commands.ops.finalization.finalization import Finalization
from commands.ops.registry.findings import sentence_of
from commands.reply import Facts, Lines, Part, Size, Table, Text, Value, When
from commands.wording import finalize as finalize_words
from commands.wording.dedupe import GIT

SOURCES = {"file": "its own file", "commit": "the newest whole commit", "unknown": "nobody knows"}
MOST = 100  # rows of one table
NAMES_A_LINE = 4


def parts(found: Finalization) -> tuple[Part, ...]:
    """Everything, the summary first."""
    said = finalize_words.reasons(found)
    return (
        *(Text("\n".join(f"• {sentence}" for sentence in said)) for _ in said[:1]),
        _figures(found),
        *_lost(found),
        *_open(found),
        _by_status(found),
        *_remaining(found),
        *_malformed(found),
        _traces(found),
        *_logs(found),
    )


def _figures(found: Finalization) -> Facts:
    known = found.expected.source != "unknown"
    expected = len(found.expected.sites) if known else None
    return Facts(
        (
            ("Finalized", found.finalized),
            ("Implemented", found.implemented),
            ("Open", found.open),
            ("Sites", f"{found.total:,} of {expected:,} expected" if expected is not None else found.total),
            ("Lost", len(found.lost) if known else None),
        )
    )


def _lost(found: Finalization) -> tuple[Part, ...]:
    return _names("Lost sites", found.lost)


def _open(found: Finalization) -> tuple[Part, ...]:
    """Sites that are neither implemented nor finalized: each wave by letter."""
    done = (found.ladder.implemented, found.ladder.finalized)
    rows = [row for row in found.rows if row.status not in done]
    letters = list(dict.fromkeys(letter for letter in found.counts if letter not in done))
    present = [letter for letter in letters if any(row.status == letter for row in rows)]
    waves = sorted({row.wave for row in rows if row.wave is not None})
    of_wave = {wave: [row.status for row in rows if row.wave == wave] for wave in waves}
    table: tuple[tuple[Value, ...], ...] = tuple(
        (str(wave), *(statuses.count(letter) for letter in present)) for wave, statuses in of_wave.items()
    )
    columns = ("Wave", *(letter or "none" for letter in present))
    return (Table(columns, table[:MOST], "Open sites by wave and status"),) if table else ()


def _by_status(found: Finalization) -> Table:
    words = dict(found.ladder.steps)
    rows = tuple(
        (letter, words.get(letter, "unknown status" if letter else "no status"), number)
        for letter, number in found.counts.items()
    )
    return Table(("Status", "Meaning", "Sites"), rows, f"Batch {found.batch} by status")


def _remaining(found: Finalization) -> tuple[Part, ...]:
    if found.verdict != "partial":
        return ()
    names = tuple(row.domain for row in found.rows if row.status == found.ladder.implemented)
    return _names("Remaining sites", names)


def _malformed(found: Finalization) -> tuple[Part, ...]:
    rows = tuple((str(one.line), sentence_of(one.kind), one.found) for one in found.malformed)
    table = Table(("Line", "The registry", "What stands there"), rows[:MOST], "Malformed lines")
    doubled = tuple((one.domain, ", ".join(map(str, one.lines))) for one in found.doubled)
    doubles = Table(("Site", "Lines"), doubled[:MOST], "Sites with several rows")
    return (*((table,) if rows else ()), *((doubles,) if doubled else ()))


def _traces(found: Finalization) -> Facts:
    """What may stand in the way of a finalization."""
    traces = found.traces
    launched = traces.launched
    items: list[tuple[str, Value]] = [
        ("Expected sites known from", SOURCES[found.expected.source]),
        ("Agents and launchers", None if found.agents is None else len(found.agents)),
        ("The tool runs", ", ".join(f"process {one.pid}" for one in traces.running) or "no"),
        ("The registry's lock", "held by a tool" if traces.locked else "free"),
        ("The registry is held by", ", ".join(one.text for one in traces.holders) or "nobody"),
        ("The registry in git", GIT[traces.git]),
        ("Disk free", None if traces.disk.free_bytes is None else Size(traces.disk.free_bytes)),
        ("Disk level", traces.disk.level),
    ]
    if launched:
        items += [("Called from here last", When(launched[0].started)), ("How that ended", str(launched[1]))]
    return Facts(tuple(items), "What may stand in its way", evidence=True)


def _logs(found: Finalization) -> tuple[Part, ...]:
    """What the tool wrote and printed last, and the last errors of the host; a log that is missing is told."""
    traces = found.traces
    missing = (Text(f"{traces.log.path}: {traces.log.problem}", evidence=True),) if traces.log.problem else ()
    shown = (
        (traces.log.lines, f"The end of {traces.log.path}"),
        (traces.last_words, "What the tool printed when it was called from here last"),
        (traces.errors.lines, f"The last errors in {traces.errors.path}"),
    )
    return (*missing, *(Lines(lines, title) for lines, title in shown if lines))


def _names(title: str, names: tuple[str, ...]) -> tuple[Part, ...]:
    starts = range(0, len(names), NAMES_A_LINE)
    lines = tuple(", ".join(names[start : start + NAMES_A_LINE]) for start in starts)
    return (Lines(lines[:MOST], f"{title}: {len(names):,}"),) if names else ()
