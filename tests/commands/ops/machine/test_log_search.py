"""Lines with some bytes in them, out of logs of any size."""

from pathlib import Path

import pytest

from commands.ops.machine import log_search


def test_the_last_hits_are_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(
        b"".join(b"%d lotus.dev\r\nnothing\n" % number for number in range(10)) + b"end lotus.dev"
    )
    assert log_search.lines_with(path, b"lotus.dev", 2) == ("9 lotus.dev", "end lotus.dev")


def test_a_line_that_spans_two_blocks_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_search, "BLOCK", 16)
    path = tmp_path / "a.log"
    path.write_bytes(b"0123456789 x\nlotus.dev lotus.dev\nno\n")
    assert log_search.lines_with(path, b"lotus.dev", 9) == ("lotus.dev lotus.dev",)


def test_a_log_without_line_ends_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_search, "BLOCK", 1024)
    path = tmp_path / "a.log"
    path.write_bytes(b"x" * 100_000 + b"lotus.dev")
    [line] = log_search.lines_with(path, b"lotus.dev", 9)
    assert len(line) < 4096


def test_bytes_that_are_no_text_are_shown_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"\xff lotus.dev\n")
    assert log_search.lines_with(path, b"lotus.dev", 9) == ("\\xff lotus.dev",)
