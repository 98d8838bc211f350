"""One line of a Markdown table."""

import pytest

from commands.ops.registry.table import cells_of, is_closed, is_rule


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a.dev | 001 | D |", ("a.dev", "001", "D")),
        ("|a.dev|001|D|", ("a.dev", "001", "D")),
        ("| a.dev | 001 | D", ("a.dev", "001", "D")),
        ("|\ta.dev\t|  |", ("a.dev", "")),
        ("| a.dev | D | \t\r", ("a.dev", "D")),
        (r"| a.dev | x \| y |", ("a.dev", "x | y")),
        (r"| a.dev | x \|", ("a.dev", "x |")),
        ("| \u3000a.dev |", ("\u3000a.dev",)),
        ("|", ("",)),
        ("||", ("",)),
        ("| a.dev", ("a.dev",)),
    ],
)
def test_a_row_is_cut_at_its_pipes(line: str, cells: tuple[str, ...]) -> None:
    assert cells_of(line) == cells


@pytest.mark.parametrize(
    ("line", "closed"),
    [("| a |", True), ("| a | \r", True), ("| a", False), (r"| a \|", False), ("|", False)],
)
def test_a_row_is_closed_by_a_pipe_of_its_own(line: str, closed: bool) -> None:  # noqa: FBT001 - a table of cases
    assert is_closed(line) is closed


@pytest.mark.parametrize(
    ("line", "rule"),
    [("|---|:-:|", True), ("| - | --: |", True), ("|---|x|", False), ("||", False), ("| : |", False)],
)
def test_a_rule_is_dashes_and_colons_at_their_ends(line: str, rule: bool) -> None:  # noqa: FBT001 - a table of cases
    assert is_rule(cells_of(line)) is rule
