"""The preview of mending the registry: the true diff, what is decided by which rule, and what is left to choose."""

from collections.abc import Iterator, Mapping, Sequence

from commands.evidence import doubled_rows
from commands.evidence.doubled_rows import Site
from commands.ops.operation import Args, Target
from commands.reply import Diff, Part, Proposal
from commands.wording.figures import count, listed
from commands.wording.unknown import clipped

Targets = tuple[Target, ...]
A_FORM = 40  # sites; Slack has no form with more than 100 blocks
MOST_FORMS = 4  # buttons; more sites are undecided sites of the next plan
IN_SUMMARY = 5  # conflicting sites whose rows are shown in the message itself
SHORT = 30  # lines of a diff that is shown in the message itself
MOST_LINES = 600  # of the diff that are shown
NAME = 80  # characters of a site's
LINE = 300  # characters of one


def title(args: Args, targets: Targets) -> str:
    """`take 14 surplus rows of 12 sites out of the registry; 2 of them are your choice`."""
    del args
    going = sum(len(target.about["rows"]) - 1 for target in targets)
    left = len(undecided(targets))
    choice = f"; {left} of them {'is' if left == 1 else 'are'} your choice" if left else ""
    return f"take {count(going, 'surplus row')} of {count(len(targets), 'site')} out of the registry{choice}"


def parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """Each conflict with its rule, and the diff."""
    del args
    sites = sites_of(targets)
    diff = tuple(_shortened(list(unified(targets))))
    few = len(doubled_rows.conflicting(sites)) <= IN_SUMMARY
    return (
        doubled_rows.by_rule(sites),
        *doubled_rows.parts(sites, evidence=not few),
        Diff(diff, "The registry: nothing else changes", evidence=len(diff) > SHORT),
    )


def before(args: Args, targets: Targets) -> tuple[str, ...]:
    """What is left to choose, and who may write meanwhile."""
    del args
    return (*_choices(targets), *_writers(targets))


def _choices(targets: Targets) -> Iterator[str]:
    names = [clipped(name, NAME) for name, _ in sites_of(undecided(targets))]
    if names:
        yield f"Nothing proves which row is right: {listed(names, 10)}. Choose before anybody can approve."


def _writers(targets: Targets) -> Iterator[str]:
    if agents := targets[0].about.get("agents") if targets else 0:
        yield (
            f"{count(agents, 'agent')} ran when this was planned: if these rows change before it is carried out, nothing"
            " is done. Hold launches first."
        )


def beside(plan: str, targets: Targets) -> tuple[Proposal, ...]:
    """A form for every 40 sites whose rows conflict; those that are undecided come first."""
    number = len(to_choose(targets))
    forms = min(-(-number // A_FORM), MOST_FORMS)
    return tuple(
        Proposal(
            "Choose rows"
            if forms == 1
            else f"Choose rows {page * A_FORM + 1} to {min((page + 1) * A_FORM, number)}",
            f"dedupe choose {plan}{f' --page {page + 1}' if page else ''}",
            plan=plan,
            asks=True,
        )
        for page in range(forms)
    )


def sites_of(targets: Sequence[Target]) -> list[Site]:
    """Each site with what is told of it."""
    return [(target.key.removeprefix("site "), target.about) for target in targets]


def undecided(targets: Sequence[Target]) -> list[Target]:
    """Those that are somebody's choice."""
    return [target for target in targets if target.about["kept"] is None]


def to_choose(targets: Sequence[Target]) -> list[Target]:
    """Those whose rows conflict, the undecided first."""
    decided = [one for one in targets if one.about["kept"] is not None and one.about["rule"] != "identical"]
    return [*undecided(targets), *decided]


def unified(targets: Sequence[Target]) -> Iterator[str]:
    """The lines of a unified diff, as `diff -u` would print them."""
    lines = {int(line): text for one in targets for line, text in one.about["around"].items()}
    going = {
        row["line"]
        for one in targets
        for row in one.about["rows"]
        if one.about["kept"] is not None and row["line"] != one.about["kept"]
    }
    if going:
        yield from ("--- REGISTRY.md", "+++ REGISTRY.md")
    gone = 0
    for hunk in _hunks(sorted(lines)):
        out = sum(line in going for line in hunk)
        left = len(hunk) - out
        yield f"@@ -{hunk[0]},{len(hunk)} +{hunk[0] - gone - (not left)},{left} @@"
        yield from _hunk(hunk, lines, going)
        gone += out


def _hunks(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Stretches of lines that follow each other."""
    hunk: list[int] = []
    for number in numbers:
        if hunk and number > hunk[-1] + 1:
            yield hunk
            hunk = []
        hunk.append(number)
    if hunk:
        yield hunk


def _hunk(hunk: Sequence[int], lines: Mapping[int, str], going: set[int]) -> Iterator[str]:
    for number in hunk:
        text = lines[number].rstrip("\r\n")
        more = f"… ({len(text) - LINE:,} characters more)" if len(text) > LINE else ""
        yield f"{'-' if number in going else ' '}{text[:LINE]}{more}"
        if not lines[number].endswith("\n"):
            yield "\\ No newline at end of file"


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[:MOST_LINES], f"… and {len(lines) - MOST_LINES:,} lines more"]
