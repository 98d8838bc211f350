"""What every test may ask for: demo hosts, and privileges that are there or not."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.demo_host import host

SMALL = 75
CHROMIUM = Path("/usr/bin/chromium")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full", action="store_true", help="long tests at full size: every point at which to kill or to fail"
    )


@pytest.fixture
def full(pytestconfig: pytest.Config) -> bool:
    """Whether a long test takes every point; else it takes every third, which is what `make test` has time for."""
    return bool(pytestconfig.getoption("--full"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.geteuid() == 0:
        return
    for item in items:
        if item.get_closest_marker("privileged"):
            item.add_marker(pytest.mark.skip(reason="needs root"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not CHROMIUM.exists():
        pytest.fail(f"The tests of the page need {CHROMIUM}: apt-get install chromium.", pytrace=False)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests gets in, neither from their environment nor from their `.env`."""
    for name in os.environ:
        if name.startswith(("WAVEWARDEN_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def small_demo_host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A host of 75 sites with its history, made once a session to be copied: read only."""
    directory = tmp_path_factory.mktemp("small") / "host"
    host.make(directory, SMALL)
    return directory


@pytest.fixture
def demo_host(small_demo_host: Path, tmp_path: Path) -> Iterator[Path]:
    """A host of 75 sites of one's own, with no process running; whatever is started on it ends with the test.

    Batch 001 has 68 sites: wave 1 implemented, wave 2 (with lotus.dev) ready to run, wave 3 partly designed.
    Agents take minutes for a site unless `DEMO_HOST_SPEED` (1000, say) is in the environment.
    """
    directory = tmp_path / "host"
    shutil.copytree(small_demo_host, directory, symlinks=True)
    yield directory
    host.stop(directory)


@pytest.fixture(scope="session")
def big_demo_host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A host of 568 sites, made once a session: read only."""
    directory = tmp_path_factory.mktemp("big") / "host"
    host.make(directory)
    return directory
