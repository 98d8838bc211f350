"""Escalations without Slack: what is gathered, what is written down, and what is refused."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from commands.answer import answer
from commands.demo_host import host
from commands.ops import audit, events, later
from commands.ops.host_settings import Templates
from commands.ops.house import House
from commands.ops.incidents import escalations, incidents, timeline
from commands.ops.incidents.escalations import Escalation
from commands.ops.roles import Caller
from commands.reply import Ask, Reply, Text
from commands.words import words
from tests.clocks import MovedClock
from tests.commands.conftest import ASHA, OMAR, VERA, Asks, house_of, settings_of
from tests.commands.decided import ask_in, planned

WAVE = "batch wave 2 --batch 001"
ANN = Caller("os:ann", "ann", "terminal")
# The runbook's escalation protocol, “Information to provide on escalation”.
TITLES = [
    "ISSUE", "IMPACT", "SEVERITY", "TIME SINCE OCCURRENCE", "ATTEMPTED FIXES", "CURRENT STATE", "SYSTEM HEALTH",
    "ATTACHMENT",
]  # fmt: skip


@pytest.fixture
def house(demo_host: Path, tmp_path: Path) -> House:
    """Ann is an operator at a terminal."""
    return house_of(settings_of(demo_host, tmp_path / "state", operators=("U0OMAR", "os:ann")))


@pytest.fixture(autouse=True)
def _closed(house: House) -> object:
    yield
    house.journal.close()


@pytest.fixture
def crashed(demo_host: Path, house: House) -> str:
    """The incident of a wave that has lost its agents."""
    host.break_host(demo_host, "crash")
    return str(ask_in(house, WAVE, OMAR).incident)


def _open(house: House) -> Escalation:
    [one] = escalations.all_open(house.journal.connection())
    return one


def _fields(reply: Reply) -> dict[str, str]:
    assert reply.form is not None, reply.headline
    return {field.name: field.value for field in reply.form.fields}


def _kinds(house: House, known: Escalation) -> list[str]:
    return [one.kind for one in events.since(house.journal.connection(), 0) if one.subject == known.line]


def _texts(reply: Reply) -> str:
    return "\n\n".join(f"{part.lead}{part.text}" for part in reply.parts if isinstance(part, Text))


def test_the_text_has_the_runbooks_fields_in_its_order(crashed: str, house: House) -> None:
    reply = ask_in(house, "escalate it's the second time", ANN)
    assert reply.outcome == "fine"
    heads = re.findall(r"^([A-Z][A-Z ]+):", _texts(reply), re.MULTILINE)
    assert heads == [*TITLES, "RECOMMENDED NEXT STEPS"]
    assert "ISSUE: it's the second time" in _texts(reply)
    assert crashed == reply.facts["incident"]


def test_every_field_is_filled_from_what_is_known(crashed: str, house: House) -> None:
    assert isinstance(house.clock, MovedClock)
    ask_in(house, f"batch note {crashed} the machine was rebooted")
    plan = planned(house, "redeploy wave 2 --batch 001")
    ask_in(house, f"batch decline {plan} --reason later", ASHA)
    house.clock.move(300)
    found = _fields(ask_in(house, "escalate"))
    assert found["issue"].startswith("Wave 2 has crashed")
    assert "Wave 2 of batch 001: 25 of 25 sites not done." in found["impact"]
    assert "Batch 001: 25 of 68 sites done (36 %), 43 to go" in found["impact"]
    assert found["severity"] == "Medium"
    assert found["since"].startswith("5 min, since 2026-11-22 03:12 UTC")
    assert f"Omar: redeploy wave 2 --batch 001 ({plan}): declined by Asha, later" in found["attempts"]
    assert "Omar noted: the machine was rebooted" in found["attempts"]
    assert found["state"].startswith("Wave 2 has crashed: 3 of 25 agents left")
    for what in ("Load: ", "Memory: ", "Pressure", "Disk (", "Agents: 3"):
        assert what in found["health"]
    assert found["attachment"].splitlines() == [
        "- Diagnosis", "- State of the host", "- Log logs/wave-2.log", f"- Timeline of {crashed}",
    ]  # fmt: skip
    assert "Redeploy wave 2: redeploy wave 2 --batch 001" in found["next"]


def test_of_a_registry_the_impact_counts_its_sites(demo_host: Path, house: House) -> None:
    host.break_host(demo_host, "duplicates")
    ask_in(house, "dedupe")
    found = _fields(ask_in(house, "escalate"))
    assert re.search(r"\d+ sites? with identical rows", found["impact"])
    assert "Dedupe" in found["next"] or "dedupe" in found["next"]


def test_what_is_empty_is_said_with_why_it_matters(crashed: str, house: House) -> None:
    form = ask_in(house, f"escalate {crashed}").form
    assert form is not None
    assert form.notes == ("Empty: ATTEMPTED FIXES. Why that matters stands below each.",)
    [attempts] = [field for field in form.fields if field.name == "attempts"]
    assert "who takes over may try the same again" in attempts.hint


def test_in_a_terminal_text_and_files_lie_in_a_dated_directory(crashed: str, house: House) -> None:
    reply = ask_in(house, f"escalate {crashed} out of ideas", ANN)
    place = Path(str(reply.facts["directory"]))
    assert place.parent == house.settings.state / "escalations"
    assert re.fullmatch(r"2026-11-22T031205Z-E-\w{4}", place.name)
    text = (place / "escalation.txt").read_text()
    assert "ISSUE: out of ideas" in text
    assert text.strip() in _texts(reply)
    names = sorted(file.name for file in place.iterdir())
    assert names[:-1] == [
        f"2026-11-22T0312Z-I-{crashed[2:]}-wave-2-of-batch-001-report.md",
        "2026-11-22T0312Z-wave-2-of-batch-001-diagnosis.txt",
        "2026-11-22T0312Z-wave-2-of-batch-001-host-state.txt",
        "2026-11-22T0312Z-wave-2-of-batch-001.log",
    ]
    assert "as soon as the bot is connected" in _texts(reply)


def test_a_secret_gets_into_no_field_and_no_file(crashed: str, house: House, demo_host: Path) -> None:
    secret = "xoxb-" + "123456789012-abcdefghijklmnop"
    with (demo_host / "logs/wave-2.log").open("a") as log:
        log.write(f"2026-11-22T03:12:05Z ERROR token {secret} refused\n")
    reply = ask_in(house, f"escalate {crashed} the token {secret} is refused", ANN)
    files = list(Path(str(reply.facts["directory"])).iterdir())
    assert len(files) == 5
    assert [file.name for file in files if secret in file.read_text()] == []
    assert secret not in str(reply)
    assert secret not in str(_open(house))


def test_a_line_taken_out_of_the_attachments_leaves_that_file_out(crashed: str, house: House) -> None:
    values = {**_fields(ask_in(house, "escalate")), "attachment": "- Diagnosis"}
    ask_in(house, f"escalate {crashed}", OMAR, **values)
    assert [name.rpartition("-")[2] for name in _open(house).files] == ["diagnosis.txt"]


def test_the_form_is_stored_as_it_was_sent_and_called_out_later(crashed: str, house: House) -> None:
    values = {**_fields(ask_in(house, "escalate")), "issue": "all is lost", "severity": "High"}
    reply = ask_in(house, f"escalate {crashed}", OMAR, **values)
    known = _open(house)
    assert (reply.outcome, reply.audience) == ("fine", "caller")
    assert reply.headline.startswith(f"Escalated as {known.id}")
    assert (known.fields["issue"], known.fields["severity"]) == ("all is lost", "High")
    assert _kinds(house, known) == ["escalated"]
    connection = house.journal.connection()
    assert timeline.of_incident(connection, crashed)[-1].text == f"{known.id}: escalated"
    assert audit.entries(connection)[-1].kind == "escalated"
    [call] = later.due(connection, house.clock.now() + timedelta(minutes=15))
    assert call.line == f"batch escalation call {known.id}"


def test_of_two_who_escalate_one_incident_the_second_sees_the_first(crashed: str, house: House) -> None:
    values = _fields(ask_in(house, "escalate"))
    ask_in(house, f"escalate {crashed}", OMAR, **values)
    known = _open(house)
    second = ask_in(house, f"escalate {crashed}", ANN, **{**values, "issue": "I saw it, too"})
    assert second.error == f"{crashed} was escalated already, by Omar, as {known.id}: nobody has it yet."
    assert [one.line for one in second.proposals] == [known.line]
    assert _open(house).asked_by == OMAR
    last = timeline.of_incident(house.journal.connection(), crashed)[-1]
    assert (last.kind, last.text) == ("note", "I saw it, too")
    assert "was escalated already" in ask_in(house, f"escalate {crashed} once more", ASHA).headline


def test_with_none_open_the_form_asks_whether_to_go_on(house: House) -> None:
    form = ask_in(house, "escalate everything is slow").form
    assert form is not None
    assert form.submit == "Escalate all the same"
    assert "No incident is open" in form.notes[0]
    ask_in(house, "escalate", OMAR, **_fields(ask_in(house, "escalate everything is slow")))
    assert _open(house).incident is None


def test_in_a_terminal_with_none_open_it_goes_out_all_the_same(house: House) -> None:
    reply = ask_in(house, "escalate everything is slow", ANN)
    assert reply.outcome == "fine"
    assert _open(house).fields["issue"] == "everything is slow"


def test_with_several_open_it_asks_which(crashed: str, house: House) -> None:
    assert isinstance(house.clock, MovedClock)
    house.clock.move(1)
    ask_in(house, "batch incident open disk --why /var is full")
    disk = incidents.all_open(house.journal.connection())[-1]
    form = ask_in(house, "escalate what now").form
    assert form is not None
    assert form.goes_on
    which, text = form.fields
    assert [choice.split(" · ")[:2] for choice in which.choices] == [
        [crashed, "wave 2 of batch 001"], [disk.id, "disk"], ["none of them"],
    ]  # fmt: skip
    assert text.value == "what now"
    chosen = ask_in(house, "escalate", OMAR, which=which.choices[1], text="what now")
    assert chosen.form is not None
    assert chosen.form.line == f"escalate {disk.id}"
    none = ask_in(house, "escalate", OMAR, which=which.choices[2], text="what now")
    assert none.form is not None
    assert none.form.line == "escalate"
    refused = ask_in(house, "escalate what now", ANN)
    assert refused.outcome == "usage"
    assert f"{disk.id} (disk)" in refused.headline


def test_a_closed_incident_is_not_escalated(crashed: str, house: House) -> None:
    ask_in(house, f"batch incident close {crashed} --cause over")
    assert ask_in(house, f"escalate {crashed} again").outcome == "refused"


def test_a_viewer_does_not_escalate(asks: Asks) -> None:
    assert "needs the role operator" in asks("escalate now", VERA).headline


def test_what_would_be_sent_can_be_looked_at_first(crashed: str, house: House) -> None:
    ask = Ask("dry", words(f"escalate {crashed} hm"), ANN, house.clock.now(), dry_run=True)
    reply = answer(ask, house)
    assert "ISSUE: hm" in _texts(reply)
    assert escalations.all_open(house.journal.connection()) == ()


def test_a_team_words_it_and_a_broken_wording_is_said_and_not_used(
    crashed: str, house: House, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    template = own / "escalation.txt.j2"
    settings = replace(house.settings, templates=Templates(directory=str(own)))
    team = replace(house, settings=settings)
    template.write_text("Help: {{ fields[0].text }} ({{ resource }}, by {{ by }})")
    reply = ask_in(team, f"escalate {crashed} all is lost", ANN)
    assert _texts(reply).startswith("Help: all is lost (wave 2 of batch 001, by ann)")
    ask_in(team, f"batch escalation resolve {reply.facts['escalation']}", ANN)
    template.write_text("{{ nobody.knows }}")
    reply = ask_in(team, f"escalate {crashed} all is lost", ANN)
    assert "ISSUE: all is lost" in _texts(reply)
    assert any("escalation.txt.j2 does not work" in problem for problem in reply.problems)
