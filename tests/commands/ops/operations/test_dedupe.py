"""`dedupe` as an operation: surplus rows go, nothing else changes by a byte."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from commands.ops.edits import backups
from commands.ops.edits.lines import applied
from commands.ops.edits.rows import RowsChanged, changes_of
from commands.ops.errors import NotReadable, OpsError, Refusal
from commands.ops.host_settings import Ladder
from commands.ops.house import House
from commands.ops.integrity import integrity
from commands.ops.integrity.evidence import Evidence
from commands.ops.integrity.resolution import resolve
from commands.ops.operations.dedupe import DEDUPE, edits_of, targets_of
from commands.ops.registry import registry
from commands.ops.registry.line_list import split
from commands.ops.registry.registry import parse
from commands.ops.sites.files import SiteFiles
from tests.commands.ops.operations.carrying import carry_out

HEADER = "| Domain | Batch | Status |\n|---|---|---|\n"
DOUBLED = "| a.dev | 1 | D |\n| b.dev | 1 | D |\n| a.dev | 1 | D |\n"
BUILT = Evidence(SiteFiles(design=True, files=3, newest=None, page=True), "", (), {})
LINES = st.sampled_from(
    [
        *(b"| a.dev | 1 | D |", b"|a.dev|1|D|", b"| a.dev | 1 | I | 2026-03-24 |", b"| a.dev | 1 | x |"),
        *(
            b"| b.dev | 1 | I |",
            b"| b.dev | 1 | Q |",
            b"| c.dev | 1 | I |",
            b"| c\\|d.dev | \xc3\xa9 \xe2\x82\xac |",
        ),
        *(b"| c\\|d.dev | two |", b"| \xf0\x9f\x8c\xb8.dev | 1 | D |", b"| a.dev", b"prose | with | pipes |"),
        *(
            b"",
            b"|",
            b"|  |",
            b"| \xff.dev | 1 | D |",
            b"| \xff.dev | 1 | I |",
            b"---",
            b"\t| a.dev | 1 | D |",
        ),
    ]
)
ENDS = st.sampled_from([b"\n", b"\r\n"])


def path_of(house: House) -> Path:
    return house.machine.root / house.settings.tree.registry


def write(house: House, text: str | bytes) -> Path:
    path = path_of(house)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@settings(deadline=None)
@given(st.lists(st.tuples(LINES, ENDS), max_size=14), st.booleans(), st.booleans())
def test_only_the_surplus_rows_go_and_every_other_byte_stays(
    lines: list[tuple[bytes, bytes]],
    bom: bool,  # noqa: FBT001 - drawn
    cut: bool,  # noqa: FBT001 - drawn
) -> None:
    data = (b"\xef\xbb\xbf" if bom else b"") + HEADER.encode() + b"".join(text + end for text, end in lines)
    data = data.rstrip(b"\r\n") if cut else data
    table = parse(data, Ladder(), 25)
    found = integrity.examine(table, {})
    resolved = resolve(found.doubled, {one.domain: BUILT for one in found.conflicting}, Ladder(), {})
    decided = [one for one in resolved if one.kept]
    planned: dict[str, Mapping[str, object]] = {
        target.key.removeprefix("site "): target.identity for target in targets_of(table, decided)
    }
    edits = edits_of(table, planned)
    going = {edit.line for edit in edits}
    after = applied(split(data), changes_of(edits, split(data)))
    assert after == b"".join(line for number, line in enumerate(split(data), 1) if number not in going)
    left = integrity.examine(parse(after, Ladder(), 25), {})
    assert {one.domain for one in left.doubled} == {one.domain for one in resolved if not one.kept}
    assert left.sites == found.sites


@pytest.mark.parametrize(
    "more",
    [
        *("", "\r", "é € 🌸 \u202e", "a\\|b", "x" * 100_000, " \u00a0 ", "<!channel> ```"),
    ],
)
def test_whatever_stands_in_a_cell_stays_as_it_is(bare_house: House, more: str) -> None:
    rows = [f"| a.dev | 1 | D | {more} |", f"| b.dev | 1 | D | {more} |", f"| a.dev | 1 | D | {more} |"]
    write(bare_house, f"\ufeff# Sites\r\n\r\n{HEADER}" + "\n".join(rows))
    said = carry_out(bare_house, DEDUPE, {})
    assert (
        path_of(bare_house).read_bytes().decode()
        == f"\ufeff# Sites\r\n\r\n{HEADER}" + "\n".join(rows[:2]) + "\n"
    )
    assert said[1] == "No site stands in the registry more than once."


def test_the_registry_is_copied_before_it_is_touched(bare_house: House) -> None:
    before = write(bare_house, HEADER + DOUBLED).read_bytes()
    said = carry_out(bare_house, DEDUPE, {})
    [copy] = backups.listed(bare_house.settings)
    assert backups.read(bare_house.settings, copy) == before
    assert said[0].startswith(
        f"1 site is in the registry once now; the registry before it is copy {copy.name}."
    )


def test_a_site_that_nothing_decides_blocks_the_plan_and_names_itself(bare_house: House) -> None:
    write(bare_house, HEADER + "| a.dev | 1 | D |\n| a.dev | 1 | I |\n| b.dev | 1 | D |\n| b.dev | 1 | D |\n")
    first, second = DEDUPE.look(bare_house, {})
    assert (first.key, first.blocks) == (
        "site a.dev",
        "nothing proves which row of a.dev is right; choose one.",
    )
    assert (second.key, second.blocks) == ("site b.dev", "")


def test_rows_that_change_between_the_look_and_the_edit_stay_as_they_are(bare_house: House) -> None:
    write(bare_house, HEADER + DOUBLED)
    targets = DEDUPE.look(bare_house, {})
    changed = write(bare_house, HEADER + DOUBLED.replace("| D |", "| i |", 1)).read_bytes()
    step = next(DEDUPE.steps(bare_house, {}, targets))
    with pytest.raises(RowsChanged, match=r"a\.dev"):
        step.act()
    assert path_of(bare_house).read_bytes() == changed
    assert backups.listed(bare_house.settings) == ()


DAMAGED = {
    "nothing": (b"", "has no table"),
    "prose": (b"no table here\n", "has no table"),
    "no header": (DOUBLED.encode(), "has rows without a header"),
    "two tables": (f"{HEADER}{DOUBLED}\n{HEADER}{DOUBLED}".encode(), "has a second header"),
    "a column twice": (
        b"| Domain | Status | Status |\n| a.dev | D | D |\n" * 2,
        "has two columns of one name",
    ),
    "no status column": (
        b"| Domain | Batch |\n| a.dev | 1 |\n| a.dev | 1 |\n",
        "has a header without a Status column",
    ),
    "a merge": (f"{HEADER}<<<<<<< HEAD\n{DOUBLED}>>>>>>> b\n".encode(), "has the marks of a merge"),
    "binary": (HEADER.encode() + b"\0" * 64 + DOUBLED.encode(), "has NUL bytes"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_file_is_refused_with_what_is_wrong_and_not_written_to(
    bare_house: House, kind: str
) -> None:
    data, said = DAMAGED[kind]
    path = write(bare_house, data)
    before = path.stat()
    with pytest.raises(Refusal, match=f"{said}.*dedupe restore"):
        DEDUPE.look(bare_house, {})
    assert (path.read_bytes(), path.stat().st_ino) == (data, before.st_ino)


def test_no_file_a_directory_and_one_that_is_too_large_are_refused(bare_house: House) -> None:
    path = path_of(bare_house)
    with pytest.raises(NotReadable, match="There is no registry"):
        DEDUPE.look(bare_house, {})
    path.mkdir()
    with pytest.raises(NotReadable, match="is not a file"):
        DEDUPE.look(bare_house, {})
    path.rmdir()
    limited = replace(bare_house.settings.limits, registry_bytes=10)
    write(bare_house, HEADER)
    with pytest.raises(OpsError, match="more than the 10 we read"):
        registry.read(replace(bare_house.settings, limits=limited), bare_house.machine)


def test_it_holds_the_registry() -> None:
    assert DEDUPE.locks({}, ()) == ("registry",)
