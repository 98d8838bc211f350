"""What the registry is to hold once an edit is over: our own changes, and those of others that passed us."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from commands.ops.edits.lines import (
    Added,
    Change,
    Texts,
    change_to,
    difference,
    is_cut,
    state,
    texts_by_key,
    whole_lines,
)


@dataclass(slots=True)
class _Site:
    """How one site's lines are to be, and every state that is older than that."""

    change: Change
    earlier: set[Texts]

    @property
    def goal(self) -> Texts:
        return state(self.change.after)


@dataclass(slots=True)
class Wanted:
    """Changes that must stand in the registry; `ours` by site, and what others did at the same moment.

    absent: sites of ours that stood as before at the last look. overtaken: those that somebody else changed meanwhile:
    theirs stands. merged: sites whose changes would have been lost with the file that we displaced. kept: sites that a
    writer who did not finish left out.
    """

    ours: dict[bytes, Change]
    absent: set[bytes] = field(default_factory=set)
    overtaken: set[bytes] = field(default_factory=set)
    merged: set[bytes] = field(default_factory=set)
    kept: set[bytes] = field(default_factory=set)
    _sites: dict[bytes, _Site] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, change in self.ours.items():
            self._sites[key] = _Site(change, {state(change.before)})

    def missing(self, lines: Sequence[bytes]) -> tuple[Change, ...]:
        """What has to be done to these lines; a site that is in a state we do not know was changed after us."""
        found = texts_by_key(lines, self._sites)
        needed = {
            key: _from(found[key], site.change)
            for key, site in self._sites.items()
            if state(found[key]) != site.goal and state(found[key]) in site.earlier
        }
        self.absent = needed.keys() & self.ours.keys()
        self.overtaken = {
            key
            for key, change in self.ours.items()
            if self._sites[key].goal != state(change.after)
            or (key not in needed and state(found[key]) != state(change.after))
        }
        return tuple(needed.values())

    def take_in(self, before: bytes, after: bytes) -> bool:
        """Somebody's changes to a file that is no longer in its place; whether that looks unfinished."""
        cut = is_cut(before, after)
        for change in difference(before, whole_lines(after) if cut else after):
            if cut and change.only_removes:
                if not self._was_so(change):
                    self.kept.add(change.key)
            else:
                self._take(change)
        return cut

    def add(self, changes: Iterable[Change]) -> None:
        """Changes of somebody else's that must not get lost."""
        for change in changes:
            self._take(change)

    def _take(self, change: Change) -> None:
        site = self._sites.get(change.key)
        if site is None:
            self._sites[change.key] = _Site(change, {state(change.before)})
        elif state(change.after) == site.goal or self._was_so(change):
            return  # as we want it; or an old copy of the file, written back over ours
        else:
            site.earlier |= {site.goal, state(change.before)}
            site.change = change
        self.merged.add(change.key)

    def _was_so(self, change: Change) -> bool:
        """Whether the site is as it once was: that file is a whole one, only older than what we put in since."""
        site = self._sites.get(change.key)
        return site is not None and state(change.after) in site.earlier


def _from(now: Texts, change: Change) -> Change:
    """The change as it is where the lines are in another of the earlier states."""
    if now == change.before:
        return change
    added = {new.text: new for new in change.added}
    return change_to(change.key, now, [added.get(text, Added(text, None)) for text in change.after])
