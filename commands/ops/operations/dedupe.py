"""`dedupe`: of each doubled site one row stays, the others go; nothing else changes by a byte.

Args: `keep`, by site the text of the row that somebody chose.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from commands.ops.agents import agents
from commands.ops.edits import editing, foresight
from commands.ops.edits.editing import Overwritten
from commands.ops.edits.lines import text_of
from commands.ops.edits.rows import Edits, LineEdit, RowsChanged
from commands.ops.edits.statuses import row_text
from commands.ops.errors import NotReadable, Refusal
from commands.ops.house import House
from commands.ops.integrity import evidence, integrity
from commands.ops.integrity.duplicates import scan, scan_lean
from commands.ops.integrity.integrity import Integrity
from commands.ops.integrity.resolution import Judged, Resolution, resolve
from commands.ops.operation import Args, Did, Operation, PartlyDone, Step, Target
from commands.ops.operations.mark import LOCK, told
from commands.ops.registry import registry
from commands.ops.registry.findings import sentences
from commands.ops.registry.registry import Registry

SHOWN = 80  # characters of a site's name, which may be of any length where it is none
CONTEXT = 3  # lines around a change, as `diff -u` shows them


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Every doubled site, bound to the texts of its rows and to which of them stays.

    Raises:
        Refusal: the table itself is damaged, or a chosen row is not there any more.
        NotReadable: the registry cannot be read.
    """
    table = registry.read(house.settings, house.machine)
    found = integrity.examine(table, {})
    must_be_mendable(found)
    speaking = evidence.gather(house, {one.domain: one.rows for one in found.conflicting})
    resolved = resolve(found.doubled, speaking, house.settings.ladder, args.get("keep") or {})
    writers = _writers(house) if resolved else None
    return tuple(
        replace(target, about={**target.about, "agents": writers}) for target in targets_of(table, resolved)
    )


def targets_of(table: Registry, resolved: Iterable[Resolution]) -> tuple[Target, ...]:
    """What becomes of each site, as a plan keeps it; one that is undecided blocks it."""
    return tuple(_target(table, one) for one in resolved)


def _writers(house: House) -> int | None:
    """How many agents may write to these rows before the plan is carried out."""
    try:
        return len(agents.read(house.settings, house.machine).agents)
    except NotReadable:
        return None


def must_be_mendable(found: Integrity) -> None:
    """Rows can be taken out of a table that is one.

    Raises:
        Refusal: it is none, it is two, or the file is damaged otherwise.
    """
    if found.beyond_mending:
        said = sentences(found.beyond_mending)[0].removesuffix(".")
        raise Refusal(
            f"{said}: taking rows out does not mend that. Go back to a whole one with “dedupe restore”."
        )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Take the rows out, and look whether they stay out."""
    del args
    planned = {_name(target): target.identity for target in targets}
    going = sum(len(identity["rows"]) - 1 for identity in planned.values())
    yield Step(
        f"take {going} surplus rows out",
        lambda: _take_out(house, planned),
        foresees=lambda: foresight.of_edits(house, lambda table: edits_of(table, planned)),
    )
    yield Step("look again", lambda: _look_again(house), abortable=False)


def _take_out(house: House, planned: Mapping[str, Mapping[str, object]]) -> Did:
    try:
        edited = editing.edit(
            house.settings, house.machine, lambda table: edits_of(table, planned), house.clock
        )
    except Overwritten as error:
        raise PartlyDone(error.sentence, error.edited.records) from None
    return Did(told(edited, "in the registry once now"), edited.records)


def edits_of(table: Registry, planned: Mapping[str, Mapping[str, object]]) -> Edits:
    """The lines that go: of each site all rows but the one that stays.

    Raises:
        RowsChanged: a site's rows are not those that were planned for.
    """
    sites = table.sites()
    changed = [
        site
        for site, identity in planned.items()
        if [row_text(row) for row in sites.get(site, ())] != identity["rows"]
    ]
    if changed:
        raise RowsChanged(changed)
    edits = []
    for site, identity in planned.items():
        kept = next(row for row in sites[site] if row_text(row) == identity["keep"])
        edits += [LineEdit(text_of(row.raw), None, row.line) for row in sites[site] if row is not kept]
    return tuple(edits)


def _look_again(house: House) -> str:
    data = registry.content(house.settings, house.machine)
    found = scan_lean(data) if len(data) > house.settings.limits.registry_here_bytes else scan(data)
    doubled = len(found.identical) + len(found.conflicting)
    if not doubled:
        return "No site stands in the registry more than once."
    return (
        f"{doubled} sites are doubled again: somebody keeps writing an old copy. Hold launches, then mend"
        " it again."
    )


def _target(table: Registry, one: Resolution) -> Target:
    kept = None if one.kept is None else row_text(one.kept)
    identity = {"rows": [row_text(judged.row) for judged in one.rows], "keep": kept}
    blocks = "" if one.kept else f"nothing proves which row of {one.domain[:SHOWN]} is right; choose one."
    return Target(f"site {one.domain}", identity, {**about_of(one), "around": _around(table, one)}, blocks)


def about_of(one: Resolution) -> dict[str, Any]:
    """What a person should see of a doubled site: its rows, which stays (its line; None: undecided), and why."""
    return {
        "rule": one.rule,
        "kept": None if one.kept is None else one.kept.line,
        "rows": [_row(one, judged) for judged in one.rows],
        **_files(one),
    }


def _row(one: Resolution, judged: Judged) -> dict[str, object]:
    row, found = judged.row, one.evidence
    committed = found.committed.get(row.line) if found else None
    seen = found.seen(row.status) if found else None
    return {
        "line": row.line,
        "status": row.status,
        "updated": row.updated,
        "supported": judged.supported,
        "committed": committed.isoformat() if committed else None,
        "seen": seen.isoformat() if seen else None,
    }


def _files(one: Resolution) -> dict[str, object]:
    if one.evidence is None:
        return {}
    files = one.evidence.files
    newest = files.newest.isoformat() if files.newest else None
    made = {"files": files.files, "newest": newest, "page": files.page}
    return {"design": files.design, **made, "log": one.evidence.log}


def _around(table: Registry, one: Resolution) -> dict[str, str]:
    """The lines that go, and those around them, by number: what a diff shows; each with its line feed if it has one."""
    going = [judged.row.line for judged in one.rows if judged.row is not one.kept] if one.kept else []
    numbers = {
        number
        for line in going
        for number in range(max(1, line - CONTEXT), min(len(table.lines), line + CONTEXT) + 1)
    }
    return {
        str(number): table.lines[number - 1].decode("utf-8", "backslashreplace") for number in sorted(numbers)
    }


def _name(target: Target) -> str:
    return target.key.removeprefix("site ")


DEDUPE = Operation("dedupe", "confirm", look, lambda _args, _targets: (LOCK,), steps)
