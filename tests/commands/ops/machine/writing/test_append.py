"""Lines appended whole, under the root, or not at all."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from commands.ops.machine.writing.append import append_whole
from commands.ops.machine.writing.flag_file import OutsideError

REPORT = ".smbatcher/closure/Batch_001.md"


def test_a_file_and_its_directories_are_made_with_a_heading(root: Path) -> None:
    append_whole(root, REPORT, "# Head\n", "- one\n")
    append_whole(root, REPORT, "# Head\n", "- two\n")
    assert (root / REPORT).read_text() == "# Head\n- one\n- two\n"


def test_a_last_line_without_an_end_gets_one(root: Path) -> None:
    (root / ".smbatcher/closure").mkdir()
    (root / REPORT).write_text("written by hand")
    append_whole(root, REPORT, "# Head\n", "- one\n")
    assert (root / REPORT).read_text() == "written by hand\n- one\n"


def test_many_who_append_at_once_lose_nothing(root: Path) -> None:
    texts = [f"- {number} {'x' * 5000}\n" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: append_whole(root, REPORT, "# Head\n", text), texts))
    head, *lines = (root / REPORT).read_text().splitlines(keepends=True)
    assert head == "# Head\n"
    assert sorted(lines) == sorted(texts)


def test_what_could_not_be_written_whole_is_not_there(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append_whole(root, REPORT, "# Head\n", "- one\n")
    wrote = os.write

    def half(file: int, data: memoryview) -> int:
        if len(data) < 8:
            raise OSError(28, "No space left on device")
        return wrote(file, data[:3])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(OSError, match="No space left"):
        append_whole(root, REPORT, "# Head\n", "- a longer line\n")
    monkeypatch.undo()
    assert (root / REPORT).read_text() == "# Head\n- one\n"


def test_a_link_that_leads_out_of_the_root_is_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / ".smbatcher/closure").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutsideError):
        append_whole(root, REPORT, "# Head\n", "- one\n")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_report_that_is_a_link_is_refused(root: Path, tmp_path: Path) -> None:
    (root / ".smbatcher/closure").mkdir()
    (root / REPORT).symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match="symbolic"):
        append_whole(root, REPORT, "# Head\n", "- one\n")
    assert not (tmp_path / "secret").exists()
