"""Who and what is in a fresh workspace: four people, two groups, three channels."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.workspace.ids import BOT_USER


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account: ``name`` is the handle, ``title`` says what they may do."""

    id: str
    name: str
    real_name: str
    title: str
    color: str
    is_bot: bool = False

    @property
    def initials(self) -> str:
        """At most two capitals for the picture."""
        return "".join(word[0] for word in self.real_name.split()[:2]).upper()


@dataclass(frozen=True, slots=True)
class Group:
    """A user group, mentioned by its handle."""

    id: str
    handle: str
    name: str
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """A public channel and who is in it at the start."""

    id: str
    name: str
    topic: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything a workspace begins with."""

    people: Sequence[Person]
    channels: Sequence[Channel]
    groups: Sequence[Group]


DEFAULT_PEOPLE = (
    Person("U0VERA", "vera", "Vera Lind", "Viewer", "4a7c59"),
    Person("U0OMAR", "omar", "Omar Haddad", "Operator", "2f6f9f"),
    Person("U0ASHA", "asha", "Asha Rao", "Approver", "9b4f96"),
    Person("U0NICO", "nico", "Nico Brandt", "No role in Wavewarden", "8a6d3b"),
)

DEFAULT_GROUPS = (
    Group("S0APPROVERS", "batch-approvers", "Batch approvers", ("U0ASHA",)),
    Group("S0ONCALL", "batch-on-call", "Batch on call", ("U0OMAR",)),
)

_EVERYBODY = tuple(person.id for person in DEFAULT_PEOPLE)

DEFAULT_CHANNELS = (
    Channel("C0OPS", "batch-ops", "Waves, plans and what went wrong", (*_EVERYBODY, BOT_USER)),
    Channel(
        "C0ESC", "batch-escalations", "When the standard procedures did not help", (*_EVERYBODY, BOT_USER)
    ),
    Channel("C0GENERAL", "general", "Everything else", _EVERYBODY),
)
