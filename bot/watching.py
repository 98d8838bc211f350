"""What the bot looks at by itself, look after look."""

import logging
from dataclasses import dataclass, field

from bot.store import Store
from commands.ops import reserve
from commands.ops.edits import sweeping
from commands.ops.house import House
from commands.ops.incidents.alerts import Alerts
from commands.ops.texts import trying
from commands.ops.watch.disk_guard import DiskGuard
from commands.ops.watch.guard import Guard
from commands.ops.watch.sampler import Sampler

log = logging.getLogger("wavewarden.watching")


@dataclass(slots=True)
class Watching:
    """The host, watched in one thread; the disk first, since what comes after it may fail on a full one."""

    house: House
    store: Store
    _sampler: Sampler = field(init=False)
    _disk: DiskGuard = field(init=False)
    _guard: Guard = field(init=False)
    _alerts: Alerts = field(init=False)
    _begun: bool = False

    def __post_init__(self) -> None:
        house = self.house
        self._sampler, self._disk = Sampler(house), DiskGuard(house)
        self._guard, self._alerts = Guard(house), Alerts(house)

    def look(self) -> None:
        """Look once at everything, with room kept in our files for what comes when the disk is full."""
        for database in (self.house.journal, self.store):
            reserve.keep(database)
        self._disk.look()
        self._begin()
        looked = self._sampler.sample()
        self._guard.look(looked)
        self._alerts.look(looked.table)

    def _begin(self) -> None:
        """Once: an edit of the registry that was killed is cleared up, and a team's own templates are tried."""
        if not self._begun:
            for sentence in sweeping.sweep(self.house):
                log.warning("%s", sentence)
            trying.tell(self.house)
            self._begun = True
