"""The diagnosis of the registry in words: the worst thing first, how bad it is and why, what to do."""

from collections.abc import Iterable, Iterator

from commands.ops.integrity.diagnosis import RegistryDiagnosis
from commands.ops.integrity.integrity import Integrity
from commands.ops.registry import findings
from commands.reply import Severity
from commands.wording.figures import count, listed
from commands.wording.unknown import clipped

NAMED = 3
NAME = 80  # characters
LEVELS = "1 to 5 low, 6 to 20 medium, more than 20 high"
GIT = {
    "clean": "as committed",
    "modified": "modified since the last commit",
    "staged": "staged, not committed",
    "conflicted": "in a merge conflict",
    "none": "not in git",
    None: None,
}


def headline(seen: RegistryDiagnosis) -> str:
    """The verdict: the worst thing that was found, and what to do."""
    if seen.found is None:
        return seen.problems[0]
    wrong = sentences(seen.found)
    if not wrong:
        return f"The registry is whole: {count(seen.found.sites, 'site')}, each once."
    return " ".join(filter(None, [wrong[0], advice(seen)]))


def severity(seen: RegistryDiagnosis) -> Severity:
    """Lost rows, a damaged table and many doubles are critical."""
    found = seen.found
    if found is None or not found.sites or found.beyond_mending or found.missing or seen.level == "high":
        return "critical"
    return "ok" if found.clean else "warning"


def sentences(found: Integrity) -> list[str]:
    """Everything that is wrong, the worst first; none where nothing is."""
    return [sentence for look in (_table, _missing, _doubled, _rows, _strange) for sentence in look(found)]


def reasons(seen: RegistryDiagnosis) -> list[str]:
    """Why it is as bad as it is said to be, and why this is the thing to do."""
    found = seen.found
    if found is None:
        return []
    said = []
    if found.doubled:
        number = count(len(found.doubled), "distinct site")
        said.append(f"{str(seen.level).capitalize()}: {number} doubled ({LEVELS}).")
    if seen.undecided:
        said.append(f"Nothing proves which row is right: {_named(seen.undecided)}. That is your choice.")
    if seen.level == "high" and not found.conflicting:
        said.append("All doubled rows are identical: a fix would lose nothing, and keep all progress.")
    if seen.agents and seen.recommended != "none":
        said.append(f"{count(seen.agents, 'agent')} may write at any moment{_after_hold(seen)}.")
    if seen.git == "conflicted":
        said.append(
            "The file is in a merge conflict: whoever merges resolves it; restoring leaves git as it is."
        )
    if seen.detached:
        said.append("The repository is on no branch (detached): what is committed there is easily lost.")
    return said


def advice(seen: RegistryDiagnosis) -> str:
    """What to do, in one sentence; empty where there is nothing."""
    first = "Hold launches first, then " if hold_first(seen) else ""
    do = {"fix": "fix it", "restore": "go back to a whole version"}.get(seen.recommended, "")
    if not do:
        return ""
    return (
        f"{first}{do}." if first else f"{do[0].upper()}{do[1:]}{' now' if seen.recommended == 'fix' else ''}."
    )


def hold_first(seen: RegistryDiagnosis) -> bool:
    """Whether agents may write, and launches are not held yet."""
    return bool(seen.agents) and not seen.held and seen.recommended != "none"


def _after_hold(seen: RegistryDiagnosis) -> str:
    return (
        ", though launches are held: those that run finish"
        if seen.held
        else ": a plan may be stale before it runs"
    )


def _named(names: Iterable[str]) -> str:
    """The first few; what stands in a cell may be of any length."""
    return listed([clipped(name, NAME) for name in names], NAMED)


def _table(found: Integrity) -> Iterator[str]:
    yield from findings.sentences(found.beyond_mending)
    if not found.sites and not found.beyond_mending:
        yield "The registry has no site in it."


def _missing(found: Integrity) -> Iterator[str]:
    if found.missing:
        one = len(found.missing) == 1
        yield (
            f"{count(len(found.missing), 'expected site')} {'is' if one else 'are'} missing from the registry:"
            f" {_named(found.missing)}."
        )


def _doubled(found: Integrity) -> Iterator[str]:
    if not found.doubled:
        return
    number, conflicts = len(found.doubled), len(found.conflicting)
    kind = (
        "all with identical rows"
        if not conflicts
        else f"{'all' if conflicts == number else conflicts} with rows that conflict"
    )
    names = _named(one.domain for one in found.doubled)
    stands = "stands" if number == 1 else "stand"
    yield f"{count(number, 'site')} {stands} in the registry more than once, {kind}: {names}."


def _rows(found: Integrity) -> Iterator[str]:
    beyond = set(found.beyond_mending)
    yield from findings.sentences(one for one in found.malformed if one not in beyond)
    if found.outside:
        names = [f"{row.domain} in line {row.line}" for row in found.outside]
        yield f"{count(len(found.outside), 'row')} in no batch: {_named(names)}."


def _strange(found: Integrity) -> Iterator[str]:
    if found.unknown_statuses:
        letters = _named(f"{letter} ({number})" for letter, number in found.unknown_statuses.items())
        yield f"Statuses that the ladder does not know: {letters}."
    if found.unexpected:
        yield f"{count(len(found.unexpected), 'site')} in no batch file: {_named(found.unexpected)}."
    if found.misplaced:
        names = [
            f"{one.row.domain} (in {one.row.batch}, listed in {one.listed_in})" for one in found.misplaced
        ]
        yield f"{count(len(found.misplaced), 'site')} in another batch than the one that lists it: {_named(names)}."
