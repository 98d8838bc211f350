"""The preview of mending: a diff as `diff -u` makes it."""

from difflib import unified_diff

from hypothesis import given, settings, strategies as st

from commands.ops.host_settings import Ladder
from commands.ops.integrity import integrity
from commands.ops.integrity.resolution import resolve
from commands.ops.operations.dedupe import targets_of
from commands.ops.registry.registry import parse
from commands.previews.dedupe import unified

HEAD = ["# Sites", "", "| Domain | Batch | Status |", "|---|---|---|"]
ROWS = st.sampled_from([f"| {site}.dev | 1 | D |" for site in "abcdefgh"])


def diff_of(lines: list[str]) -> tuple[list[str], list[str]]:
    """Ours, and Python's of the same change."""
    table = parse("\n".join([*HEAD, *lines, ""]).encode(), Ladder(), 25)
    targets = targets_of(table, resolve(integrity.examine(table, {}).doubled, {}, Ladder(), {}))
    before, after = [*HEAD, *lines], [*HEAD, *dict.fromkeys(lines)]
    return list(unified(targets)), list(
        unified_diff(before, after, "REGISTRY.md", "REGISTRY.md", lineterm="")
    )


def applied(lines: list[str], diff: list[str]) -> list[str]:
    """The lines with a unified diff applied, each of whose lines must fit."""
    left, at = [], 0
    for line in diff[2:]:
        if line.startswith("@@"):
            start = int(line.split()[1].removeprefix("-").split(",")[0]) - 1
            left += lines[at:start]
            at = start
            continue
        assert lines[at] == line[1:]
        left += [line[1:]] if line.startswith(" ") else []
        at += 1
    return [*left, *lines[at:]]


def test_it_is_the_one_that_diff_makes() -> None:
    lines = [f"| site-{number}.dev | 1 | D |" for number in range(30)]
    ours, theirs = diff_of([*lines[:20], lines[2], *lines[20:], lines[3], lines[4]])
    assert ours == theirs


@settings(deadline=None)
@given(st.lists(ROWS, max_size=30))
def test_applied_to_the_registry_it_gives_the_mended_one(lines: list[str]) -> None:
    ours, _ = diff_of(lines)
    assert applied([*HEAD, *lines], ours) == [*HEAD, *dict.fromkeys(lines)]


def test_a_last_line_without_an_end_is_marked_as_diff_marks_it() -> None:
    table = parse("\n".join([*HEAD, "| a.dev | 1 | D |", "| a.dev | 1 | D |"]).encode(), Ladder(), 25)
    targets = targets_of(table, resolve(integrity.examine(table, {}).doubled, {}, Ladder(), {}))
    assert list(unified(targets))[-2:] == ["-| a.dev | 1 | D |", "\\ No newline at end of file"]
