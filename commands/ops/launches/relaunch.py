"""What a redeploy is to launch: its args, in shapes."""

from dataclasses import asdict, dataclass
from typing import Literal

from commands.ops.host_settings import Ladder, Tools
from commands.ops.launches.launching import Values, fill
from commands.ops.operation import Args

Task = Literal["implement", "design"]


@dataclass(frozen=True, slots=True)
class Launch:
    """One call of the host's tool: for a wave, or for sites by name; with so many agents at most."""

    wave: int | None
    sites: tuple[str, ...]
    agents: int

    @property
    def name(self) -> str:
        """`wave 5`, `lotus.dev`, `3 sites`."""
        if self.wave is not None:
            return f"wave {self.wave}"
        return self.sites[0] if len(self.sites) == 1 else f"{len(self.sites)} sites"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be relaunched in a batch: one launch after the other.

    insist: sites that an agent may be at work on, too. timeout: how long an agent may work on a site, in seconds, for
    a tool that takes it.
    """

    batch: str
    task: Task
    launches: tuple[Launch, ...]
    insist: bool = False
    timeout: int | None = None

    def args(self) -> Args:
        """As a plan keeps it."""
        return asdict(self)


def wanted_of(args: Args) -> Wanted:
    """The args of a plan."""
    launches = tuple(Launch(one["wave"], tuple(one["sites"]), int(one["agents"])) for one in args["launches"])
    return Wanted(str(args["batch"]), args["task"], launches, bool(args["insist"]), args.get("timeout"))


def argv(tools: Tools, wanted: Wanted, launch: Launch) -> tuple[str, ...]:
    """The exact argument list of the host's tool.

    Raises:
        WrongUsage: a name is not what it should be.
        NotReadable: the template asks for something that there is not.
    """
    if launch.wave is not None:
        return fill(
            tools.implement_wave, Values(wanted.batch, launch.wave, (), launch.agents, wanted.timeout)
        )
    template = tools.design_sites if wanted.task == "design" else tools.implement_sites
    return fill(template, Values(wanted.batch, None, launch.sites, launch.agents, wanted.timeout))


def starts_from(ladder: Ladder, task: Task) -> tuple[str, ...]:
    """The letters from which a site may be relaunched; the first is the one that the tool takes it from."""
    if task == "design":
        return (ladder.planned, ladder.designing, ladder.designed, ladder.in_progress)
    return (ladder.designed, ladder.in_progress)
