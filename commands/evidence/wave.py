"""The diagnosis of a wave in figures and tables: few in the summary, all in the thread."""

from commands.ops.host_settings import Ladder
from commands.ops.incidents.mutes import Mute
from commands.ops.waves.changes import WaveChanges
from commands.ops.waves.diagnosis import SiteInWork, WaveDiagnosis
from commands.reply import Facts, Lines, Part, Span, Table, Text, Value, When, without_empty_columns
from commands.wording.figures import count, span
from commands.wording.rates import rate, rate_figure
from commands.wording.wave import KINDS, causes, changes_in_words, exit_in_words

SOURCES = {"watch": "the watch", "table": "the registry", "git": "git", None: ""}
EXAMPLE = 160  # characters of an error line in a table


def parts(
    found: WaveDiagnosis, ladder: Ladder, accepted: Mute | None, changed: WaveChanges | None
) -> tuple[Part, ...]:
    """Everything, the summary first."""
    why = causes(found) if found.verdict != "finished" else []
    told = (
        [changes_in_words(changed, len(found.agents) if found.agents is not None else None)]
        if changed
        else []
    )
    said = [*told, *why, *([f"Its loss was accepted: {accepted.reason}"] if accepted else [])]
    shown: list[Part] = [Text("\n".join(f"• {sentence}" for sentence in said))] if said else []
    shown.append(_figures(found))
    if found.in_progress:
        shown.append(_sites(found))
    if found.log.errors:
        shown.append(_errors(found))
    if found.log.exit_codes:
        shown.append(_exits(found))
    shown.append(_runbook(found, ladder))
    if found.log.tail:
        shown.append(Lines(found.log.tail, f"The end of {found.log.path}"))
    if found.verdict in ("crashed", "degraded", "stuck") and not accepted:
        line = f"batch accept wave {found.wave} --batch {found.batch} --reason …"
        shown.append(Text(f"To accept the loss and mute its alerts: {line}", evidence=True))
    return tuple(shown)


def _figures(found: WaveDiagnosis) -> Facts:
    agents = None if found.agents is None else f"{len(found.agents)} of {found.expected} expected"
    items: list[tuple[str, Value]] = [
        ("Agents", agents),
        ("Implemented", f"{found.done} of {found.sites}"),
        ("In progress", len(found.in_progress)),
    ]
    if found.in_progress and found.in_progress[0].age_seconds is not None:
        items.append(("Longest in progress", Span(found.in_progress[0].age_seconds)))
    items.append(("Rate", rate_figure(found.rates)))
    return Facts(tuple(items))


def _sites(found: WaveDiagnosis) -> Table:
    rows = tuple(
        (
            one.site,
            None if one.age_seconds is None else Span(one.age_seconds),
            SOURCES[one.source],
            "" if one.agent is None else str(one.agent),
            _note(one, found),
        )
        for one in found.in_progress
    )
    columns = ("Site", "In progress for", "Known from", "Agent", "Note")
    return without_empty_columns(Table(columns, rows, "Sites in progress, the longest first"))


def _note(one: SiteInWork, found: WaveDiagnosis) -> str:
    alone = found.without_agent is not None and one.site in found.without_agent
    return ", ".join(filter(None, ["no agent" if alone else "", "overdue" if one.overdue else ""]))


def _errors(found: WaveDiagnosis) -> Table:
    rows = tuple(
        (
            KINDS[one.kind],
            one.count,
            When(one.first) if one.first else "",
            When(one.last) if one.last else "",
            one.example,
        )
        for one in found.log.errors
    )
    columns = ("Errors", "Count", "First", "Last", "Last line")
    return without_empty_columns(Table(columns, rows, f"Errors in {found.log.path}, by kind"))


def _exits(found: WaveDiagnosis) -> Table:
    rows = tuple((exit_in_words(code), number) for code, number in found.log.exit_codes)
    return Table(("Agents ended with", "Agents"), rows, "How agents ended since the last launch")


def _runbook(found: WaveDiagnosis, ladder: Ladder) -> Facts:
    """The counts that the runbook takes by hand, with what they are judged by here."""
    usual = f"{span(found.usual_seconds)}, {'the median of this wave' if found.usual_known else 'no history'}"
    kills: Value = "the kernel's log may not be read" if found.oom_kills is None else len(found.oom_kills)
    items: list[tuple[str, Value]] = [
        (f"Agents of batch {found.batch}", found.batch_agents),
        (f"Sites at {ladder.in_progress} in the batch", found.batch_counts[ladder.in_progress]),
        (f"Sites at {ladder.implemented} in the batch", found.batch_counts[ladder.implemented]),
        ("Agents launched", "none seen" if found.launched is None else found.launched),
        ("In progress without an agent", found.lost),
        ("Time a site may take", usual),
        ("Overdue after", Span(found.overdue_seconds)),
        ("Rate, 5 minutes ago", rate(found.rates.before)),
    ]
    if found.tool:
        launched, outcome = found.tool
        items += [("Launched from here", When(launched.started)), ("The tool of that launch", str(outcome))]
    if found.verdict in ("crashed", "degraded"):
        items.append(("Killed by the kernel for memory", kills))
    if found.unplaced:
        items.append(("Agents that tell no wave", count(len(found.unplaced), "agent")))
    return Facts(tuple(items), "Counts", evidence=True)
