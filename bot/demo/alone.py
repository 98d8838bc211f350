"""`wavewarden workspace`: the local workspace alone, for any Bolt app."""

import asyncio
from pathlib import Path

import click

from bot.demo.signals import until_stopped
from bot.demo.town import manifest_of, open_workspace
from bot.workspace.app_identity import DEFAULT_APP_TOKEN, DEFAULT_BOT_TOKEN


def run_workspace(port: int, manifest_file: Path | None) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises:
        WrongUsage: the port is taken, or the file is no manifest.
    """
    asyncio.run(_run(port, manifest_file))


async def _run(port: int, manifest_file: Path | None) -> None:
    served = await open_workspace(port, manifest_of(manifest_file))
    click.echo(f"The workspace is at {served.url}\n\nConnect a Bolt app with\n")
    click.echo(f"SLACK_API_URL={served.api_url}")
    click.echo(f"SLACK_BOT_TOKEN={DEFAULT_BOT_TOKEN}")
    click.echo(f"SLACK_APP_TOKEN={DEFAULT_APP_TOKEN}")
    try:
        await until_stopped()
    finally:
        await served.close()
