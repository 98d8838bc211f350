"""What an edit of the registry does, line by line, and which rows stand otherwise than it expects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commands.ops.edits.lines import Added, Change, key_of, places_of, text_of
from commands.ops.errors import Refusal

SHOWN = 5


@dataclass(frozen=True, slots=True)
class LineEdit:
    """One line, without its end: `before` becomes `after`.

    before None: a new line, which comes behind line `line`. after None: the line goes.
    line: where in the registry that the edit was made for, from 1; of several equal lines the nearest is meant.
    """

    before: bytes | None
    after: bytes | None
    line: int

    @property
    def domain(self) -> str:
        """Whose row it is, for people; the line itself where it is no row."""
        text = self.before if self.before is not None else self.after
        return key_of(text or b"").decode("utf-8", "backslashreplace")


Edits = tuple[LineEdit, ...]


class RowsChanged(Refusal):
    """Rows do not stand as they were when the edit was planned; nothing was done.

    domains: whose.
    """

    def __init__(self, domains: Iterable[str]) -> None:
        self.domains = tuple(dict.fromkeys(domains))
        more = f" and {len(self.domains) - SHOWN} more" if len(self.domains) > SHOWN else ""
        named = ", ".join(self.domains[:SHOWN])
        super().__init__(f"The registry has changed since: {named}{more}. Nothing was done; look again.")


def changes_of(edits: Edits, lines: Sequence[bytes]) -> tuple[Change, ...]:
    """The edits by site, against the registry's lines.

    Raises:
        RowsChanged: lines that are to change or go are not there.
    """
    keys = {key_of(text) for edit in edits for text in (edit.before, edit.after) if text is not None}
    places = places_of(lines, keys)
    made = _Made(lines, places, {}, [], [])
    for edit in sorted(edits, key=lambda edit: edit.line):
        made.take(edit)
    if made.missed:
        raise RowsChanged(edit.domain for edit in made.missed)
    return made.changes()


def edits_of(changes: Sequence[Change], lines: Sequence[bytes]) -> Edits:
    """Changes by site as edits of these lines."""
    places = places_of(lines, [change.key for change in changes])
    made = []
    for change in changes:
        stay = zip(places[change.key], change.before, change.kept, strict=True)
        made += [LineEdit(text, kept, at + 1) for at, text, kept in stay if kept != text]
        made += [LineEdit(None, new.text, new.near + 1) for new in change.added]
    return tuple(made)


@dataclass(slots=True)
class _Made:
    """Edits with the lines they hit. places: of all sites they name. outcome: what becomes of each line that is hit."""

    lines: Sequence[bytes]
    places: Mapping[bytes, Sequence[int]]
    outcome: dict[int, bytes | None]
    added: list[Added]
    missed: list[LineEdit]

    def take(self, edit: LineEdit) -> None:
        if edit.before is None:
            self._add(edit.after, edit.line - 1)
            return
        at = self._nearest(edit.before, edit.line - 1)
        if at is None:
            self.missed.append(edit)
        elif edit.after is not None and key_of(edit.after) != key_of(edit.before):
            self.outcome[at] = None
            self._add(edit.after, at)
        else:
            self.outcome[at] = edit.after

    def changes(self) -> tuple[Change, ...]:
        keys = [key_of(self._text(at)) for at in self.outcome] + [key_of(new.text) for new in self.added]
        return tuple(self._change(key, self.places[key]) for key in dict.fromkeys(keys))

    def _text(self, at: int) -> bytes:
        return text_of(self.lines[at])

    def _change(self, key: bytes, where: Sequence[int]) -> Change:
        before = tuple(self._text(at) for at in where)
        kept = tuple(self.outcome.get(at, self._text(at)) for at in where)
        return Change(key, before, kept, tuple(new for new in self.added if key_of(new.text) == key))

    def _add(self, text: bytes | None, behind: int) -> None:
        if text is not None:
            there = min(behind, len(self.lines) - 1)
            above = self._text(there) if there >= 0 else None
            self.added.append(Added(text, above, there, len(self.added)))

    def _nearest(self, text: bytes, near: int) -> int | None:
        found = [at for at in self.places[key_of(text)] if self._text(at) == text and at not in self.outcome]
        return min(found, key=lambda at: abs(at - near), default=None)
