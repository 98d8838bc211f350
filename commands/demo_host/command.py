"""`wavewarden demo-host DIR`: makes a demo host, starts a wave on it, breaks it, or ends its processes."""

import re
from pathlib import Path

import click
from click.core import ParameterSource

from commands.demo_host import guard, host
from commands.demo_host.errors import HostError
from commands.demo_host.faults import FAULTS

UNITS = {"": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3, "KIB": 1024, "MIB": 1024**2, "GIB": 1024**3}
MAKING = ("sites", "seed", "speed", "with_history")


class Size(click.ParamType[int]):
    """A size in bytes, with or without a unit: 1000000, 300MB, 1GiB."""

    name = "size"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Bytes."""
        found = re.fullmatch(r"([0-9]{1,12}) ?([KMG]I?B)?", str(value).upper())
        if not found or not int(found[1]):
            self.fail(f"{value!r} is not a size like 300MB.", param, ctx)
        return int(found[1]) * UNITS[found[2] or ""]


@click.command("demo-host")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--sites", type=click.IntRange(1, host.MOST_SITES), default=host.DEFAULT_SITES, show_default=True
)
@click.option(
    "--seed", type=int, default=host.DEFAULT_SEED, show_default=True, help="Another seed, other names."
)
@click.option(
    "--speed",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    help="At 1 an agent takes 2 to 6 minutes for a site.",
)
@click.option("--history/--no-history", "with_history", default=True, help="Commit the registry's past.")
@click.option(
    "--start-wave", "wave", metavar="N", type=click.IntRange(1), help="Start this wave of batch 001."
)
@click.option("--break", "fault", type=click.Choice([fault.name for fault in FAULTS]), help="Cause a fault.")
@click.option("--size", type=Size(), help="How much --break disk may take on a shared file system.")
@click.option("--stop", is_flag=True, help="End every process the host started.")
@click.pass_context
def demo_host(  # noqa: PLR0913 - click hands every option over by name
    ctx: click.Context,
    directory: Path,
    *,
    sites: int,
    seed: int,
    speed: float,
    with_history: bool,
    wave: int | None,
    fault: str | None,
    size: int | None,
    stop: bool,
) -> None:
    """Make a batch host in DIR to try things on, or start a wave, break or stop the one that is there.

    Without --start-wave, --break or --stop a demo host in DIR is made anew.
    """
    asked_to_make = any(ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in MAKING)
    _check(fault, size, asked_to_make=asked_to_make, stop=stop, starts=wave is not None)
    try:
        if stop:
            click.echo(host.stop(directory))
            return
        if not fault and (asked_to_make or wave is None or not guard.is_demo_host(directory)):
            click.echo(host.make(directory, sites, seed=seed, speed=speed, with_history=with_history))
        if wave is not None:
            click.echo(host.start_wave(directory, wave))
        if fault:
            click.echo(host.break_host(directory, fault, size=size))
    except OSError as trouble:
        raise HostError(f"{trouble.strerror or trouble}: {trouble.filename or directory}") from trouble
    except ValueError as trouble:  # a settings file that a person has edited
        raise HostError(str(trouble)) from trouble


def _check(fault: str | None, size: int | None, *, asked_to_make: bool, stop: bool, starts: bool) -> None:
    if stop and (fault or starts):
        raise click.UsageError("--stop ends everything; it cannot be combined with --break or --start-wave.")
    if asked_to_make and (stop or fault):
        raise click.UsageError(
            "--sites, --seed, --speed and --no-history make a host; --break and --stop take one."
        )
    if size is not None and fault != "disk":
        raise click.UsageError("--size belongs to --break disk.")
