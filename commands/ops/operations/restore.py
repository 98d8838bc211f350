"""`restore`: another version takes the registry's place, by the byte. Args: `name`, `digest` of what it holds."""

from collections.abc import Iterator
from typing import Any

from commands.ops.agents import agents
from commands.ops.edits import editing, foresight, placing
from commands.ops.edits.editing import Overwritten
from commands.ops.edits.held import Held
from commands.ops.edits.lines import Change, difference
from commands.ops.edits.rows import edits_of
from commands.ops.errors import NotReadable, Refusal
from commands.ops.house import House
from commands.ops.machine.writing.strays import digest
from commands.ops.operation import Args, Did, Operation, PartlyDone, Step, Target
from commands.ops.operations.mark import LOCK, told
from commands.ops.operations.row_targets import row_about
from commands.ops.plans import whole_version
from commands.ops.plans.whole_version import VERSION
from commands.ops.registry.line_list import split
from commands.ops.versions import sources, versions
from commands.ops.versions.progress import Lost, lost
from commands.ops.versions.sources import Source
from commands.ops.versions.unlike import Kept, Outline, unlike

MOST_ROWS = 1000  # sites that are targets of their own; where more differ, all of the file is one


def going_back_to(house: House, source: Source) -> Args:
    """The args for a version: it, and no other content under its name.

    Raises:
        NotReadable: it is damaged.
    """
    return {"name": source.key, "digest": digest(sources.content(house, source))}


def look(house: House, args: Args) -> tuple[Target, ...]:
    """The version; and each site that it changes, bound to its lines as they stand.

    Raises:
        WrongUsage: there is no such version.
        Refusal: it has no rows.
        NotReadable: it is damaged, or what stands in the registry's place cannot be read.
    """
    data: bytes | None
    source, data = _version(house, args)
    counts, then = _counted(house, data)
    data = versions.current(house)  # of a large one there is room for one at a time
    missing = data is None
    before, now = _counted(house, data or b"")
    del data
    if not any(counts.values()):
        raise Refusal(f"{args['name']} has no rows: the registry cannot go back to it.")
    if now.held.digest == then.held.digest and not missing:
        return ()
    about = {
        "name": source.name,
        "kind": source.kind,
        "at": source.at.isoformat(),
        "author": source.author,
        "said": source.said,
        "agents": _agents(house),
        "letters": list(house.settings.ladder.letters),  # JSON keeps the order of a list alone
        "counts": counts,
        "counts_now": before,
        **_told(lost(*unlike(house.settings, now, then))),
    }
    data, stands = then.held.data, None if missing else now.held.data
    return (whole_version.target(VERSION, data, stands, **about), *_sites(stands or b"", data))


def _counted(house: House, data: bytes) -> tuple[dict[str, int], Kept]:
    table = versions.parsed(house, data)
    counts, outline = table.counts(), Outline.of(table)
    del table  # of a large one there is room for one thing at a time
    return counts, Kept(Held.of(data), outline)


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Put it there, and look what stands there."""
    version = next(target for target in targets if target.key == VERSION)
    yield Step(
        "Put it in the registry's place",
        lambda: _restore(house, args, version),
        foresees=lambda: foresight.of_content(house, lambda: _version(house, args)[1]),
    )
    yield Step("Look again", lambda: _look_again(house), abortable=False)


def _restore(house: House, args: Args, version: Target) -> Did:
    (_, data), now = _version(house, args), version.about["now"]
    if now is None:
        return Did(placing.place(house, data))

    def change(current: bytes) -> bytes:
        if digest(current) != now:
            raise Refusal(
                "Nothing was done: the registry was changed in the last moment. Ask for a fresh plan."
            )
        return data

    try:
        edited = editing.replace_all(house.settings, house.machine, change, house.clock)
    except Overwritten as error:
        raise PartlyDone(error.sentence, error.edited.records) from None
    return Did(told(edited, "as in that version"), edited.records)


def _look_again(house: House) -> str:
    data = versions.current(house)
    table = versions.parsed(house, data or b"")
    wrong = table.problems
    sites = len(table.sites())
    return " ".join([f"The registry has {sites} sites in {len(table.rows)} rows.", *wrong])


def _version(house: House, args: Args) -> tuple[Source, bytes]:
    """The version, and what it holds, still.

    Raises:
        NotReadable: it holds something else by now.
    """
    source = sources.named(house, str(args["name"]))
    data = sources.content(house, source)
    if digest(data) != args["digest"]:
        raise NotReadable(f"{args['name']} is not what it was: look at “dedupe restore” again.")
    return source, data


def _sites(now: bytes, data: bytes) -> Iterator[Target]:
    changes, lines = difference(now, data), split(now)
    if len(changes) > MOST_ROWS:
        yield Target("registry", {"now": digest(now)}, {"sites": len(changes)})
        return
    for change in changes:
        yield Target(
            f"row {_name(change)}",
            {"rows": [_decoded(text) for text in change.before]},
            row_about(edits_of([change], lines)),
        )


def _agents(house: House) -> int | None:
    """How many may write to the registry before the plan is carried out."""
    try:
        return len(agents.read(house.settings, house.machine).agents)
    except NotReadable:
        return None


def _told(found: Lost) -> dict[str, Any]:
    return {
        "back": [list(one) for one in found.back],
        "ahead": [list(one) for one in found.ahead],
        "gone": list(found.gone),
        "comes": list(found.comes),
    }


def _name(change: Change) -> str:
    return _decoded(change.key)


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "backslashreplace")


RESTORE = Operation("restore", "confirm", look, lambda _args, _targets: (LOCK,), steps)
