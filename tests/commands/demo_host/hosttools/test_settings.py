"""The host's settings file."""

import tomllib
from pathlib import Path

import pytest

from commands.demo_host.hosttools import settings
from commands.demo_host.hosttools.settings import Settings


def test_what_is_written_is_read(tmp_path: Path) -> None:
    told = Settings(speed=2.5, slowdown=20.0, failing_sites=("a.de", "b.de"), disk_quota=10)
    settings.write(str(tmp_path), told)
    assert settings.read(str(tmp_path)) == told


def test_the_file_is_toml(tmp_path: Path) -> None:
    settings.write(str(tmp_path), Settings(failing_sites=("a.de",)))
    assert tomllib.loads((tmp_path / settings.NAME).read_text())["failing_sites"] == "a.de"


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.write(str(tmp_path), Settings(speed=2.0))
    monkeypatch.setenv(settings.SPEED_VARIABLE, "50")
    assert settings.read(str(tmp_path)).speed == 50


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "x"])
def test_a_speed_that_is_no_pace_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    settings.write(str(tmp_path), Settings())
    monkeypatch.setenv(settings.SPEED_VARIABLE, value)
    with pytest.raises(ValueError, match=r"speed in \.demo-host\.toml must be a number above 0"):
        settings.read(str(tmp_path))
