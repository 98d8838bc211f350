"""Which of a doubled site's rows stays, and by which rule."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from commands.ops.edits.rows import RowsChanged
from commands.ops.edits.statuses import row_text
from commands.ops.errors import WrongUsage
from commands.ops.host_settings import Ladder
from commands.ops.integrity.evidence import Evidence
from commands.ops.integrity.integrity import Doubled, examine
from commands.ops.integrity.resolution import Resolution, chosen_text, resolve
from commands.ops.registry.registry import parse
from commands.ops.sites.files import SiteFiles

HEADER = "| Domain | Batch | Status | Updated |\n|---|---|---|---|\n"
BUILT = SiteFiles(design=True, files=3, newest=None, page=True)
DESIGNED = SiteFiles(design=True, files=0, newest=None, page=False)
NOTHING = SiteFiles(design=False, files=0, newest=None, page=False)
EARLY, LATE = "2026-03-24T10:00:00Z", "2026-03-24T12:00:00Z"


def doubled(*rows: str) -> tuple[Doubled, ...]:
    """`doubled("I", f"D {LATE}")`: a.dev's rows, in lines 3, 4 …; a status and perhaps a time."""
    texts = [(*row.split(" "), "")[:2] for row in rows]
    table = "".join(f"| a.dev | 1 | {status} | {updated} |\n" for status, updated in texts)
    return examine(parse((HEADER + table).encode(), Ladder(), 25), {}).doubled


def resolved(files: SiteFiles, *rows: str, committed: dict[int, datetime] | None = None) -> Resolution:
    speaking = {"a.dev": Evidence(files, "", (), committed or {})}
    return resolve(doubled(*rows), speaking, Ladder(), {})[0]


def kept(found: Resolution) -> tuple[int | None, str]:
    """The line that stays, and the rule."""
    return (found.kept.line if found.kept else None, found.rule)


def test_of_identical_rows_the_first_stays_and_nothing_else_is_looked_at() -> None:
    [found] = resolve(doubled("I", "I"), {}, Ladder(), {})
    assert (kept(found), found.evidence) == ((3, "identical"), None)


def test_a_status_that_the_files_do_not_support_does_not_count_however_far_and_late_it_is() -> None:
    assert kept(resolved(DESIGNED, f"D {EARLY}", f"I {LATE}")) == (3, "supported")


def test_of_those_that_count_the_furthest_stays_however_early_it_is() -> None:
    assert kept(resolved(BUILT, f"i {LATE}", f"I {EARLY}", f"D {LATE}")) == (4, "furthest")


def test_of_equally_far_ones_the_latest_stays() -> None:
    assert kept(resolved(BUILT, f"I {EARLY}", f"I {LATE}", f"D {LATE}")) == (4, "latest")


def test_where_rows_tell_no_time_their_commits_do() -> None:
    times = {3: datetime(2026, 3, 24, 10, tzinfo=UTC), 4: datetime(2026, 3, 24, 9, tzinfo=UTC)}
    assert kept(resolved(BUILT, "I x", "I y", committed=times)) == (3, "latest")
    assert kept(resolved(BUILT, "I x", "I y")) == (None, "undecided")


@pytest.mark.parametrize("rows", [("D", "I"), ("Q", "x"), ("i", "I")])
def test_where_the_files_support_no_row_it_is_somebodys_choice(rows: tuple[str, ...]) -> None:
    assert kept(resolved(NOTHING, *rows)) == (None, "undecided")


def test_rows_as_far_and_as_late_as_each_other_are_somebodys_choice() -> None:
    text = f"{HEADER}| a.dev | 1 | I | {LATE} |\n| a.dev | 2 | I | {LATE} |\n"
    two = examine(parse(text.encode(), Ladder(), 25), {}).doubled
    [found] = resolve(two, {"a.dev": Evidence(BUILT, "", (), {})}, Ladder(), {})
    assert kept(found) == (None, "undecided")


def test_identical_ones_among_conflicting_rows_do_not_compete() -> None:
    assert kept(resolved(DESIGNED, "D", "I", "D")) == (3, "supported")


def test_a_choice_goes_before_every_rule() -> None:
    two = doubled("I", "D")
    speaking = {"a.dev": Evidence(BUILT, "", (), {})}
    [found] = resolve(two, speaking, Ladder(), {"a.dev": chosen_text(two, "a.dev", 4)})
    assert kept(found) == (4, "chosen")


def test_a_chosen_row_that_is_gone_is_refused() -> None:
    with pytest.raises(RowsChanged, match=r"a\.dev"):
        resolve(doubled("I", "D"), {}, Ladder(), {"a.dev": "| a.dev | 1 | Q | |"})


def test_only_a_line_of_a_doubled_site_can_be_chosen() -> None:
    with pytest.raises(WrongUsage, match=r"a\.dev has no row in line 9: its rows are in lines 3, 4"):
        chosen_text(doubled("I", "D"), "a.dev", 9)
    with pytest.raises(WrongUsage, match=r"There is nothing to do for b\.dev"):
        chosen_text(doubled("I", "D"), "b.dev", 3)


@given(st.lists(st.sampled_from(["P", "d", "D", "i", "I", "Q", "x"]), min_size=2, max_size=5), st.booleans())
def test_what_stays_is_always_supported_by_the_files(letters: list[str], built: bool) -> None:  # noqa: FBT001
    files = BUILT if built else DESIGNED
    found = resolved(files, *letters)
    if found.rule != "identical" and found.kept:
        assert files.prove(found.kept.status, Ladder())
        assert all(
            Ladder().letters.index(found.kept.status) >= Ladder().letters.index(one.row.status)
            for one in found.rows
            if one.supported
        )
        assert row_text(found.kept) in {row_text(one.row) for one in found.rows}
