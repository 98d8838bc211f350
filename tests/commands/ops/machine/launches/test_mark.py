"""Marks in the environments of processes."""

from pathlib import Path

import pytest

from commands.ops.machine.launches import mark


def marked(proc: Path, environment: bytes) -> str | None:
    (proc / "7").mkdir()
    (proc / "7" / "environ").write_bytes(environment)
    return mark.of(proc, 7)


def test_a_mark_is_the_launch_s_id(tmp_path: Path) -> None:
    environment = b"PATH=/bin\0WAVEWARDEN_LAUNCH=20261122T140205-0a1b2c3d\0HOME=/\0"
    assert marked(tmp_path, environment) == "20261122T140205-0a1b2c3d"


@pytest.mark.parametrize(
    "environment",
    [
        b"",
        b"WAVEWARDEN_LAUNCH=\0",
        b"MY_WAVEWARDEN_LAUNCH=1-a\0",
        b"WAVEWARDEN_LAUNCH=../../etc/x\0",
        b"\xff\0",
    ],
)
def test_what_is_no_id_is_no_mark(tmp_path: Path, environment: bytes) -> None:
    assert marked(tmp_path, environment) is None


def test_a_process_that_is_gone_has_none(tmp_path: Path) -> None:
    assert mark.of(tmp_path, 7) is None
