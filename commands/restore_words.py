"""The versions of the registry in words: what each is, whether it is whole, and what going back to it would lose."""

from collections.abc import Mapping

from commands.ops.integrity import Integrity
from commands.ops.progress import Lost, Move
from commands.ops.reapplying import Found
from commands.ops.versions import Source, Version, Versions
from commands.reply import Lines, Part, Proposal, Reply, Table, Text, When
from commands.wording import count, listed

BUTTONS = 3  # versions with a button of their own, beside the form
NAMED = 5
IN_WORDS, ALL = (
    10,
    40,
)  # versions whose losses are told by name, and names; the plan of a version has them all
BETWEEN = " · "
PROOFS = {"files": "proved by their files", "watch": "seen by the watch", "agent": "in work with an agent"}


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


def choice(one: Version) -> str:
    """One version in a form's list; its name first."""
    return BETWEEN.join(
        (one.source.name, f"{one.source.at:%Y-%m-%d %H:%M} UTC", brief(one.found), _short(one.lost))
    )


def name_in(chosen: str) -> str:
    """The name out of a choice."""
    return chosen.partition(BETWEEN)[0]


def what(source: Source) -> str:
    """`commit 4f1c2a90be by Ann: Batch 001: 3 designed`."""
    if source.kind == "commit":
        return f"commit {source.name} by {source.author}: {source.said}"
    return f"copy {source.name}" if source.kind == "copy" else f"{source.name}, made by hand"


def brief(found: Integrity) -> str:
    """Whether a version is whole; if not, the first thing that is wrong with it."""
    if found.whole:
        return "whole"
    if not found.sites:
        return "no sites"
    wrong = (
        (len(found.missing), "missing"),
        (len(found.doubled), "doubled"),
        (len(found.malformed), "malformed"),
        (len(found.outside), "in no batch"),
    )
    return ", ".join(f"{number} {word}" for number, word in wrong if number)


def moves(some: tuple[Move, ...] | list[list[str]], most: int) -> str:
    """`lotus.dev I → D, fern.dev Q → I and 3 more`."""
    return listed([f"{site} {now or 'no status'} → {then or 'no status'}" for site, now, then in some], most)


def nothing_proved(plan: str, found: Found) -> str:
    """Why there is nothing to set again."""
    if not found.unproved:
        return f"No site stands as {plan} put it back: there is nothing to set again."
    return (
        f"Nothing proves the later progress of {listed([one.site for one in found.unproved])}: neither files, nor the"
        " watch, nor an agent. Set what you know with “batch mark”."
    )


def reason(plan: str, found: Found) -> str:
    """Why these statuses are set again, and which are not."""
    by_proof = [
        f"{listed([move.site for move, proof in found.proved if proof == kind], NAMED)} {words}"
        for kind, words in PROOFS.items()
        if any(proof == kind for _, proof in found.proved)
    ]
    left = f"; nothing proves {moves([list(one) for one in found.unproved], NAMED)}" if found.unproved else ""
    return f"progress that {plan} took back: {', '.join(by_proof)}{left}"


def _headline(found: Versions) -> str:
    newest = found.recommended
    stands = _stands(found)
    if not found.versions:
        return f"{stands} There is no other version of it, neither in git nor among the copies."
    if newest is None:
        return f"{stands} None of {count(len(found.versions), 'version')} is whole: look what each one has."
    return f"{stands} The newest whole version is {what(newest.source)}; {_loses(newest.lost)}."


def _stands(found: Versions) -> str:
    if found.now is None:
        return "The registry cannot be read."
    if found.now.whole:
        return "The registry is whole: nothing has to be restored."
    return f"The registry is not whole: {brief(found.now)}."


def _loses(lost: Lost | None) -> str:
    """What going back would lose, with the first names."""
    if lost is None:
        return "what would be lost is not known"
    said = []
    if lost.back:
        said.append(f"{count(len(lost.back), 'site')} would go back: {moves(lost.back, NAMED)}")
    if lost.gone:
        said.append(f"{count(len(lost.gone), 'site')} would go: {listed(lost.gone, NAMED)}")
    return "; ".join(said) or "nothing would be lost"


def _short(lost: Lost | None) -> str:
    if lost is None:
        return "loss unknown"
    return f"{len(lost.back)} back, {len(lost.gone)} gone"


def _parts(found: Versions) -> tuple[Part, ...]:
    if not found.versions:
        return ()
    columns = ("Version", "Made", "Integrity", "Sites", "Would go back", "Would go", "What it is")
    rows = tuple(
        (
            one.source.name,
            When(one.source.at),
            brief(one.found),
            _counts(one.counts),
            "" if one.lost is None else str(len(one.lost.back)),
            "" if one.lost is None else str(len(one.lost.gone)),
            what(one.source),
        )
        for one in found.versions
    )
    shown = [one for one in found.versions if one.lost][:IN_WORDS]
    lines = tuple(f"{one.source.name}: {_all_of(one.lost)}" for one in shown if one.lost)
    return (
        Text("Later progress that files, the watch or an agent prove can be set again afterwards."),
        Table(columns, rows, "Versions, newest first"),
        Lines(lines, "What each would lose, by name"),
    )


def _all_of(lost: Lost) -> str:
    said = [moves(lost.back, ALL)] if lost.back else []
    said += [f"not in it: {listed(lost.gone, ALL)}"] if lost.gone else []
    said += [f"comes back: {listed(lost.comes, ALL)}"] if lost.comes else []
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
