"""The end of a log."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from commands.ops.machine.files import files
from commands.ops.machine.logs.logs import Tail, tail


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wave-5.log"


def test_the_last_lines_come_oldest_first(path: Path) -> None:
    path.write_text("".join(f"{number}\n" for number in range(100_000)))
    assert tail(path, 3) == Tail(("99997", "99998", "99999"), truncated=False)


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", ()),
        (b"\n", ("",)),
        (b"a", ("a",)),
        (b"a\r\nb\r\n", ("a", "b")),
        (b"a\n\n", ("a", "")),
        (b"\xff\xe2\x82\n", ("\\xff\\xe2\\x82",)),
        ("蓮\u2028x\n".encode(), ("蓮\u2028x",)),
    ],
)
def test_a_short_log_is_whole(path: Path, data: bytes, lines: tuple[str, ...]) -> None:
    path.write_bytes(data)
    assert tail(path, 100) == Tail(lines, truncated=False)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 40_000), max_size=12), st.integers(1, 12))
def test_lines_of_any_length_are_the_ones_at_the_end(path: Path, lengths: list[int], number: int) -> None:
    lines = [chr(ord("a") + place) * length for place, length in enumerate(lengths)]
    path.write_text("".join(f"{line}\n" for line in lines))
    assert tail(path, number).lines == tuple(lines[-number:])


def test_a_line_without_an_end_does_not_fill_the_memory(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 * 1024**3)
    found = tail(path, 100, most_bytes=100_000)
    assert found.truncated
    assert found.lines == ("\0" * 100_000,)


def test_a_log_that_does_not_end_within_the_bytes_is_cut_at_its_first_line(path: Path) -> None:
    path.write_text("x" * 50 + "\n" + "y" * 50 + "\nz\n")
    assert tail(path, 3, most_bytes=20) == Tail(("y" * 17, "z"), truncated=True)
    assert tail(path, 1, most_bytes=20) == Tail(("z",), truncated=False)


def test_a_missing_log_and_a_pipe_are_told_apart(path: Path) -> None:
    with pytest.raises(files.Missing):
        tail(path, 1)
    os.mkfifo(path)
    with pytest.raises(files.NotAFile):
        tail(path, 1)
