"""`wavewarden bot`: the process, its log, and the end of both."""

import asyncio
import logging

from bot.log import set_up
from bot.run import run
from bot.settings import Settings

log = logging.getLogger("wavewarden")


def start_bot() -> None:
    """Run until SIGINT or SIGTERM.

    Raises:
        OpsError: it cannot start; the sentence says why.
    """
    set_up()
    asyncio.run(run(Settings.read()))
    log.info("stopped")
