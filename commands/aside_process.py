"""`python -m commands.aside_process`: answers one line about a large registry, for a bot that must not be held up."""

from commands.answer import answer
from commands.aside import Order
from commands.ops import own_process
from commands.ops.house import as_told
from commands.ops.integrity import large_registry
from commands.reply import Reply, failed

MIB = 1024**2


def main(order: Order) -> Reply:
    """Answer it, in a house like the bot's."""
    with as_told(order.settings, order.roles, order.redactor) as house:
        if order.runs:
            large_registry.begin_run()
        else:
            large_registry.begin_look(house, order.versions)
        try:
            return answer(order.ask, house)
        except MemoryError:
            return failed(_too_much(order.versions * large_registry.bytes_of(house)))


def _too_much(size: int) -> str:
    return (
        f"This line needs more memory than the registry's {size // MIB:,} MiB and 100 more, which is what a look at"
        " a large one may take beside the agents: ask about a wave, a site, or a smaller batch, or ask it in a"
        " terminal with “wavewarden ask”, where nothing limits it."
    )


if __name__ == "__main__":
    order_ = own_process.order_read()
    assert isinstance(order_, Order)  # noqa: S101 - `aside` gave it
    own_process.answered(main(order_))
