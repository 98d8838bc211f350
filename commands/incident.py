"""`batch incident …`: the open incidents, and one as it stands with its timeline."""

from dataclasses import replace

import click

from commands.line import Asked, line
from commands.ops.incidents import choice, escalations, incidents, timeline
from commands.ops.incidents.incidents import Incident
from commands.reply import Part, Proposal, Reply, Table, When
from commands.wording import incident_report
from commands.wording.figures import count
from commands.wording.incident import headline, incident_reply, owner

CLOSED = 10
BUTTONS = 5
COLUMNS = ("Incident", "About", "In hand of", "Opened", "Found")


@line(
    "batch incident",
    summary="In an incident's thread, how it stands; elsewhere the open incidents.",
    examples=("batch incident",),
)
def here(asked: Asked) -> Reply:
    """The one of this thread, or all."""
    return shown_as_it_is(asked, asked.ask.incident) if asked.ask.incident else listed_now(asked)


@line(
    "batch incident list",
    summary="The open incidents, and those closed last.",
    examples=("batch incident list",),
)
def list_all(asked: Asked) -> Reply:
    """Wherever it is asked."""
    return listed_now(asked)


@line(
    "batch incident show",
    summary="An incident as it stands: who has it in hand, and its timeline; a closed one with its report.",
    examples=("batch incident show I-7K2Q",),
)
@click.argument("incident_id", metavar="ID", required=False)
def show(asked: Asked, incident_id: str | None) -> Reply:
    """One incident."""
    return shown_as_it_is(asked, incident_id)


def shown_as_it_is(asked: Asked, incident_id: str | None) -> Reply:
    """One incident, with all of its timeline, and with its report as a file once it is closed.

    Raises:
        WrongUsage: there is no such incident, or none is named and not exactly one is open.
    """
    house = asked.house
    known = choice.incident(house, incident_id, asked.ask.incident)
    connection = house.journal.connection()
    handed_over = escalations.open_about(connection, known.id)
    reply = incident_reply(known, timeline.of_incident(connection, known.id), handed_over)
    if known.is_open or asked.ask.again:
        return reply
    report, problem = incident_report.attached(house, known)
    return replace(reply, attachments=(report,), problems=(problem,) if problem else ())


def as_done(asked: Asked, incident_id: str) -> Reply:
    """The same, after something was done to it, which went well."""
    return replace(shown_as_it_is(asked, incident_id), outcome="fine")


def listed_now(asked: Asked) -> Reply:
    """The open ones, the oldest first, and a few closed ones, the newest first."""
    connection = asked.house.journal.connection()
    known = incidents.all_open(connection)
    closed = incidents.newest_closed(connection, CLOSED)
    said = f"{count(len(known), 'incident')} open." if known else "No incident is open."
    return Reply(
        "trouble" if known else "fine",
        said,
        "warning" if known else "ok",
        facts={"open": [one.id for one in known], "closed": [one.id for one in closed]},
        parts=(*_open_ones(known), *_closed_ones(closed)),
        proposals=tuple(Proposal(f"Show {one.id}", one.line) for one in known[:BUTTONS]),
    )


def _open_ones(known: tuple[Incident, ...]) -> tuple[Part, ...]:
    rows = tuple((one.id, one.resource, owner(one), When(one.opened_at), one.what) for one in known)
    return (Table(COLUMNS, rows, "Open", evidence=False),) if rows else ()


def _closed_ones(closed: tuple[Incident, ...]) -> tuple[Part, ...]:
    rows = tuple((one.id, headline(one)) for one in closed)
    return (Table(("Incident", "How it ended"), rows, "Closed lately"),) if rows else ()
