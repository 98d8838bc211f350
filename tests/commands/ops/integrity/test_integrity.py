"""All that can be wrong with a registry, in one record."""

from hypothesis import given, settings, strategies as st

from commands.ops.batches.batches import Expected
from commands.ops.host_settings import Ladder
from commands.ops.integrity.duplicates import scan
from commands.ops.integrity.integrity import Integrity, examine
from commands.ops.registry.registry import parse

HEADER = "| Domain | Batch | Status |\n|---|---|---|\n"
LINES = st.sampled_from(
    [
        "| a.dev | 1 | D |",
        "|a.dev|1|D|",
        "| a.dev | 1 | Q |",
        "| b.dev | 2 | x |",
        "| c.dev | |",
        "prose",
        "|",
    ]
)


def examined(rows: str, header: str = HEADER, **listed: tuple[str, ...]) -> Integrity:
    """`examined("| a.dev | 1 | D |", b001=("a.dev",))`: with what batch files list."""
    expected = {name.removeprefix("b"): Expected(sites, "file") for name, sites in listed.items()}
    return examine(parse((header + rows).encode(), Ladder(), 25), expected)


def test_a_registry_with_every_site_once_is_whole_and_clean() -> None:
    found = examined("| a.dev | 1 | D |\n| b.dev | 1 | I |\n", b001=("a.dev", "b.dev"))
    assert (found.sites, found.whole, found.clean, found.surplus_rows) == (2, True, True, 0)


def test_doubled_sites_are_told_apart_with_their_lines() -> None:
    rows = "| a.dev | 1 | D |\n| b.dev | 1 | D |\n|a.dev|1|D|\n| b.dev | 1 | Q |\n| b.dev | 1 | D |\n"
    found = examined(rows)
    assert [(one.domain, one.lines) for one in found.identical] == [("a.dev", (3, 5))]
    assert [(one.domain, one.lines) for one in found.conflicting] == [("b.dev", (4, 6, 7))]
    assert (found.surplus_rows, found.sites, found.whole) == (3, 2, False)


def test_a_lost_row_and_one_too_many_do_not_cancel_out() -> None:
    found = examined("| a.dev | 1 | D |\n| x.dev | 1 | D |\n", b001=("a.dev", "b.dev"))
    assert (found.missing, found.unexpected, found.whole) == (("b.dev",), ("x.dev",), False)


def test_an_archived_site_without_a_row_is_not_missing_and_with_one_not_unexpected() -> None:
    registry = parse(f"{HEADER}| a.dev | 1 | D |\n".encode(), Ladder(), 25)
    gone = frozenset({"a.dev", "b.dev"})
    found = examine(registry, {"001": Expected(("a.dev", "b.dev", "c.dev"), "file", gone)})
    assert (found.missing, found.unexpected) == (("c.dev",), ())


def test_without_batch_files_nothing_is_unexpected_and_a_commit_tells_what_is_missing() -> None:
    registry = parse(f"{HEADER}| x.dev | 1 | D |\n".encode(), Ladder(), 25)
    found = examine(registry, {"001": Expected(("a.dev",), "commit")})
    assert (found.missing, found.unexpected) == (("a.dev",), ())


def test_sites_of_a_batch_whose_file_cannot_be_read_are_not_unexpected() -> None:
    registry = parse(f"{HEADER}| a.dev | 1 | D |\n| b.dev | 2 | D |\n".encode(), Ladder(), 25)
    found = examine(registry, {"001": Expected(("a.dev",), "file"), "002": Expected((), "unknown")})
    assert found.clean


def test_a_site_in_another_batch_than_the_one_that_lists_it_is_misplaced() -> None:
    found = examined("| a.dev | 2 | D |\n", b001=("a.dev",), b002=())
    assert [(one.row.domain, one.row.batch, one.listed_in) for one in found.misplaced] == [
        ("a.dev", "002", "001")
    ]
    assert (found.whole, found.clean) == (True, False)


def test_rows_outside_any_batch_are_found_where_the_table_knows_batches() -> None:
    found = examined("| a.dev | 1 | D |\n| b.dev |  | D |\n| c.dev | x | D |\n")
    assert [row.line for row in found.outside] == [4, 5]
    assert not found.whole
    assert examined("| a.dev | D |\n", "| Domain | Status |\n|---|---|\n").outside == ()


def test_letters_that_the_ladder_does_not_know_are_counted_by_row() -> None:
    found = examined("| a.dev | 1 | x |\n| b.dev | 1 | x |\n| c.dev | 1 | q |\n| d.dev | 1 |  |\n")
    assert found.unknown_statuses == {"x": 2, "q": 1}
    assert found.malformed_lines == (6,)


def test_what_is_wrong_with_the_file_as_a_whole_is_told_apart_from_its_rows() -> None:
    kinds = {
        "": ["no_table"],
        "| a.dev | 1 | D |\n": ["no_header"],
        f"{HEADER}{HEADER}": ["second_header"],
        "| Domain | Status | status |\n": ["double_column"],
        "| Domain | Batch | Sttus |\n": ["no_status_column"],
        f"{HEADER}| a.dev | 1 | D |\n>>>>>>> other\n": ["conflict_mark"],
        f"{HEADER}| a.dev | \0 | D |\n": ["binary"],
        f"{HEADER}| a.dev | 1 |\n| lo tus | 1 | D |\n": [],
    }
    assert {text: [finding.kind for finding in examined(text, "").beyond_mending] for text in kinds} == kinds


def test_the_marks_of_a_merge_are_malformed() -> None:
    rows = "<<<<<<< HEAD\n| a.dev | 1 | D |\n=======\n| a.dev | 1 | I |\n>>>>>>> other\n"
    found = examined(rows)
    assert [(one.line, one.kind) for one in found.malformed] == [(3, "conflict_mark"), (7, "conflict_mark")]
    assert [one.domain for one in found.conflicting] == ["a.dev"]


def test_nothing_is_not_whole() -> None:
    assert not examined("").whole


@settings(deadline=None)
@given(st.lists(LINES, max_size=12))
def test_it_agrees_with_the_scan_about_what_is_doubled(lines: list[str]) -> None:
    text = HEADER + "\n".join(lines)
    found, scanned = examined(text, ""), scan(text.encode())
    assert tuple(one.domain for one in found.identical) == scanned.identical
    assert tuple(one.domain for one in found.conflicting) == scanned.conflicting
    assert found.surplus_rows == scanned.surplus_rows
