"""How the tools read and rewrite the registry."""

from multiprocessing import get_context
from pathlib import Path

import pytest

from commands.demo_host.hosttools import registry
from tests.commands.demo_host.running import counts, rows


@pytest.mark.parametrize(
    "line", ["# Site registry", "", registry.HEADER, registry.SEPARATOR, "| a.de | 001 |", "a.de"]
)
def test_what_is_no_row_is_none(line: str) -> None:
    assert registry.parse(line) is None


def test_a_row_is_written_as_it_was_read() -> None:
    line = "| lotus.dev | 001 | 5 | D | 2026-03-24T14:05:09Z |"
    row = registry.parse(line)
    assert row
    assert row.line() == line


def test_other_lines_keep_their_bytes(demo_host: Path) -> None:
    path = demo_host / registry.PATH
    odd = b"| odd\xff row |\r\n\n"
    path.write_bytes(path.read_bytes() + odd)
    assert registry.move_site(str(demo_host), "lotus.dev", "D", "i")
    assert path.read_bytes().endswith(odd)


def test_an_edit_that_fails_leaves_the_file_as_it_was(demo_host: Path) -> None:
    before = rows(demo_host)

    def spoil() -> None:
        with registry.edited(str(demo_host)) as lines:
            lines.clear()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        spoil()
    assert rows(demo_host) == before


def test_a_site_elsewhere_on_the_ladder_is_not_moved(demo_host: Path) -> None:
    assert not registry.move_site(str(demo_host), "lotus.dev", "P", "d")


def claim_all(root: str) -> int:
    """Take every waiting site, as one of several writers."""
    taken = 0
    while registry.move_first(root, lambda row: row.status == "D", "i"):
        taken += 1
    return taken


def test_concurrent_writers_take_every_site_once_and_lose_no_row(demo_host: Path) -> None:
    waiting = sum(row.status == "D" for row in rows(demo_host))
    with get_context("spawn").Pool(4) as pool:
        taken = pool.map(claim_all, [str(demo_host)] * 4)
    assert sum(taken) == waiting
    assert len({row.domain for row in rows(demo_host)}) == len(rows(demo_host)) == 75
    assert not counts(demo_host)["D"]
    assert not list(demo_host.glob(".smbatcher/*.tmp"))
