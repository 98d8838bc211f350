"""The versions of the registry one can go back to, as a Reply: the recommended one first."""

from collections.abc import Mapping

from commands.ops.versions.progress import Lost
from commands.ops.versions.sources import Source
from commands.ops.versions.versions import Version, Versions
from commands.reply import Facts, Lines, Part, Proposal, Reply, Table, Text, Value, When
from commands.wording.figures import count, listed
from commands.wording.restore import NAMED, brief, moves, what

BUTTONS = 3  # versions with a button of their own, beside the form
IN_WORDS = 10  # versions whose losses are told by name
ALL = 40  # names; the plan of a version has them all


def listing(found: Versions) -> Reply:
    """All versions, the recommended one first among the buttons."""
    newest = found.recommended
    return Reply(
        "fine" if found.versions else "trouble",
        _headline(found),
        "info" if newest else "warning",
        facts={
            "recommended": newest.source.name if newest else None,
            "whole": found.now.whole if found.now else None,
            "versions": [_fact(one) for one in found.versions],
            "damaged": list(found.damaged),
        },
        parts=_parts(found),
        proposals=_proposals(found),
        problems=(*found.problems, *(f"The copy {name} is damaged." for name in found.damaged)),
    )


def _headline(found: Versions) -> str:
    newest = found.recommended
    stands = _stands(found)
    if not found.versions:
        return f"{stands} There is no other version of it, neither in git nor among the copies."
    if newest is None:
        return f"{stands} None of {count(len(found.versions), 'version')} is whole: look what each one has."
    return f"{stands} The newest whole version is {what(newest.source)}; {_number(newest.lost)}."


def _stands(found: Versions) -> str:
    if found.now is None:
        return "The registry cannot be read."
    if found.now.whole:
        return "The registry is whole: nothing has to be restored."
    return f"The registry is not whole: {brief(found.now)}."


def _number(lost: Lost | None) -> str:
    """How much going back would lose."""
    if lost is None:
        return "what would be lost is not known"
    said = [f"{count(len(lost.back), 'site')} would go back"] if lost.back else []
    said += [f"{count(len(lost.gone), 'site')} would go"] if lost.gone else []
    return " and ".join(said) or "nothing would be lost"


def _newest(newest: Version | None) -> tuple[Part, ...]:
    """The one that is recommended: since when, by whom, and the first names of what it would lose."""
    if newest is None:
        return ()
    lost = newest.lost
    figures: list[tuple[str, Value]] = [("Made", When(newest.source.at)), ("By", _by(newest.source))]
    figures += [("Would go back", moves(lost.back, NAMED))] if lost and lost.back else []
    figures += [("Would go", listed(lost.gone, NAMED))] if lost and lost.gone else []
    return (Facts(tuple(figures), f"The newest whole version, {what(newest.source)}"),)


def _parts(found: Versions) -> tuple[Part, ...]:
    if not found.versions:
        return ()
    columns = ("Version", "Made", "By", "Integrity", "Sites", "Go back", "Go", "Come back")
    rows = tuple(
        (
            one.source.name,
            When(one.source.at),
            _by(one.source),
            brief(one.found),
            _counts(one.counts),
            *(("", "", "") if one.lost is None else map(str, _numbers(one.lost))),
        )
        for one in found.versions
    )
    shown = [one for one in found.versions if one.lost][:IN_WORDS]
    lines = tuple(f"{one.source.name}: {_all_of(one.lost)}" for one in shown if one.lost)
    return (
        *_newest(found.recommended),
        Text("Later progress that files, the watch or an agent prove can be set again afterwards."),
        Table(columns, rows, "Versions, newest first"),
        Lines(lines, "What each would lose, by name"),
    )


def _by(source: Source) -> str:
    if source.kind == "commit":
        return f"{source.author}: {source.said}"
    return "Wavewarden's copy" if source.kind == "copy" else "made by hand"


def _numbers(lost: Lost) -> tuple[int, int, int]:
    return len(lost.back), len(lost.gone), len(lost.comes)


def _all_of(lost: Lost) -> str:
    said = [moves(lost.back, ALL)] if lost.back else []
    said += [f"not in it: {listed(lost.gone, ALL)}"] if lost.gone else []
    return "; ".join(said) or "nothing"


def _counts(counts: Mapping[str, int]) -> str:
    return " ".join(f"{letter or '?'} {number}" for letter, number in counts.items() if number)


def _proposals(found: Versions) -> tuple[Proposal, ...]:
    newest = found.recommended
    others = [one for one in found.versions if one is not newest and one.found.whole]
    shown = [*([newest] if newest else []), *others][:BUTTONS]
    buttons = tuple(
        Proposal(
            f"Go back to {one.source.name}",
            f"dedupe restore {one.source.name}",
            "confirm" if one is newest and not (found.now and found.now.whole) else None,
        )
        for one in shown
    )
    more = (Proposal("Choose another", "dedupe restore --choose", asks=True),) if found.versions else ()
    return (*buttons, *more, Proposal("Look again", "dedupe restore"))


def _fact(one: Version) -> dict[str, object]:
    source, lost = one.source, one.lost
    return {
        "name": source.name,
        "kind": source.kind,
        "at": source.at.isoformat(),
        "author": source.author or None,
        "whole": one.found.whole,
        "missing": list(one.found.missing),
        "doubled": [doubled.domain for doubled in one.found.doubled],
        "counts": dict(one.counts),
        "back": [move._asdict() for move in lost.back] if lost else None,
        "gone": list(lost.gone) if lost else None,
        "comes": list(lost.comes) if lost else None,
    }
