"""`wavewarden demo-host` at the terminal."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.demo_host.command import demo_host as command
from commands.demo_host.hosttools import settings
from tests.commands.demo_host.running import rows


def ask(*words: str | Path) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def test_a_host_is_made_and_its_wave_started_in_one_go(tmp_path: Path) -> None:
    result = ask(tmp_path / "new", "--sites", "30", "--start-wave", "2", "--no-history")
    try:
        assert result.exit_code == 0
        made, started = result.output.splitlines()
        assert made.startswith("A batch host of 30 sites")
        assert started.startswith("Wave 2 of batch 001: 2 agents started")
    finally:
        assert ask(tmp_path / "new", "--stop").output == "Ended 2 agents and 1 launcher.\n"


def test_a_wave_is_started_on_the_host_that_is_there(demo_host: Path) -> None:
    before = len(rows(demo_host))
    assert ask(demo_host, "--start-wave", "2").output.startswith("Wave 2 of batch 001: 25 agents")
    assert len(rows(demo_host)) == before


def test_a_fault_is_told_in_one_sentence(demo_host: Path) -> None:
    result = ask(demo_host, "--break", "disk", "--size", "2MiB")
    assert result.output == "Temp files and design cache grew by 2.0 MiB, to their quota of 2.0 MiB.\n"


def test_the_speed_goes_into_the_settings(tmp_path: Path) -> None:
    ask(tmp_path / "new", "--sites", "3", "--no-history", "--speed", "7")
    assert settings.read(str(tmp_path / "new")).speed == 7


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--stop", "--break", "crash"], "--stop ends everything"),
        (["--stop", "--sites", "3"], "--break and --stop take one"),
        (["--size", "3MB"], "--size belongs to --break disk"),
        (["--break", "disk", "--size", "big"], "'big' is not a size like 300MB"),
        (["--break", "flood"], "'flood' is not one of 'crash'"),
        (["--sites", "0"], "0 is not in the range"),
    ],
)
def test_wrong_usage_is_refused(tmp_path: Path, words: list[str], said: str) -> None:
    result = ask(tmp_path, *words)
    assert result.exit_code == 2
    assert said in result.output


def test_a_foreign_directory_is_refused_with_one_sentence(tmp_path: Path) -> None:
    for words in (["--stop"], ["--break", "crash"]):
        result = ask(tmp_path, *words)
        assert result.exit_code == 1
        assert result.output.startswith(f"Error: {tmp_path} is not a demo host")


def test_settings_that_someone_spoiled_are_named(demo_host: Path) -> None:
    path = demo_host / settings.NAME
    path.write_text(path.read_text().replace("speed = 1.0", "speed = fast"))
    result = ask(demo_host, "--break", "stuck-site")
    assert result.output == "Error: speed in .demo-host.toml must be a number above 0, not 'fast'.\n"


def test_a_directory_that_cannot_be_made_is_named() -> None:
    result = ask("/proc/none/host")
    assert result.exit_code == 1
    assert "/proc/none" in result.output
