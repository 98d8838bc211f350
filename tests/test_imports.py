"""The import contracts of `pyproject.toml`, each seen to break: one that catches nothing is worthless."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
# as `wavewarden bot` does
BOT = "import bot.cli, bot.start; from bot.spared import spared\nwith spared(): import bot.run\n"
EVERY_LINE = "from commands.root import every_line; every_line()\n"

# Contract, the file that goes wrong, and the import that is wrong there.
PLANTED = (
    ("faces", "commands/status.py", "import bot.ids"),
    ("faces", "commands/ops/agents/agents.py", "from bot import text"),
    ("core", "commands/ops/overview.py", "from commands.reply import Reply"),
    ("core", "commands/ops/checks/tree.py", "import commands.wording.figures"),
    ("machine", "commands/ops/machine/disks.py", "from commands.ops.settings import OpsSettings"),
    ("machine", "commands/ops/machine/git.py", "import commands.words"),
    ("lines", "commands/sites.py", "from commands.ops.machine.files import files"),
    ("touch", "commands/status.py", "import subprocess"),
    ("touch", "commands/ops/registry/sites.py", "def late():\n    import psutil"),
    ("touch", "commands/ops/checks/tools.py", "from shutil import rmtree"),
    ("touch", "bot/service.py", "import filelock"),
    ("touch", "bot/render/escape.py", "import ctypes"),
    ("slackless", "commands/terminal.py", "import slack_sdk"),
    ("slackless", "commands/ops/errors.py", "from aiohttp import ClientError"),
    ("slack", "bot/render/blocks.py", "from slack_sdk.models import blocks"),
    ("slack", "bot/service.py", "import slack_bolt"),
    ("strangers", "commands/demo_host/plan.py", "from commands.ops.registry import rows"),
    ("strangers", "commands/demo_host/host.py", "import bot.manifest"),
    ("start", "bot/run.py", "from bot.workspace import workspace"),
    ("start", "commands/root.py", "import commands.demo_host.host"),
    ("start", "bot/check/show.py", "def late():\n    from commands.demo_host import host"),
    ("workspace", "bot/workspace/cast.py", "import bot.ids"),
    ("workspace", "bot/workspace/api/chat.py", "from slack_sdk.models import blocks"),
    ("workspace", "bot/workspace/clock.py", "import commands.reply"),
    ("lean", "commands/ops/machine/processes/identities.py", "from pydantic import TypeAdapter"),
    ("lean", "bot/service.py", "def late():\n    import bot.settings_reading"),
    ("cycles", "bot/render/escape.py", "import bot.service"),
    ("cycles", "commands/ops/errors.py", "import commands.ops.checks.tree"),
)


def test_each_wrong_import_breaks_its_contract(tmp_path: Path) -> None:
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    for package in ("bot", "commands"):
        shutil.copytree(CHECKOUT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    said = _linted(tmp_path, PLANTED)
    broken = ["Contracts: 0 kept, 1 broken." in output for output in said]
    assert [plant for plant, caught in zip(PLANTED, broken, strict=True) if not caught] == []


def _linted(directory: Path, plants: tuple[tuple[str, str, str], ...]) -> list[str]:
    """What import-linter says of each plant's contract, in a copy of the sources."""
    ran = subprocess.run(
        [sys.executable, str(CHECKOUT / "tests" / "planting.py")],
        cwd=directory,
        input=json.dumps(plants),
        capture_output=True,
        text=True,
        check=True,
    )
    said: list[str] = json.loads(ran.stdout)
    return said


def test_every_contract_is_seen_to_break() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    contracts = {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert contracts == {contract for contract, _, _ in PLANTED}


def test_a_line_in_the_terminal_loads_nothing_of_slack_and_nothing_of_the_demo() -> None:
    said = _loaded_by("from bot.cli import main; import bot.ask, commands.terminal")
    assert not {"slack_sdk", "slack_bolt", "aiohttp", "bot.workspace", "commands.demo_host"} & said


def test_the_bot_loads_nothing_of_the_workspace_and_nothing_of_the_terminal() -> None:
    assert not {"bot.workspace", "commands.demo_host", "rich"} & _loaded_by(BOT)


def test_the_bot_loads_nothing_that_is_rare_and_heavy_whatever_is_asked() -> None:
    rare = {
        "dotenv",
        "importlib.metadata",
        "jinja2",
        "matplotlib",
        "psutil",
        "pydantic",
        "pydantic_core",
        "rich",
    }
    assert not rare & _loaded_by(BOT + EVERY_LINE)


def test_the_bot_loads_no_server_and_no_blocking_client_of_slack() -> None:
    spared = {
        "aiohttp.web",
        "aiohttp.web_app",
        "http.server",
        "slack_sdk.web.client",
        "frozenlist._frozenlist",
    }
    assert not spared & _loaded_by(BOT)


def test_whoever_needs_a_server_after_the_bot_was_loaded_gets_the_real_one() -> None:
    program = (
        f"{BOT}from aiohttp import web; from http.server import HTTPServer; print(web.run_app, HTTPServer)"
    )
    said = _said_by(program)
    assert "function run_app" in said
    assert "http.server.HTTPServer" in said


def test_of_the_lines_the_bot_loads_those_alone_that_an_exhausted_host_must_answer() -> None:
    loaded = _loaded_by(BOT)
    assert {"commands.stop", "commands.hold"} <= loaded
    deferred = {"commands.status", "commands.approve", "commands.dedupe", "commands.plan", "commands.disk"}
    heavy = {
        "commands.ops.operations.table",
        "commands.previews.table",
        "commands.ops.finalization.finalization",
    }
    assert not (deferred | heavy) & loaded


def _loaded_by(statements: str) -> set[str]:
    """The modules that are loaded once a new Python has run this."""
    return set(_said_by(f"{statements}\nimport sys; print(*sys.modules)").split())


def _said_by(program: str) -> str:
    """What a new Python prints that runs this."""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return ran.stdout
