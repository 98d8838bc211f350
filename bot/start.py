"""`wavewarden bot`: the process, its log, and the end of both."""

import asyncio
import logging
import sys

from bot.log import set_up
from bot.run import Running, run
from bot.settings import Settings

log = logging.getLogger("wavewarden")


def start_bot() -> None:
    """Run until SIGINT or SIGTERM.

    Raises:
        OpsError: it cannot start; the sentence says why.
    """
    set_up()
    asyncio.run(run(Settings.read(), _started))
    log.info("stopped")


def _started(bot: Running) -> None:
    sys.stderr.write(f"Wavewarden is connected to {bot.identity.team} as @{bot.identity.name}.\n")
