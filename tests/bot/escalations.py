"""Escalations in Slack, as tests make and see them."""

from bot.run import Running
from bot.workspace.driver import Driver, Message
from commands.ops.incidents import escalations, incidents
from commands.ops.incidents.escalations import Escalation

CHANNEL = "#batch-escalations"
WAITS = "nobody has it yet"


async def opened(workspace: Driver, what: str = "disk") -> Message:
    """An incident opened by hand: its first message."""
    await workspace.person("Omar").slash(f"/batch incident open {what} --why /var is full")
    return await workspace.wait_for(f"{what}, is open: /var is full", channel="#batch-ops")


async def posted(workspace: Driver, issue: str = "it's the second time", name: str = "Omar") -> Message:
    """Escalated by the slash command and its form: the post."""
    person = workspace.person(name)
    await person.slash(f"/escalate {issue}")
    await person.submit(await person.form("Escalate"))
    return await workspace.wait_for(WAITS, channel=CHANNEL, button="On it")


def only(bot: Running) -> Escalation:
    """The one that is open."""
    [known] = escalations.all_open(bot.house.journal.connection())
    return known


def incident_of(bot: Running, resource: str) -> str:
    """The id of the open incident about this."""
    found = incidents.open_about(bot.house.journal.connection(), resource)
    assert found is not None, resource
    return found.id


def read(message: Message) -> str:
    """What a person reads: without the stars that make titles bold."""
    return message.text.replace("*", "")
