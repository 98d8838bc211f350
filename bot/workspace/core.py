"""Everything the workspace holds, in one place for the Web API, Socket Mode and what people do."""

from bot.workspace.activity import Activity
from bot.workspace.app_identity import AppIdentity
from bot.workspace.cast import Cast
from bot.workspace.clock import Clock
from bot.workspace.ephemerals import Ephemerals
from bot.workspace.faults import Faults
from bot.workspace.forms import Forms
from bot.workspace.ids import Ids
from bot.workspace.limits import Limits
from bot.workspace.response_urls import ResponseUrls
from bot.workspace.rooms import Rooms
from bot.workspace.scheduled import Schedule
from bot.workspace.shelf import Shelf
from bot.workspace.socket_mode.delivery import Delivery
from bot.workspace.socket_mode.hub import Hub
from bot.workspace.state import Choices
from bot.workspace.subscriptions import Feed
from bot.workspace.tasks import Tasks
from bot.workspace.triggers import Triggers


class Core:
    """The parts, and nothing but the parts: what is done with them is written elsewhere.

    Attributes:
        url: where the server listens, ``http://127.0.0.1:PORT``; set when it does.
    """

    def __init__(self, app: AppIdentity, clock: Clock, cast: Cast, limits: Limits) -> None:
        self.app = app
        self.clock = clock
        self.limits = limits
        self.url = "http://127.0.0.1"
        self.people = {person.id: person for person in (*cast.people, app.person)}
        self.groups = {group.id: group for group in cast.groups}
        self.ids = Ids(clock)
        self.rooms = Rooms(cast.channels, cast.people, self.ids, clock)
        self.forms = Forms(self.ids, clock)
        self.shelf = Shelf(self.ids)
        self.ephemerals = Ephemerals()
        self.choices = Choices()
        self.triggers = Triggers(clock)
        self.response_urls = ResponseUrls(clock)
        self.tasks = Tasks()
        self.feed = Feed()
        self.activity = Activity(clock, self.feed)
        self.faults = Faults(clock)
        self.hub = Hub(clock, self.faults, self.feed, self.activity, self.tasks)
        self.delivery = Delivery(self.hub, clock, self.faults, self.activity, self.tasks)
        self.schedule = Schedule(self.ids, clock)
        self.faults.on_change(self._tell_fault)

    def _tell_fault(self, name: str) -> None:
        self.activity.note("fault", name, detail=f"{self.faults[name]:g}")
        self.feed.broadcast({"type": "faults", "faults": self.faults.listed()})
