"""The diagnosis of a site in figures and tables: few in the summary, all in the thread."""

from commands.ops.host_settings import Ladder
from commands.ops.settings import OpsSettings
from commands.ops.sites.diagnosis import SiteDiagnosis
from commands.ops.waves.log import errors_of
from commands.reply import Facts, Lines, Part, Size, Span, Table, Text, Value, When, without_empty_columns
from commands.wording.figures import count, listed
from commands.wording.wave import KINDS

ERRORS = 5
AGENT = {"busy": "at work on it", "free": "none", "unclear": "cannot be told", None: None}


def parts(found: SiteDiagnosis, settings: OpsSettings) -> tuple[Part, ...]:
    """Everything, the summary first."""
    ladder, tree = settings.ladder, settings.tree
    shown: list[Part] = [_figures(found, ladder), _rows(found)]
    if found.error_lines:
        shown += [_errors(found), _last_errors(found)]
    if found.phases:
        shown.append(_history(found, ladder))
    shown.append(_files(found))
    if found.cause not in ("none", "bad_name", "never_started"):
        shown.append(Text(_by_hand(found, ladder, f"{tree.sites}/{found.site}-v1"), evidence=True))
    return tuple(shown)


def _figures(found: SiteDiagnosis, ladder: Ladder) -> Facts:
    word = dict(ladder.steps).get(found.row.status, "unknown status")
    design = {True: "compliant", False: "missing", None: None}[found.design.present]
    items: list[tuple[str, Value]] = [
        ("Status", f"{found.row.status} ({word})"),
        ("For", Span(found.phases[-1].seconds) if found.phases else None),
        ("Batch", found.row.batch),
        ("Wave", "none" if found.row.wave is None else str(found.row.wave)),
        ("Agent", AGENT[found.agent]),
        ("Design", listed(found.design.faults) if found.design.faults else design),
        ("Files", found.files.files),
        ("Tried", f"{count(len(found.attempts), 'time')}, failed {found.failed}"),
    ]
    return Facts(tuple(items))


def _rows(found: SiteDiagnosis) -> Lines:
    title = "Its registry row" if len(found.rows) == 1 else f"Its {len(found.rows)} registry rows"
    return Lines(
        tuple(f"{row.line}: {row.raw.strip().decode('utf-8', 'backslashreplace')}" for row in found.rows),
        title,
    )


def _errors(found: SiteDiagnosis) -> Table:
    rows = tuple(
        (KINDS[one.kind], one.count, When(one.first) if one.first else "", When(one.last) if one.last else "")
        for one in errors_of(found.error_lines)
    )
    return without_empty_columns(
        Table(("Errors", "Count", "First", "Last"), rows, "Errors that name it, by kind")
    )


def _last_errors(found: SiteDiagnosis) -> Lines:
    lines = found.error_lines[-ERRORS:]
    return Lines(lines, f"The last {count(len(lines), 'error')}, of all logs")


def _history(found: SiteDiagnosis, ladder: Ladder) -> Table:
    words = dict(ladder.steps)
    rows = tuple(
        (
            "not in the registry"
            if one.status is None
            else f"{one.status} ({words.get(one.status, 'unknown')})",
            When(one.since),
            Span(one.seconds),
        )
        for one in found.phases
    )
    return Table(("Status", "Since", "For"), rows, "Its history, oldest first")


def _files(found: SiteDiagnosis) -> Facts:
    size = None if found.files.bytes is None else Size(found.files.bytes)
    page = {True: "whole", False: "missing or not whole", None: None}[found.files.page]
    items: list[tuple[str, Value]] = [
        ("Design", found.design.path),
        ("Files", found.files.files),
        ("Size", size),
        ("Newest", When(found.files.newest) if found.files.newest else "none"),
        ("Index page", page),
        ("Logs that name it", listed([one.path for one in found.logs if one.lines]) or "none"),
    ]
    return Facts(tuple(items), "On disk", evidence=True)


def _by_hand(found: SiteDiagnosis, ladder: Ladder, directory: str) -> str:
    site = found.site
    return (
        f"By hand: make its pages in {directory}, then batch mark {site} {ladder.implemented} --reason …; the"
        f" batch's finalization takes it from there. To move on without it: batch mark {site} {ladder.finalized}"
        " --reason …, which also writes the closure report."
    )
