"""Lines with some bytes in them, out of logs of any size."""

import os
from pathlib import Path

import pytest

from commands.ops.machine.files.files import Missing, NotAFile
from commands.ops.machine.logs import ripgrep, search


def test_the_last_hits_are_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(
        b"".join(b"%d lotus.dev\r\nnothing\n" % number for number in range(10)) + b"end lotus.dev"
    )
    assert search.lines_with(path, b"lotus.dev", 2) == ("9 lotus.dev", "end lotus.dev")


def test_a_line_that_spans_two_blocks_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "BLOCK", 16)
    path = tmp_path / "a.log"
    path.write_bytes(b"0123456789 x\nlotus.dev lotus.dev\nno\n")
    assert search.lines_with(path, b"lotus.dev", 9) == ("lotus.dev lotus.dev",)


def test_a_log_without_line_ends_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "BLOCK", 1024)
    path = tmp_path / "a.log"
    path.write_bytes(b"x" * 100_000 + b"lotus.dev")
    [line] = search.lines_with(path, b"lotus.dev", 9)
    assert len(line) < 4096


def test_bytes_that_are_no_text_are_shown_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"\xff lotus.dev\n")
    assert search.lines_with(path, b"lotus.dev", 9) == ("\\xff lotus.dev",)


def logs(directory: Path) -> list[Path]:
    """Three logs: one with hits in odd bytes, one without, one that is not there."""
    first, second, third = (directory / f"{name}.log" for name in "abc")
    first.write_bytes(b"1 lotus.dev\r\n\xff\0 2 lotus.dev\nlotusxdev\n3 lotus.dev")
    second.write_bytes(b"nothing\n")
    return [first, second, third]


@pytest.mark.parametrize("program", ["rg", "no-such-program"])
def test_all_logs_are_searched_with_ripgrep_or_without(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ripgrep, "PROGRAM", program)
    first, second, third = logs(tmp_path)
    found = search.in_all((first, second, third), "lotus.dev", 2)
    assert found[first] == ("\\xff\x00 2 lotus.dev", "3 lotus.dev")
    assert found[second] == ()
    assert isinstance(found[third], Missing)


def test_a_pipe_among_the_logs_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.log")
    found = search.in_all((tmp_path / "pipe.log",), "lotus.dev", 2)
    assert isinstance(found[tmp_path / "pipe.log"], NotAFile)


def test_an_answer_that_may_not_be_whole_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = logs(tmp_path)
    assert ripgrep.lines_with([first], "lotus.dev") is not None
    monkeypatch.setattr(ripgrep, "MOST_BYTES", 10)
    assert ripgrep.lines_with([first], "lotus.dev") is None
    assert search.in_all([first], "lotus.dev", 1) == {first: ("3 lotus.dev",)}


def test_a_name_that_looks_like_an_option_is_searched_for(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"--files lotus.dev\n")
    assert ripgrep.lines_with([path], "--files") == {path: [b"--files lotus.dev"]}
