"""A registry's lines by site, and what it takes to bring a site's lines from one state to another.

A site's rows are looked at together: they are what somebody changes, and what two may change at once. A line that is
no row is a thing of its own. Only lines that are named in a change are touched; every other byte stays.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Texts = tuple[bytes, ...]

_BLANKS = b" \t\r\v\f"


@dataclass(frozen=True, slots=True)
class Added:
    """A new line, and the line that it comes behind; at the top if that is None."""

    text: bytes
    behind: bytes | None


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one site's lines.

    key: the site. before: its lines as they were, in order. kept: for each of them what it becomes, None: it goes.
    added: its new lines.
    """

    key: bytes
    before: Texts
    kept: tuple[bytes | None, ...]
    added: tuple[Added, ...] = ()

    @property
    def after(self) -> Texts:
        """Its lines as they are to be."""
        return (*(text for text in self.kept if text is not None), *(new.text for new in self.added))

    @property
    def only_removes(self) -> bool:
        """Whether lines go and no text is new."""
        return not Counter(self.after) - Counter(self.before)


def split(data: bytes) -> list[bytes]:
    """Lines with their ends; only a line feed ends one."""
    *whole, rest = data.split(b"\n")
    return [line + b"\n" for line in whole] + ([rest] if rest else [])


def text_of(line: bytes) -> bytes:
    """A line without its end."""
    return line.removesuffix(b"\n").removesuffix(b"\r")


def key_of(text: bytes) -> bytes:
    """The first cell of a row; another line is its own key."""
    return text.split(b"|", 2)[1].strip(_BLANKS) if text[:1] == b"|" else text


def state(texts: Iterable[bytes]) -> Texts:
    """A site's lines for comparing: their order does not count."""
    return tuple(sorted(texts))


def texts_by_key(lines: Sequence[bytes], keys: Iterable[bytes]) -> dict[bytes, Texts]:
    """The lines of these sites, in order; empty where there is none."""
    return {key: tuple(text_of(lines[at]) for at in where) for key, where in _places(lines, keys).items()}


def applied(lines: Sequence[bytes], changes: Sequence[Change]) -> bytes:
    """The whole text with these changes made; each site's lines must be as its change has them before."""
    pieces = list(lines)
    places = _places(lines, [change.key for change in changes])
    for change in changes:
        for at, text in zip(places[change.key], change.kept, strict=True):
            pieces[at] = b"" if text is None else text + lines[at][len(text_of(lines[at])) :]
    added = [new for change in changes for new in change.added]
    return b"".join(_with_added(lines, pieces, added) if added else pieces)


def difference(before: bytes, after: bytes) -> tuple[Change, ...]:
    """What somebody changed, by site. That lines changed places does not count."""
    if before == after:
        return ()
    old, new = split(before), split(after)
    keys = _touched(old, new)
    olds, news = texts_by_key(old, keys), texts_by_key(new, keys)
    behind = _previous(new, keys)
    return tuple(
        change_to(key, olds[key], news[key], behind) for key in keys if state(olds[key]) != state(news[key])
    )


def change_to(key: bytes, before: Texts, after: Texts, behind: Mapping[bytes, bytes | None]) -> Change:
    """The smallest change from one state to another: equal lines stay, then lines become others, in order."""
    left = Counter(after)
    same = []
    for text in before:
        same.append(left[text] > 0)
        left[text] -= same[-1]
    rest = [text for text in dict.fromkeys(after) for _ in range(left[text])]
    kept = tuple(
        text if stays else (rest.pop(0) if rest else None) for text, stays in zip(before, same, strict=True)
    )
    return Change(key, before, kept, tuple(Added(text, behind.get(text)) for text in rest))


def is_cut(before: bytes, after: bytes) -> bool:
    """Whether a text looks like the beginning of one: its end is missing, as from a writer that did not get there."""
    if not after or (before.endswith(b"\n") and not after.endswith(b"\n")):
        return True
    old = split(before)
    last = key_of(text_of(old[-1])) if old else b""
    return bool(old) and all(key_of(text_of(line)) != last for line in reversed(split(after)))


def whole_lines(data: bytes) -> bytes:
    """Without what follows the last line feed."""
    return data[: data.rfind(b"\n") + 1]


def _places(lines: Sequence[bytes], keys: Iterable[bytes]) -> dict[bytes, list[int]]:
    places: dict[bytes, list[int]] = {key: [] for key in keys}
    for at, line in enumerate(lines):
        where = places.get(key_of(text_of(line)))
        if where is not None:
            where.append(at)
    return places


def _touched(old: Sequence[bytes], new: Sequence[bytes]) -> list[bytes]:
    """The keys of all lines between the first and the last that differ, in order."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    between = [*old[head : len(old) - tail], *new[head : len(new) - tail]]
    return list(dict.fromkeys(key_of(text_of(line)) for line in between))


def _previous(lines: Sequence[bytes], keys: Iterable[bytes]) -> dict[bytes, bytes | None]:
    """The line before each line of these sites."""
    found: dict[bytes, bytes | None] = {}
    for where in _places(lines, keys).values():
        for at in where:
            found[text_of(lines[at])] = text_of(lines[at - 1]) if at else None
    return found


def _with_added(lines: Sequence[bytes], pieces: list[bytes], added: Sequence[Added]) -> list[bytes]:
    """Put each new line behind its predecessor, which may itself be new."""
    slots = {text_of(line): at for at, line in enumerate(lines)}
    last_row = max((at for at, line in enumerate(lines) if line[:1] == b"|"), default=len(lines) - 1)
    groups: dict[int, list[bytes]] = {}
    for new in added:
        slot = slots[new.text] = _slot(new, slots, last_row)
        group = groups.setdefault(slot, [])
        group.insert(group.index(new.behind) + 1 if new.behind in group else len(group), new.text)
    return _woven(pieces, groups, lines[0][len(text_of(lines[0])) :] if lines else b"\n")


def _slot(new: Added, slots: Mapping[bytes, int], last_row: int) -> int:
    """Behind which old line a new one comes: a row behind a row, and behind the last where its own is gone."""
    if new.behind is None:
        return -1
    if new.text[:1] == b"|" and new.behind[:1] != b"|":
        return last_row
    return slots.get(new.behind, last_row)


def _woven(pieces: list[bytes], groups: Mapping[int, list[bytes]], end: bytes) -> list[bytes]:
    """The old lines with the new ones between them; a last line without an end gets one where it is last no more."""
    woven = [text + end for text in groups.get(-1, ())]
    for at, piece in enumerate(pieces):
        group = groups.get(at, ())
        unended = group and piece and not piece.endswith(b"\n")
        woven += [piece + end if unended else piece, *(text + end for text in group)]
    return woven
