"""An escalation after it was sent: taken once, asked about, called out a bounded number of times, resolved."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from commands.ops import events, later
from commands.ops.house import House
from commands.ops.incidents import escalations, timeline
from commands.ops.incidents.escalations import Escalation, Handover
from commands.ops.roles import OURSELVES, Caller
from commands.reply import Reply, Text
from tests.clocks import MovedClock
from tests.commands.conftest import ASHA, OMAR, VERA, house_of, settings_of
from tests.commands.decided import ask_in

FIELDS = {"issue": "all is lost\nand more", "severity": "High"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    root = tmp_path / "root"
    root.mkdir()
    made = house_of(settings_of(root, tmp_path / "state"), MovedClock())
    yield made
    made.journal.close()


@pytest.fixture
def known(house: House) -> Escalation:
    """Sent a moment ago, about an incident of the disk."""
    incident = str(ask_in(house, "batch incident open disk").incident)
    given = Handover(incident, FIELDS, "ISSUE: all is lost\n\nIMPACT: none", house.clock.now(), OMAR)
    with house.journal.write() as transaction:
        made = escalations.begin(transaction, given)
        escalations.hand_over(transaction, made, ())
        later.put(transaction, _in(house, 15), f"batch escalation call {made.id}", made.line, OURSELVES)
    return made


def _in(house: House, minutes: float) -> datetime:
    return house.clock.now() + timedelta(minutes=minutes)


def _move(house: House, seconds: float) -> None:
    assert isinstance(house.clock, MovedClock)
    house.clock.move(seconds)


def _kinds(house: House, known: Escalation) -> list[str]:
    return [one.kind for one in events.since(house.journal.connection(), 0) if one.subject == known.line]


def _wake(house: House) -> list[Reply]:
    """What the alarm clock asks now."""
    due = later.due(house.journal.connection(), house.clock.now())
    for one in due:
        with house.journal.write() as transaction:
            assert later.done(transaction, one.id, house.clock.now())
    return [ask_in(house, one.line, one.caller) for one in due]


def test_it_is_shown_with_its_text_and_what_one_may_do(known: Escalation, house: House) -> None:
    reply = ask_in(house, known.line, VERA)
    assert reply.headline == f"{known.id}, High, nobody has it yet: all is lost and more"
    assert reply.severity == "critical"
    assert [(part.title, part.text) for part in reply.parts if isinstance(part, Text)] == [
        ("ISSUE", "all is lost"), ("IMPACT", "none"),
    ]  # fmt: skip
    assert [one.label for one in reply.proposals] == ["On it", "Need more", "Resolved", "Show incident"]


def test_one_person_takes_it_and_the_next_is_told_who(known: Escalation, house: House) -> None:
    _move(house, 180)
    assert ask_in(house, f"batch escalation take {known.id}", VERA).outcome == "fine"
    now = ask_in(house, known.line)
    assert "Vera is on it, 3 min after it was escalated" in now.headline
    assert now.facts["state"] == "taken"
    assert "On it" not in [one.label for one in now.proposals]
    second = ask_in(house, f"batch escalation take {known.id}", ASHA)
    assert second.error == f"Vera is on {known.id} already."


def test_a_question_is_on_the_incidents_timeline(known: Escalation, house: House) -> None:
    assert ask_in(house, f"batch escalation more {known.id} which commit?", ASHA).outcome == "fine"
    last = timeline.of_incident(house.journal.connection(), str(known.incident))[-1]
    assert (last.who, last.text) == (ASHA, f"{known.id}: asks: which commit?")
    form = ask_in(house, f"batch escalation more {known.id}", ASHA).form
    assert form is not None
    assert form.fields[0].name == "text"
    os_ann = Caller("os:ann", "ann", "terminal")
    assert "A question says something" in ask_in(house, f"batch escalation more {known.id}", os_ann).headline


def test_resolved_it_tells_how_long_it_took_and_stays_so(known: Escalation, house: House) -> None:
    _move(house, 180)
    ask_in(house, f"batch escalation take {known.id}", ASHA)
    _move(house, 2220)
    told = ask_in(house, f"batch escalation resolve {known.id}", ASHA)
    assert told.headline == (
        f"{known.id} is resolved: taken after 3 min, resolved 37 min later, 40 min in all."
    )
    reply = ask_in(house, known.line)
    assert (reply.outcome, reply.severity, reply.facts["state"]) == ("fine", "ok", "resolved")
    assert [one.label for one in reply.proposals] == ["Show incident"]
    for line in ("take", "resolve", "more"):
        again = ask_in(house, f"batch escalation {line} {known.id} please", ASHA)
        assert again.error or again.outcome == "usage"
    assert ask_in(house, "batch escalation list").outcome == "fine"


def test_a_resolved_one_lets_its_incident_be_escalated_again(known: Escalation, house: House) -> None:
    ask_in(house, f"batch escalation resolve {known.id}")
    assert ask_in(house, f"escalate {known.incident}").form is not None


def test_nobody_answers_so_it_is_called_out_three_times_and_then_that_is_said(
    known: Escalation, house: House
) -> None:
    assert _wake(house) == []
    for _ in range(4):
        _move(house, 900)
        assert len(_wake(house)) == 1
    _move(house, 9000)
    assert _wake(house) == []
    kinds = [kind for kind in _kinds(house, known) if kind != "escalated"]
    assert kinds == ["escalation call"] * 3 + ["escalation unanswered"]
    assert "after 3 more calls" in ask_in(house, known.line).headline


def test_once_taken_nobody_is_called_any_more(known: Escalation, house: House) -> None:
    _move(house, 900)
    _wake(house)
    ask_in(house, f"batch escalation take {known.id}", ASHA)
    _move(house, 900)
    _wake(house)
    assert _kinds(house, known).count("escalation call") == 1
    _move(house, 900)
    assert _wake(house) == []


def test_called_by_hand_the_clock_begins_anew_and_not_twice(known: Escalation, house: House) -> None:
    _move(house, 600)
    ask_in(house, f"batch escalation call {known.id}", ASHA)
    _move(house, 600)
    assert _wake(house) == []
    _move(house, 300)
    assert len(_wake(house)) == 1


def test_what_could_not_be_posted_is_tried_again_with_the_next_call(known: Escalation, house: House) -> None:
    with house.journal.write() as transaction:
        escalations.not_posted(transaction, known, "not_in_channel", house.clock.now())
    assert ("Not posted", "not_in_channel") in ask_in(house, known.line).parts[-1].items  # type: ignore[union-attr]
    _move(house, 900)
    _wake(house)
    assert _kinds(house, known).count("escalated") == 2


def test_how_often_and_how_long_is_a_setting(known: Escalation, house: House) -> None:
    rules = replace(house.settings.escalation, repeats=0)
    quiet = replace(house, settings=replace(house.settings, escalation=rules))
    _move(house, 900)
    _wake(quiet)
    assert _kinds(house, known)[-1] == "escalation unanswered"


def test_a_wrong_id_is_told(house: House) -> None:
    assert "There is no escalation E-NOPE" in ask_in(house, "batch escalation show E-NOPE").headline
