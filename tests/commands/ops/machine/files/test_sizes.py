"""Sizes of directories, as `du` tells them."""

import shutil
from pathlib import Path

import pytest

from commands.ops.machine.files import sizes


def test_each_directory_down_to_a_depth_has_its_size(tmp_path: Path) -> None:
    (tmp_path / "sites/lotus.dev-v1").mkdir(parents=True)
    (tmp_path / "sites/lotus.dev-v1/index.html").write_bytes(b"x" * 5000)
    found = sizes.measure(tmp_path, 2, 30).sizes
    assert found.keys() == {".", "sites", "sites/lotus.dev-v1"}
    assert 8192 <= found["sites/lotus.dev-v1"] <= found["sites"] <= found["."]


def test_a_name_with_a_line_end_is_one_name(tmp_path: Path) -> None:
    (tmp_path / "two\nlines").mkdir()
    assert "two\nlines" in sizes.measure(tmp_path, 1, 30).sizes


def test_without_du_there_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shutil.which("du")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileNotFoundError):
        sizes.measure(tmp_path, 1, 30)
