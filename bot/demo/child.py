"""The bot as a process of its own, connected to the local workspace."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.workspace.app_identity import DEFAULT_APP_TOKEN, DEFAULT_BOT_TOKEN

GRACE_SECONDS = 5.0
OURS = ("WAVEWARDEN_", "SLACK_")


def environment(root: Path, state: Path, api_url: str) -> dict[str, str]:
    """The demo's settings; none of the user's own get in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {
        "SLACK_API_URL": api_url,
        "SLACK_BOT_TOKEN": DEFAULT_BOT_TOKEN,
        "SLACK_APP_TOKEN": DEFAULT_APP_TOKEN,
        "WAVEWARDEN_ROOT": str(root),
        "WAVEWARDEN_STATE": str(state),
        "WAVEWARDEN_CONFIG": str(_config(state)),
        "WAVEWARDEN_CHANNEL": "C0OPS",
        "WAVEWARDEN_ESCALATION_CHANNEL": "C0ESC",
        "WAVEWARDEN_ON_CALL": "S0ONCALL",
        "WAVEWARDEN_VIEWERS": "U0VERA",
        "WAVEWARDEN_OPERATORS": "U0OMAR",
        "WAVEWARDEN_APPROVERS": "S0APPROVERS",
    }


def _config(state: Path) -> Path:
    """What only the settings file can say: a demo host is small, whatever a real one needs to start a batch."""
    file = state / "demo.toml"
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text("[disk]\nstart_bytes = 0\n")
    return file


@asynccontextmanager
async def bot_process(directory: Path, settings: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `wavewarden bot` for the length of the block; in a directory without a `.env` of the user's."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()", "bot"),
        cwd=directory,
        env=settings,
        start_new_session=True,  # Ctrl-C reaches us alone, and we end it in order
    )
    try:
        yield process
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), GRACE_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
