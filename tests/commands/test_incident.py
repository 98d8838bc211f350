"""Incidents: opened by the first diagnosis that finds trouble, followed, handed over, closed with a report."""

import sqlite3
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from commands.answer import answer
from commands.demo_host import host
from commands.ops.house import House
from commands.ops.incidents import incidents, timeline
from commands.ops.incidents.incidents import Incident
from commands.reply import Ask, Reply, Text
from commands.words import words
from tests.commands.conftest import ASHA, NICO, OMAR, VERA, Asks
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.registries import put, wave_sites
from tests.commands.watched import clock_of

WAVE = "batch wave 2 --batch 001"


@pytest.fixture
def crashed(demo_host: Path) -> Path:
    """A host whose wave 2 has lost most of its agents."""
    host.break_host(demo_host, "crash")
    return demo_host


def _open(house: House) -> Incident:
    [one] = incidents.all_open(house.journal.connection())
    return one


def _kinds(house: House, incident: Incident) -> list[str]:
    return [entry.kind for entry in timeline.of_incident(house.journal.connection(), incident.id)]


def _texts(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Text))


@pytest.mark.usefixtures("crashed")
def test_the_first_diagnosis_that_finds_trouble_opens_an_incident(asks: Asks, house: House) -> None:
    reply = asks(WAVE, VERA)
    known = _open(house)
    assert reply.incident == known.id
    assert (known.resource, known.subject, known.opened_by) == ("wave 2 of batch 001", WAVE, VERA)
    assert known.what == reply.headline
    assert f"This is incident {known.id}." in _texts(reply)


@pytest.mark.usefixtures("crashed")
def test_a_later_diagnosis_goes_onto_its_timeline(asks: Asks, house: House) -> None:
    first = asks(WAVE)
    assert asks(WAVE, ASHA).incident == first.incident
    entries = timeline.of_incident(house.journal.connection(), str(first.incident))
    assert [(entry.kind, entry.who) for entry in entries] == [("opened", OMAR), ("diagnosis", ASHA)]


def test_a_wave_that_is_well_opens_none(asks: Asks, house: House) -> None:
    assert asks("batch wave 1 --batch 001").incident is None
    assert incidents.all_open(house.journal.connection()) == ()


@pytest.mark.usefixtures("crashed")
def test_a_wrong_line_and_a_stranger_open_none(asks: Asks, house: House) -> None:
    asks("batch wave 99 --batch 001")
    asks(WAVE, NICO)
    assert incidents.all_open(house.journal.connection()) == ()


@pytest.mark.usefixtures("crashed")
def test_a_message_that_is_kept_up_to_date_writes_nothing(house: House) -> None:
    ask = Ask("follow", words(WAVE), OMAR, house.clock.now(), again=True)
    assert answer(ask, house).incident is None
    opened = answer(replace(ask, again=False), house)
    assert answer(ask, house).incident == opened.incident
    assert _kinds(house, _open(house)) == ["opened"]


@pytest.mark.usefixtures("crashed")
def test_plans_decisions_and_runs_go_onto_its_timeline(asks: Asks, house: House) -> None:
    asks(WAVE)
    plan = planned(house, "redeploy wave 2 --batch 001")
    assert asks(f"batch plan {plan}").incident == _open(house).id
    declined = ask_in(house, f"batch decline {plan} --reason later", ASHA)
    assert declined.facts["state"] == "declined"
    entries = timeline.of_incident(house.journal.connection(), _open(house).id)[1:]
    assert [(entry.kind, entry.who and entry.who.name) for entry in entries] == [
        ("plan", "Omar"),
        ("decision", "Asha"),
    ]
    assert entries[0].link == f"batch plan {plan}"


def test_a_run_is_on_the_timeline_with_who_ran_it_and_how_it_ended(
    asks: Asks, house: House, crashed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(WAVE)
    monkeypatch.setenv("DEMO_HOST_SPEED", "200")
    run_in(house, planned(house, "redeploy wave 2 --batch 001"))
    runs = [
        one for one in timeline.of_incident(house.journal.connection(), _open(house).id) if one.kind == "run"
    ]
    assert [one.text.split()[1].rstrip(":") for one in runs] == ["running", "done"]
    assert {one.who and one.who.name for one in runs} == {"Omar"}
    host.stop(crashed)


def test_trouble_that_is_no_longer_found_is_said_and_closing_is_offered(
    asks: Asks, house: House, crashed: Path
) -> None:
    asks(WAVE)
    put(crashed, "I", *wave_sites(crashed, 2))
    host.stop(crashed)
    reply = asks(WAVE)
    known = _open(house)
    assert reply.outcome == "fine"
    assert "finds no trouble any more" in _texts(reply)
    assert f"batch incident close {known.id}" in [one.line for one in reply.proposals]
    assert known.clear_at == house.clock.now()
    asks(WAVE)
    assert _kinds(house, known) == ["opened", "clear", "diagnosis"]


@pytest.mark.usefixtures("crashed")
def test_what_cannot_be_written_keeps_nobody_from_the_answer(
    asks: Asks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> AbstractContextManager[sqlite3.Connection]:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("commands.ops.journal.Database.write", full)
    reply = asks(WAVE)
    assert reply.outcome == "trouble"
    assert "database or disk is full" in reply.problems[-1]


def test_an_incident_is_opened_by_hand_once(asks: Asks, house: House) -> None:
    first = asks("batch incident open disk --why /var is full")
    assert first.headline == f"Incident {_open(house).id}, disk, is open: /var is full"
    again = asks("batch incident open disk", ASHA)
    assert again.incident == first.incident
    assert again.told == f"{first.incident} was open already."


@pytest.mark.parametrize(
    ("typed", "resource"),
    [
        ("wave 2 --batch 1", "wave 2 of batch 001"),
        ("batch 1", "finalization of batch 001"),
        ("site Lotus.dev", "site lotus.dev"),
        ("REGISTRY", "registry"),
        ("network", "network"),
    ],
)
def test_a_resource_is_named_as_people_type_it(typed: str, resource: str, asks: Asks, house: House) -> None:
    asks(f"batch incident open {typed}")
    assert _open(house).resource == resource


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("batch incident open", "RESOURCE"),
        ("batch incident open moon", "“moon” is nothing that an incident is about; this is: wave N"),
        ("batch incident open wave 99 --batch 001", "There is no wave 99"),
        ("batch incident open batch 077", "There is no batch 077"),
        ("batch incident open site ../x", "is not a domain"),
        ("batch incident open disk now", "nothing that an incident is about"),
        ("batch incident show I-2222", "There is no incident I-2222; “batch incident list” shows"),
        ("batch incident show", "No incident is open"),
        ("batch incident close --cause x", "No incident is open"),
        ("batch incident hand I-2222 me", "There is no incident I-2222"),
        ("batch note hello", "No incident is open"),
        ("batch quiet", "SPAN"),
        ("batch quiet soon", "is not a span of time"),
        ("batch quiet 30d", "1 min to 7 d"),
        ("batch quiet 2h moon", "nothing that an incident is about"),
    ],
)
def test_what_goes_wrong_is_one_sentence(line: str, said: str, asks: Asks) -> None:
    reply = asks(line)
    assert (reply.outcome, reply.audience) == ("usage", "caller")
    assert said in str(reply.error)


def test_a_viewer_may_look_and_nothing_else(asks: Asks) -> None:
    assert asks("batch incident open disk").outcome == "fine"
    assert asks("batch incident", VERA).outcome == "trouble"
    for line in ("open host", "hand I-2222 me", "close --cause x"):
        assert asks(f"batch incident {line}", VERA).outcome == "refused"
    assert asks("batch note hello", VERA).outcome == "refused"
    assert asks("batch quiet 2h", VERA).outcome == "refused"


def test_it_is_handed_over(asks: Asks, house: House) -> None:
    asks("batch incident open disk")
    known = _open(house)
    assert asks(f"batch incident hand {known.id} me", ASHA).facts["owner"] == "Asha"
    assert asks(f"batch incident hand {known.id} @U0ASHA").outcome == "fine"
    assert asks(f"batch incident hand {known.id} the night shift").facts["owner"] == "the night shift"
    assert "U0NICO is no operator" in str(asks(f"batch incident hand {known.id} @U0NICO").error)
    assert "at most 80" in str(asks(f"batch incident hand {known.id} {'x' * 81}").error)


def test_a_note_is_kept_as_it_was_typed(asks: Asks, house: House) -> None:
    asks("batch incident open disk")
    known = _open(house)
    asks('batch note it\'s the "old" disk, see --batch 7')
    asks(f"note {known.id.lower()} replaced", ASHA)
    notes = [
        one.text for one in timeline.of_incident(house.journal.connection(), known.id) if one.kind == "note"
    ]
    assert notes == ['it\'s the "old" disk, see --batch 7', "replaced"]


def test_a_secret_in_a_note_or_a_cause_is_not_kept(asks: Asks, house: House) -> None:
    asks("batch incident open disk")
    asks("batch note the token is a-loaded-secret-0123456789")
    asks("batch incident close --cause a-loaded-secret-0123456789")
    rows = house.journal.connection().execute("SELECT text FROM timeline").fetchall()
    assert "a-loaded-secret" not in str([row["text"] for row in rows])


def test_with_several_open_a_note_asks_which(asks: Asks) -> None:
    asks("batch incident open disk")
    asks("batch incident open host")
    assert "Several incidents are open: name one of I-" in str(asks("batch note hello").error)
    assert asks("batch incident").headline == "2 incidents open."


def test_a_note_that_says_nothing_or_too_much(asks: Asks) -> None:
    asks("batch incident open disk")
    form = asks("batch note").form
    assert form is not None
    assert [field.name for field in form.fields] == ["text"]
    assert "at most 3,000 characters" in str(asks(f"batch note {'x' * 3001}").error)


@pytest.mark.usefixtures("crashed")
def test_closing_needs_a_cause_and_attaches_the_report(asks: Asks, house: House) -> None:
    asks(WAVE)
    known = _open(house)
    plan = planned(house, "redeploy wave 2 --batch 001")
    asks(f"batch decline {plan} --reason no", ASHA)
    asks("batch note | a *cell* |")
    assert asks(f"batch incident close {known.id}").form is not None
    clock_of(house).move(3900)
    closed = asks("batch incident close --cause out of memory", ASHA)
    assert (
        closed.headline
        == f"Incident {known.id}, wave 2 of batch 001, is closed after 1 h 5 min: out of memory"
    )
    assert closed.attachments == ()  # its thread in Slack is told, and gets the report there
    [report] = asks(f"batch incident show {known.id}").attachments
    assert report.name == f"2026-11-22T0417Z-{known.id}-wave-2-of-batch-001-report.md"
    text = report.text
    assert f"# Incident {known.id}: wave 2 of batch 001" in text
    assert "- Closed 2026-11-22 04:17:05 UTC by Asha, after 1 h 5 min" in text
    assert "- People: Omar, Asha" in text
    assert f"- {plan}, declined: redeploy wave 2 --batch 001; asked by Omar" in text
    assert "nothing to undo" in text
    assert r"\| a \*cell\* \|" in text
    assert incidents.all_open(house.journal.connection()) == ()


def test_what_is_closed_stays_closed(asks: Asks, house: House) -> None:
    asks("batch incident open disk")
    known = _open(house)
    asks("batch incident close --cause full")
    for line in (
        f"incident close {known.id} --cause x",
        f"incident hand {known.id} me",
        f"note {known.id} x",
    ):
        assert asks(f"batch {line}").outcome == "refused"
    assert f"{known.id} was closed by Omar already: full" in str(
        asks(f"batch incident close {known.id} --cause x").error
    )


@pytest.mark.usefixtures("crashed")
def test_trouble_after_the_end_is_a_new_incident(asks: Asks) -> None:
    first = asks(WAVE).incident
    asks("batch incident close --cause x")
    assert asks(WAVE).incident not in (None, first)


def test_the_status_names_the_open_incidents(asks: Asks, house: House) -> None:
    assert asks("batch status --batch 001").facts["incidents"] == []
    asks("batch incident open disk --why /var is full")
    reply = asks("batch status --batch 001")
    known = _open(house)
    assert reply.facts["incidents"] == [known.id]
    assert f"Incident {known.id}, disk, in hand of nobody yet: /var is full" in _texts(reply)
    assert known.line in [one.line for one in reply.proposals]


def test_a_hold_is_on_every_open_timeline_and_a_stop_of_a_wave_on_its_own(asks: Asks, house: House) -> None:
    disk = str(asks("batch incident open disk").incident)
    wave = str(asks("batch incident open wave 2 --batch 001").incident)
    asks("batch hold")
    asks("batch stop wave 2 --batch 001 --now")
    texts = {
        one: [entry.text for entry in timeline.of_incident(house.journal.connection(), one)[1:]]
        for one in (disk, wave)
    }
    assert texts[disk] == ["held: batch hold"]
    assert texts[wave][0] == "held: batch hold"
    assert texts[wave][-1].endswith("batch stop wave 2 --batch 001 --now")


def test_what_is_no_character_is_kept_as_what_it_was(asks: Asks) -> None:
    asks("batch incident open disk --why \udce4")
    assert "\\udce4" in asks("batch incident show").headline
