"""The guard: notices by itself that the registry was corrupted, has got worse, and is whole again; each told once."""

from dataclasses import dataclass, field
from datetime import datetime

from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.house import House
from commands.ops.incidents import mutes
from commands.ops.integrity import corruption, suspects, trouble
from commands.ops.integrity.corruption import Corruption, Kind
from commands.ops.integrity.trouble import Trouble
from commands.ops.watch.analyses import Analyses
from commands.ops.watch.sampler import Looked

TWICE = 2  # a tool that writes a row before it takes the old one out must not wake anybody


@dataclass(slots=True)
class Guard:
    """Is shown every look of the sampler's, in its thread. Tells by events of the subject `dedupe`."""

    house: House
    _analyses: Analyses = field(init=False)
    _whole_at: datetime | None = None
    _whole_sites: int = 0
    _standing: Corruption | None = None
    _news: Corruption | None = None
    _kind: Kind | None = None
    _times: int = 0
    _begun: bool = False

    def __post_init__(self) -> None:
        self._analyses = Analyses(self.house)

    def look(self, looked: Looked) -> None:
        """Judge the registry as this look has seen it."""
        self._recall()
        try:
            found = self._found(looked)
        except OperationFailed:
            return  # how the registry is is not known at this look
        news = self._kind_of_news(found)
        self._times = self._times + 1 if news == self._kind else 1
        self._kind = news
        if news is None or found is None:
            self._news = None
        elif self._news is None or found.kinds != self._news.kinds:
            self._news = self._noticed(looked, found)
        if news and self._times >= TWICE:
            self._tell(looked.at, news)

    def _recall(self) -> None:
        """After a restart: what stands in the channel."""
        if not self._begun:
            self._begun = True
            self._standing = corruption.standing(self.house.journal.connection())
            self._whole_sites = self._standing.whole_sites if self._standing else 0

    def _found(self, looked: Looked) -> Trouble | None:
        try:
            found = self._analyses.of(looked)
        except NotReadable as error:
            return trouble.unreadable(error.sentence)
        bad = trouble.of(found, self._whole_sites)
        if bad is None:
            self._whole_at, self._whole_sites = looked.at, found.sites
        return bad

    def _kind_of_news(self, found: Trouble | None) -> Kind | None:
        told = self._standing
        if found is None:
            return "recovered" if told else None
        if told is None:
            return "alert"
        return "worse" if found.is_worse_than(told.kinds, told.tier) else None

    def _noticed(self, looked: Looked, found: Trouble) -> Corruption:
        """With a look at who has the registry open, at this very moment."""
        who = suspects.look(self.house, looked.seen)
        return corruption.noticed(looked.at, self._whole_at, found, self._whole_sites, who)

    def _tell(self, at: datetime, kind: Kind) -> None:
        if self._news and mutes.of(self.house.journal.connection(), corruption.SUBJECT, at):
            return  # told once the mute is over, if it still stands
        with self.house.journal.write() as transaction:
            corruption.tell(transaction, at, kind, self._news)
        self._standing, self._news, self._kind = self._news, None, None
