"""The door of a process that must not be held up: a line about a large registry is answered by another process.

Whatever such a line does holds the interpreter for seconds, and takes the registry's size and more in memory. The bot
goes in here; the terminal, which is a process for one line, goes in at `answer` itself.
"""

from dataclasses import dataclass

from commands import answer as here
from commands.ops.house import House
from commands.ops.integrity import large_registry
from commands.ops.own_process import Unfinished, asked
from commands.ops.redact import Redactor
from commands.ops.roles import ListedRoles
from commands.ops.settings import OpsSettings
from commands.reply import Ask, Reply, failed

LOOK_SECONDS = 300.0
RUN_SECONDS = 7 * 86_400.0  # a batch that is launched wave by wave takes its time

# What never looks into the registry need not wait for a process to start; a stop must not.
NOT_ABOUT_IT = frozenset(
    {
        "help",
        *(f"batch {name}" for name in ("abort", "audit", "decline", "help", "hold", "note", "pending")),
        *(f"batch {name}" for name in ("quiet", "reach", "resume", "runs", "version", "withdraw")),
    }
)

GOING_BACK = ("dedupe restore", "batch undo")  # hold two versions against each other, line by line


@dataclass(frozen=True, slots=True)
class Order:
    """What the other process is to answer, and in what house.

    runs: whether it may change something. versions: how many of the registry it may hold at once.
    """

    ask: Ask
    settings: OpsSettings
    roles: ListedRoles
    redactor: Redactor
    runs: bool
    versions: int = 1


def answer(ask: Ask, house: House) -> Reply:
    """Answer one ask, as `answer.answer` does.

    Raises:
        Unfinished: a bug of ours in the other process.
    """
    line = here.line_of(ask.words)
    if (
        line is None
        or line.lane == "urgent"
        or line.path in NOT_ABOUT_IT
        or not large_registry.is_large(house)
    ):
        return here.answer(ask, house)
    runs = line.lane == "run"
    versions = 2 if line.path in GOING_BACK else 1
    order = Order(ask, house.settings, house.roles.as_listed(), house.redactor, runs, versions)
    seconds = RUN_SECONDS if runs else LOOK_SECONDS
    try:
        reply = asked("commands.aside_process", order, cwd=house.machine.root, seconds=seconds)
    except Unfinished as error:
        if error.said:
            raise
        return failed(f"The registry is large, and the process that was to answer did not: {error.why}.")
    if not isinstance(reply, Reply):
        raise TypeError(f"another process answered {reply!r}")
    return reply
