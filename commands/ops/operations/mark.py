"""`mark`: sites get another status by hand. Args: `sites`, names; `status`, a letter; `reason` and `by`, both text.

Sites that are finalized by hand get a line in their batch's closure report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from commands.ops import agents, closure, registry, registry_edit, sites
from commands.ops.closure import Line
from commands.ops.errors import NotReadable, WrongUsage
from commands.ops.house import House
from commands.ops.operation import Args, Did, Operation, PartlyDone, Step, Target
from commands.ops.registry_edit import Edited, Overwritten
from commands.ops.status_edits import Mark, row_text, status_edits
from commands.ops.targets_of_rows import row_about, site_of

LOCK = "registry"


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Each site that has another status, bound to its row's text; those that have this one already are left out.

    Raises:
        WrongUsage: the ladder does not know the letter, there is no such site, or all have the status.
        Refusal: a site has several rows, or there is no column for a status.
        NotReadable: the registry cannot be read.
    """
    letter = str(args["status"])
    _known(house, letter)
    table = registry.read(house.settings, house.machine)
    rows = sites.existing(table, None, [str(site) for site in args["sites"]])
    sites.single(rows)
    changing = [row for row in rows if row.status != letter]
    if not changing:
        names = sites.listed([row.domain for row in rows])
        raise WrongUsage(f"{names}: at {letter} already, there is nothing to mark.")
    marks = {row.domain: Mark(row_text(row), letter) for row in changing}
    edits = status_edits(table, marks, house.clock.now())
    busy = _at_work(house)
    return tuple(
        Target(
            f"row {row.domain}",
            {"row": row_text(row)},
            {
                **row_about([edit]),
                "now": row.status,
                "becomes": letter,
                "batch": row.batch,
                "agent": row.domain in busy,
            },
        )
        for row, edit in zip(changing, edits, strict=True)
    )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """The rows, then the closure report where sites are finalized by hand."""
    marking = _Marking(house, args, targets)
    yield Step(f"Mark {len(targets)} as {args['status']}", marking.mark)
    if args["status"] == house.settings.ladder.finalized:
        yield Step("Write the closure report", marking.tell, abortable=False)


@dataclass(slots=True)
class _Marking:
    """One marking. marked: the sites whose rows it edited."""

    house: House
    args: Args
    targets: Sequence[Target]
    marked: set[str] = field(default_factory=set)

    def mark(self) -> Did:
        house, letter = self.house, str(self.args["status"])
        marks = {site_of(one): Mark(str(one.identity["row"]), letter) for one in self.targets}
        try:
            edited = registry_edit.set_status(
                house.settings, house.machine, marks, house.clock.now(), house.clock
            )
        except Overwritten as error:
            raise PartlyDone(error.sentence, error.edited.records) from None
        self.marked = {edit.domain for edit in edited.applied}
        return Did(told(edited, f"at {letter} now"), edited.records)

    def tell(self) -> str:
        reason, by, letter = (str(self.args[name]) for name in ("reason", "by", "status"))
        return closure.tell(
            self.house,
            [
                Line(
                    str(one.about["batch"]),
                    f"{site_of(one)} was marked {letter} by hand, it was at {one.about['now']}. Asked by {by}: {reason}",
                )
                for one in self.targets
                if site_of(one) in self.marked
            ],
        )


def told(edited: Edited, became: str) -> str:
    """What became of an edit of rows, in words."""
    number = len({record.site for record in edited.records})
    parts = [f"{number} {'site is' if number == 1 else 'sites are'} {became}"]
    if edited.backup:
        parts.append(f"; the registry before it is {edited.backup.path.name}")
    if edited.repeated:
        parts.append(f"; {edited.repeated} overwritten by a tool meanwhile, and written again")
    sentences = [
        f"Others changed {edit.domain} at the same moment; theirs stands." for edit in edited.overtaken
    ]
    if not edited.durable:
        sentences.append("Whether it survives a power cut is not known.")
    return " ".join(["".join(parts) + ".", *sentences, *edited.problems])


def _known(house: House, letter: str) -> None:
    ladder = house.settings.ladder
    if letter in ladder.letters:
        return
    near = [one for one in ladder.letters if one.lower() == letter.lower()]
    hint = f" Did you mean {' or '.join(near)}? Case matters." if near else ""
    steps_ = ", ".join(f"{one} {word}" for one, word in ladder.steps)
    raise WrongUsage(f"“{letter[:20]}” is no status of the ladder: {steps_}.{hint}")


def _at_work(house: House) -> set[str | None]:
    """Sites that an agent is seen on; it may set their status again."""
    try:
        return {agent.site for agent in agents.read(house.settings, house.machine).agents}
    except NotReadable:
        return set()


MARK = Operation("mark", "confirm", look, lambda _args, _targets: (LOCK,), steps)
