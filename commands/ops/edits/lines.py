"""A registry's lines by site, and what it takes to bring a site's lines from one state to another.

A site's rows are looked at together: they are what somebody changes, and what two may change at once. A line that is
no row is a thing of its own. Only lines that are named in a change are touched; every other byte stays.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from commands.ops.registry.hash_index import uneven
from commands.ops.registry.line_list import LineList, Text, split, stretch

SHOWN = 5
FEW = 32  # sites that are quicker looked for in a large text one by one

Texts = tuple[bytes, ...]

_BLANKS = b" \t\r\v\f"


@dataclass(frozen=True, slots=True)
class Added:
    """A new line, and the line that it comes behind, of several equal ones the nearest; None: at the top.

    near: where that line was, counted from 0. order: among new lines of several sites behind one line.
    """

    text: bytes
    behind: bytes | None
    near: int = 0
    order: int = field(default=0, compare=False)


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


def text_of(line: bytes) -> bytes:
    """A line without its end."""
    return line[: -len(end)] if (end := end_of(line)) else line


def end_of(line: bytes) -> bytes:
    """A line's end, if it has one; a last line may have half of one."""
    return line[len(line.removesuffix(b"\n").removesuffix(b"\r")) :]


def key_of(text: bytes) -> bytes:
    """The first cell of a row; another line is its own key."""
    return text.split(b"|", 2)[1].strip(_BLANKS) if text[:1] == b"|" else text


def names_of(keys: Iterable[bytes]) -> tuple[str, ...]:
    """Sites for people, sorted."""
    return tuple(sorted(key.decode("utf-8", "backslashreplace") for key in keys))


def named(keys: Iterable[bytes]) -> str:
    """Sites in a sentence, the first few by name."""
    names = names_of(keys)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(names[:SHOWN])}{more}"


def state(texts: Iterable[bytes]) -> Texts:
    """A site's lines for comparing: their order does not count."""
    return tuple(sorted(texts))


def texts_by_key(lines: Sequence[bytes], keys: Iterable[bytes]) -> dict[bytes, Texts]:
    """The lines of these sites, in order; empty where there is none."""
    return {key: tuple(text_of(lines[at]) for at in where) for key, where in places_of(lines, keys).items()}


def applied(lines: Sequence[bytes], changes: Sequence[Change]) -> bytes:
    """The whole text with these changes made; each site's lines must be as its change has them before."""
    return b"".join(pieces_applied(lines, changes))


def pieces_applied(lines: Sequence[bytes], changes: Sequence[Change]) -> Iterator[Text]:
    """The same text, in pieces."""
    made: dict[int, bytes] = {}
    places = places_of(lines, [change.key for change in changes])
    for change in changes:
        for at, text in zip(places[change.key], change.kept, strict=True):
            made[at] = b"" if text is None else text + end_of(lines[at])
    added = sorted((new for change in changes for new in change.added), key=lambda new: new.order)
    above = _weave(lines, made, added) if added else b""
    yield above
    start = 0
    for at in sorted(made):
        yield stretch(lines, start, at)
        yield made[at]
        start = at + 1
    yield stretch(lines, start, len(lines))


def difference(before: bytes, after: bytes) -> tuple[Change, ...]:
    """What somebody changed, by site. That lines changed places does not count."""
    if before == after:
        return ()
    old, new = split(before), split(after)
    keys = _touched(old, new)
    olds, news = texts_by_key(old, keys), texts_by_key(new, keys)
    where = places_of(new, keys)
    return tuple(
        change_to(key, olds[key], [_added(new, at) for at in where[key]])
        for key in keys
        if state(olds[key]) != state(news[key])
    )


def change_to(key: bytes, before: Texts, after: Sequence[Added]) -> Change:
    """The smallest change from one state to another: equal lines stay, then lines become others, in order."""
    left = Counter(new.text for new in after)
    same = []
    for text in before:
        same.append(left[text] > 0)
        left[text] -= same[-1]
    rest = _last_of_each(after, left)
    kept = tuple(
        text if stays else (rest.pop(0).text if rest else None)
        for text, stays in zip(before, same, strict=True)
    )
    return Change(key, before, kept, tuple(rest))


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


def places_of(lines: Sequence[bytes], keys: Iterable[bytes]) -> dict[bytes, list[int]]:
    """Where the lines of these sites are, counted from 0; empty where there is none."""
    places: dict[bytes, list[int]] = {key: [] for key in keys}
    if isinstance(lines, LineList) and len(places) <= FEW and b"" not in places:
        return {key: [at for at in lines.having(key) if key_of(text_of(lines[at])) == key] for key in places}
    for at, line in enumerate(lines):
        where = places.get(key_of(text_of(line)))
        if where is not None:
            where.append(at)
    return places


def _touched(old: Sequence[bytes], new: Sequence[bytes]) -> list[bytes]:
    """The keys of all lines that the one has and the other has not, or not as often, in order."""
    shorter = min(len(old), len(new))
    head = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)

    def between(lines: Sequence[bytes]) -> Iterator[bytes]:
        return islice(lines, head, len(lines) - tail)

    odd = uneven(between(old), between(new))
    lines = (line for line in chain(between(old), between(new)) if hash(line) in odd)
    return list(dict.fromkeys(key_of(text_of(line)) for line in lines))


def _added(lines: Sequence[bytes], at: int) -> Added:
    """A line as if it were new."""
    return Added(text_of(lines[at]), text_of(lines[at - 1]) if at else None, at - 1, at)


def _last_of_each(after: Sequence[Added], left: Counter[bytes]) -> list[Added]:
    """Of each text the last so many, in order."""
    rest = []
    for new in reversed(after):
        if left[new.text] > 0:
            left[new.text] -= 1
            rest.append(new)
    return rest[::-1]


def _weave(lines: Sequence[bytes], made: dict[int, bytes], added: Sequence[Added]) -> bytes:
    """Put each new line behind its predecessor, which may itself be new; returns what comes above all lines.

    A last line without an end gets one where it is last no more.
    """
    usual = end_of(lines[0]) if lines and lines[0].endswith(b"\n") else b"\n"
    groups = _groups(lines, added)
    for at, group in groups.items():
        if at >= 0:
            line, piece = lines[at], made.get(at, lines[at])
            end = end_of(line) if line.endswith(b"\n") else usual
            made[at] = (text_of(piece) + end if piece else piece) + b"".join(text + end for text in group)
    return b"".join(text + usual for text in groups.get(-1, ()))


def _groups(lines: Sequence[bytes], added: Sequence[Added]) -> dict[int, list[bytes]]:
    """The new lines by the old line that they come behind."""
    slots = _anchors(lines, added)
    last_row = next((at for at in reversed(range(len(lines))) if lines[at][:1] == b"|"), len(lines) - 1)
    groups: dict[int, list[bytes]] = {}
    for new in added:
        slot = _slot(new, slots, last_row)
        slots.setdefault(new.text, []).append(slot)
        group = groups.setdefault(slot, [])
        group.insert(group.index(new.behind) + 1 if new.behind in group else len(group), new.text)
    return groups


def _anchors(lines: Sequence[bytes], added: Sequence[Added]) -> dict[bytes, list[int]]:
    """Where the lines are that new ones come behind."""
    wanted = {new.behind for new in added}
    found: dict[bytes, list[int]] = {}
    for at, line in enumerate(lines):
        text = text_of(line)
        if text in wanted:
            found.setdefault(text, []).append(at)
    return found


def _slot(new: Added, slots: Mapping[bytes, list[int]], last_row: int) -> int:
    """Behind which old line a new one comes: a row behind a row, and behind the last where its own is gone."""
    if new.behind is None:
        return -1
    if new.text[:1] == b"|" and new.behind[:1] != b"|":
        return last_row
    return min(slots.get(new.behind, [last_row]), key=lambda at: abs(at - new.near))
