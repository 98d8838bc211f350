"""`wavewarden …`: the only module that knows the bot, the local workspace and the demo host; imports late."""

import sys
from pathlib import Path

import click

from commands.ops.errors import OpsError

CONTEXT = {"help_option_names": ["-h", "--help"]}
DEFAULT_PORT = 8765


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="wavewarden")
def cli() -> None:
    """Wavewarden: triage of batch hosts, in Slack and in the terminal."""


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("line", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, stable for scripts.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
def ask(line: tuple[str, ...], *, as_json: bool, dry_run: bool) -> None:
    """Ask one LINE, as in Slack: wavewarden ask "batch status".

    Exit code: 0 fine, 1 trouble found, 2 wrong usage, 3 refused, 4 the operation failed.
    """
    from bot.ask import ask_here

    sys.exit(ask_here(" ".join(line), as_json=as_json, dry_run=dry_run))


@cli.command()
@click.argument("plan_id", metavar="ID")
@click.argument("name", required=False, metavar="NAME")
@click.option("--reason", required=True, help="Why nobody else can be asked; the channel will read it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, stable for scripts.")
def break_glass(plan_id: str, name: str | None, reason: str, *, as_json: bool) -> None:
    """Approve and run the plan ID alone, without its approvers: wavewarden break-glass P-7K2Q --reason "…".

    For what cannot be undone, type its NAME as a second word. Exit codes as of `ask`.
    """
    from bot.break_glass import break_glass_here

    sys.exit(break_glass_here(plan_id, name or "", reason, as_json=as_json))


@cli.command()
def bot() -> None:
    """Run the bot on Slack, or on whatever SLACK_API_URL names."""
    from bot.start import start_bot

    start_bot()


@cli.command()
@click.option("--live", is_flag=True, help="Also ask Slack: tokens, scopes, Socket Mode, channels.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
def check(*, live: bool, as_json: bool) -> None:
    """Look at every setting, path, tool and permission; exit code 1 where something is wrong."""
    from bot.check.show import check_here

    sys.exit(check_here(live=live, as_json=as_json))


@cli.command()
def manifest() -> None:
    """Print the Slack app manifest that fits the commands."""
    from bot.manifest import as_yaml

    click.echo(as_yaml(), nl=False)


@cli.command()
@click.option(
    "--port", default=DEFAULT_PORT, show_default=True, help="Where the page is served; 0 picks a free one."
)
@click.option("--dir", "directory", default=Path(".demo"), show_default=True, type=click.Path(path_type=Path))
@click.option("--sites", default=568, show_default=True, help="How many sites the demo host has.")
def demo(port: int, directory: Path, sites: int) -> None:
    """Try it: a demo batch host, a local Slack workspace, and the bot between them."""
    from bot.demo.tour import run_demo

    run_demo(directory, port, sites)


@cli.command()
@click.option(
    "--port", default=DEFAULT_PORT, show_default=True, help="Where it is served; 0 picks a free one."
)
@click.option(
    "--manifest",
    "manifest_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The manifest of the Slack app to be tried; Wavewarden's own if none is named.",
)
def workspace(port: int, manifest_file: Path | None) -> None:
    """Run the local Slack workspace alone, for any Bolt app."""
    from bot.demo.alone import run_workspace

    run_workspace(port, manifest_file)


def _add_demo_host() -> None:
    from commands.demo_host.command import demo_host

    cli.add_command(demo_host)


def main() -> None:
    """The console script: an error is one sentence."""
    if "demo-host" in sys.argv[1:2] or {"-h", "--help"} & set(sys.argv[1:2]):
        _add_demo_host()
    try:
        cli.main(prog_name="wavewarden")
    except OpsError as error:
        click.echo(f"wavewarden: {error.sentence}", err=True)
        sys.exit(2)
