"""A team's templates, tried on samples at the start."""

from datetime import datetime

from commands.ops import events
from commands.ops.house import House
from commands.ops.incidents import incidents, timeline
from commands.ops.texts import trying
from commands.ops.texts.samples import TEXTS
from commands.ops.texts.wording import worded
from commands.wording.incident_report import _values
from tests.commands.conftest import Asks
from tests.commands.decided import planned
from tests.commands.ops.texts.conftest import Words


def test_templates_that_work_are_not_told_of(words: Words) -> None:
    words("{{ incident.id }}")
    house = words("{% for line in lines %}* {{ line | inline }}{% endfor %}", "closure_report.md.j2")
    assert dict(trying.tried(house)) == {"closure_report.md.j2": "", "incident_report.md.j2": ""}
    trying.tell(house)
    assert events.last(house.journal.connection()) == 0


def test_one_that_fails_on_an_open_incident_alone_is_told(words: Words) -> None:
    house = words("{{ incident.id }} {{ incident.closed_by.name }}")
    trying.tell(house)
    [event] = events.since(house.journal.connection(), 0)
    assert event.kind == trying.KIND
    assert "'None' has no attribute 'name'" in str(event.data["said"])


def test_a_closure_report_that_leaves_out_a_site_is_told(words: Words) -> None:
    """The report is read again: a site that it names counts as accepted."""
    house = words("{{ lines | length }} sites", "closure_report.md.j2")
    assert "leaves out “lotus.dev" in trying.tried(house)["closure_report.md.j2"]


def test_every_built_in_text_works_on_its_samples(bare: House) -> None:
    for name, samples in TEXTS.items():
        for sample in samples:
            made = worded(bare, name, sample.values)
            assert made.problem == ""
            assert all(words in made.text for words in sample.must)


def test_the_samples_look_like_what_there_is(asks: Asks, house: House) -> None:
    incident = str(asks("batch incident open wave 2 --batch 001").incident)
    planned(house, "redeploy wave 2 --batch 001")
    asks(f"batch incident close {incident} --cause x")
    connection = house.journal.connection()
    found = incidents.get(connection, incident)
    real = _values(house, found, timeline.of_incident(connection, incident))
    assert _shape(TEXTS["incident_report.md.j2"][0].values) == _shape({**real, "clear_after": "x"})


def _shape(value: object) -> object:
    """Names and kinds, without what differs from case to case."""
    if isinstance(value, dict):
        return {name: _shape(one) for name, one in value.items() if name not in ("owner", "clear_at")}
    if isinstance(value, list | tuple):
        return _shape(value[0]) if value else None
    return "moment" if isinstance(value, datetime) else type(value).__name__
