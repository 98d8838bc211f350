"""The console script, run as a process."""

import json
import os
import pwd
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.manifest import as_yaml

Runs = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def runs(demo_host: Path, tmp_path: Path) -> Runs:
    """`runs("ask", "batch status", WAVEWARDEN_SOLO="x")`: the finished process."""

    def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
        environment |= {
            "WAVEWARDEN_ROOT": str(demo_host),
            "WAVEWARDEN_STATE": str(tmp_path / "state"),
            **settings,
        }
        command = [sys.executable, "-c", "from bot.cli import main; main()", *words]
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )

    return run


def test_ask_prints_the_verdict_first(runs: Runs) -> None:
    done = runs("ask", "batch status --batch 001")
    assert done.stdout.startswith("● Batch 001 is at rest: 25 of 68 implemented, no agent runs.")
    assert (done.returncode, done.stderr) == (0, "")


def test_ask_as_json_is_one_object_with_the_fixed_names(runs: Runs) -> None:
    done = runs("ask", "batch status --batch 001", "--json")
    reply = json.loads(done.stdout)
    assert {"outcome", "headline", "severity", "facts", "parts", "proposals", "problems", "error"} <= set(
        reply
    )
    assert {
        *("batch", "counts", "total", "expected", "agents", "rate_per_minute", "rate_5min_ago"),
        *("rate_median", "disk_free_bytes", "disk_level", "hold"),
    } <= set(reply["facts"])


def test_the_words_need_no_quotes(runs: Runs) -> None:
    assert (
        runs("ask", "batch", "sites", "--status", "I", "--json").stdout
        == runs("ask", "batch sites --status I", "--json").stdout
    )


@pytest.mark.parametrize(
    ("line", "settings", "code"),
    [
        ("batch status --batch 001", {}, 0),
        ("batch statsu", {}, 2),
        ("batch status --batch 99", {}, 2),
        ("redeploy wave 5", {}, 3),
        ("batch status", {"WAVEWARDEN_ROOT": "/nonexistent"}, 2),
        ("batch status", {"WAVEWARDEN_ROOT": ""}, 2),
        ("batch status", {"WAVEWARDEN_APROVERS": "os:root"}, 2),
        ("batch status", {"WAVEWARDEN_CONFIG": "/nonexistent.toml"}, 2),
    ],
)
def test_the_exit_code_says_how_it_went_and_nothing_is_a_traceback(
    line: str, settings: dict[str, str], code: int, runs: Runs
) -> None:
    done = runs("ask", line, **settings)
    assert done.returncode == code
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stdout.count("●") == 1


def test_trouble_found_is_exit_code_1(runs: Runs, demo_host: Path) -> None:
    registry = demo_host / ".smbatcher/REGISTRY.md"
    registry.write_text(
        "".join(line for line in registry.read_text().splitlines(keepends=True) if "lotus.dev" not in line)
    )
    assert runs("ask", "batch status --batch 001").returncode == 1


def test_an_unknown_setting_gets_the_nearest(runs: Runs) -> None:
    done = runs("ask", "help", WAVEWARDEN_APROVERS="U1")
    assert "WAVEWARDEN_APROVERS is not a setting: did you mean WAVEWARDEN_APPROVERS?" in done.stdout


def test_an_unreadable_registry_is_one_sentence(runs: Runs, demo_host: Path) -> None:
    (demo_host / ".smbatcher/REGISTRY.md").unlink()
    (demo_host / ".smbatcher/REGISTRY.md").mkdir()
    done = runs("ask", "batch status")
    assert done.returncode == 2
    assert "The registry cannot be read" in done.stdout


def test_manifest_prints_the_manifest(runs: Runs) -> None:
    assert runs("manifest").stdout == as_yaml() == (ROOT / "manifest.yml").read_text()


def test_the_bot_without_tokens_says_which(runs: Runs) -> None:
    done = runs("bot")
    assert done.returncode == 2
    assert done.stderr == (
        "wavewarden: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set: put them into the environment or .env.\n"
    )


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        (
            {"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xapp-1"},
            "SLACK_BOT_TOKEN is not usable: a bot token begins with xoxb-",
        ),
        (
            {"SLACK_BOT_TOKEN_FILE": "/nonexistent", "SLACK_APP_TOKEN": "xapp-1"},
            "SLACK_BOT_TOKEN_FILE names cannot be read",
        ),
        (
            {
                "SLACK_BOT_TOKEN": "xoxb-1",
                "SLACK_APP_TOKEN": "xapp-1",
                "SLACK_API_URL": "http://127.0.0.1:9/",
            },
            "Slack cannot be reached at http://127.0.0.1:9/",
        ),
    ],
)
def test_a_token_that_cannot_work_ends_the_start_with_the_reason(
    tokens: dict[str, str], said: str, runs: Runs
) -> None:
    done = runs("bot", **tokens)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_every_command_is_in_the_help(runs: Runs) -> None:
    text = runs("--help").stdout
    for name in ("ask", "bot", "break-glass", "check", "demo", "demo-host", "manifest", "workspace"):
        assert f"\n  {name} " in text


def test_check_shows_each_trouble_with_its_remedy(runs: Runs, demo_host: Path) -> None:
    (demo_host / "tools/implement/finish.sh").chmod(0o644)
    done = runs(
        "check",
        WAVEWARDEN_APPROVERS="asha",
        WAVEWARDEN_OPERATORS="*",
        WAVEWARDEN_STATE="host/state",  # short, so that the table does not fold it
    )
    assert done.returncode == 1
    assert done.stdout.startswith("● 3 troubles to mend.")
    for words in (
        "chmod +x",
        "asha is nobody",
        "* is nobody",
        "lies inside the root",
        "SLACK_BOT_TOKEN and",
    ):
        assert words in done.stdout


def test_check_of_a_good_host_is_ready(runs: Runs) -> None:
    done = runs("check", "--json", WAVEWARDEN_APPROVERS="U0ASHA", WAVEWARDEN_OPERATORS="os:root")
    assert done.returncode == 0
    rows = json.loads(done.stdout)
    assert {row["area"] for row in rows} == {"tree", "tools", "templates", "roles", "state", "audit", "slack"}
    assert all(row["remedy"] for row in rows if row["state"] == "trouble")


def test_check_with_settings_that_cannot_be_used_says_which(runs: Runs) -> None:
    done = runs("check", WAVEWARDEN_ROOT="")
    assert done.returncode == 2
    assert "WAVEWARDEN_ROOT is not set" in done.stdout


def test_break_glass_runs_what_needs_others_and_ends_like_ask(
    runs: Runs, demo_host: Path, tmp_path: Path
) -> None:
    (tmp_path / "wavewarden.toml").write_text('[approvals.tiers]\nresume = "second"\n')
    user = pwd.getpwuid(os.getuid()).pw_name
    settings = {
        "WAVEWARDEN_CONFIG": str(tmp_path / "wavewarden.toml"),
        "WAVEWARDEN_OPERATORS": f"os:{user}",
    }
    (demo_host / ".smbatcher/HOLD").touch()
    plan = json.loads(runs("ask", "batch resume", "--json", **settings).stdout)["facts"]["plan"]
    assert runs("ask", f"batch approve {plan}", **settings).returncode == 3
    assert runs("break-glass", plan, **settings).returncode == 2
    short = runs("break-glass", plan, "--reason", "because", **settings)
    assert (short.returncode, "at least 10 characters" in short.stdout) == (2, True)
    reason = "both approvers are on a plane"
    done = runs("break-glass", plan, "--reason", reason, "--json", **settings)
    assert (done.returncode, json.loads(done.stdout)["facts"]["state"]) == (0, "done")
    assert not (demo_host / ".smbatcher/HOLD").exists()
    again = runs("break-glass", plan, "--reason", reason, **settings)
    assert (again.returncode, "is done by" in again.stdout) == (3, True)


def test_check_says_where_the_audit_log_was_changed(runs: Runs, tmp_path: Path) -> None:
    user = pwd.getpwuid(os.getuid()).pw_name
    assert runs("ask", "batch hold", WAVEWARDEN_OPERATORS=f"os:{user}").returncode == 0
    with closing(sqlite3.connect(tmp_path / "state/journal.db", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER audit_is_not_changed")
        connection.execute("UPDATE audit SET kind = 'nothing' WHERE seq = 1")
    rows = json.loads(runs("check", "--json").stdout)
    assert [row["found"] for row in rows if row["area"] == "audit"] == ["broken: entry 1 was changed"]


@pytest.mark.parametrize("command", ["demo", "workspace"])
def test_a_port_that_there_cannot_be_is_said_in_a_sentence(command: str, runs: Runs) -> None:
    ran = runs(command, "--port", "99999")
    assert (ran.returncode, "Traceback" in ran.stderr) == (2, False)
    assert "99999 is not in the range" in ran.stderr
