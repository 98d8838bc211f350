"""The import contracts of `pyproject.toml`, each seen to break: one that catches nothing is worthless."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]

# Contract, the file that goes wrong, and the import that is wrong there.
PLANTED = (
    ("faces", "commands/status.py", "import bot.ids"),
    ("faces", "commands/ops/agents.py", "from bot import text"),
    ("core", "commands/ops/overview.py", "from commands.reply import Reply"),
    ("core", "commands/ops/checks/tree.py", "import commands.wording"),
    ("machine", "commands/ops/machine/disks.py", "from commands.ops.settings import OpsSettings"),
    ("machine", "commands/ops/machine/git.py", "import commands.words"),
    ("lines", "commands/sites.py", "from commands.ops.machine import files"),
    ("touch", "commands/status.py", "import subprocess"),
    ("touch", "commands/ops/sites.py", "def late():\n    import psutil"),
    ("touch", "commands/ops/checks/tools.py", "from shutil import rmtree"),
    ("touch", "bot/service.py", "import filelock"),
    ("touch", "bot/render/escape.py", "import ctypes"),
    ("slackless", "commands/terminal.py", "import slack_sdk"),
    ("slackless", "commands/ops/errors.py", "from aiohttp import ClientError"),
    ("slack", "bot/render/blocks.py", "from slack_sdk.models import blocks"),
    ("slack", "bot/service.py", "import slack_bolt"),
    ("strangers", "commands/demo_host/plan.py", "from commands.ops import rows"),
    ("strangers", "commands/demo_host/host.py", "import bot.manifest"),
    ("start", "bot/run.py", "from bot.workspace import workspace"),
    ("start", "commands/root.py", "import commands.demo_host.host"),
    ("start", "bot/check/show.py", "def late():\n    from commands.demo_host import host"),
    ("workspace", "bot/workspace/cast.py", "import bot.ids"),
    ("workspace", "bot/workspace/api/chat.py", "from slack_sdk.models import blocks"),
    ("workspace", "bot/workspace/clock.py", "import commands.reply"),
    ("cycles", "bot/render/escape.py", "import bot.service"),
    ("cycles", "commands/ops/errors.py", "import commands.ops.checks.tree"),
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources and their contracts; what a test spoils it mends."""
    directory = tmp_path_factory.mktemp("imports")
    shutil.copy(CHECKOUT / "pyproject.toml", directory)
    for package in ("bot", "commands"):
        shutil.copytree(CHECKOUT / package, directory / package, ignore=shutil.ignore_patterns("__pycache__"))
    return directory


@contextmanager
def planted(file: Path, statement: str) -> Iterator[None]:
    """The statement stands at the end of the file for the length of the block."""
    before = file.read_text()
    file.write_text(f"{before}\n{statement}\n")
    yield
    file.write_text(before)


def lint(directory: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    argv = [str(program), "--no-cache", "--no-logo", *chosen]
    return subprocess.run(argv, cwd=directory, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(("contract", "file", "statement"), PLANTED)
def test_a_wrong_import_breaks_its_contract(copy: Path, contract: str, file: str, statement: str) -> None:
    with planted(copy / file, statement):
        linted = lint(copy, contract)
    assert linted.returncode == 1
    assert "Contracts: 0 kept, 1 broken." in linted.stdout


def test_as_it_stands_every_contract_is_kept(copy: Path) -> None:
    linted = lint(copy, *sorted({contract for contract, _, _ in PLANTED}))
    assert "0 broken." in linted.stdout, linted.stdout + linted.stderr


def test_every_contract_is_seen_to_break() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    contracts = {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert contracts == {contract for contract, _, _ in PLANTED}


def test_a_line_in_the_terminal_loads_nothing_of_slack_and_nothing_of_the_demo() -> None:
    said = _loaded_by("from bot.cli import main; import bot.ask, commands.terminal")
    assert not {"slack_sdk", "slack_bolt", "aiohttp", "bot.workspace", "commands.demo_host"} & said


def test_the_bot_loads_nothing_of_the_workspace_and_nothing_of_the_terminal() -> None:
    assert not {"bot.workspace", "commands.demo_host", "rich"} & _loaded_by("import bot.start")


def _loaded_by(statements: str) -> set[str]:
    """The modules that are loaded once a new Python has run this."""
    program = f"import sys; {statements}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())
