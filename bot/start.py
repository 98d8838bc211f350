"""`wavewarden bot`: the process, its log, and the end of both."""

import asyncio
import logging
from typing import cast

from bot.log import set_up
from bot.settings import Settings
from bot.spared import spared
from commands.ops.errors import OpsError
from commands.ops.machine import arenas
from commands.ops.machine.apart import begun

# What reads the settings takes 10 MiB, and this process stays for months without reading any again.
READING = "bot.settings_reading"
log = logging.getLogger("wavewarden")


def start_bot() -> None:
    """Run until SIGINT or SIGTERM.

    Raises:
        OpsError: it cannot start; the sentence says why.
    """
    set_up()
    arenas.share_one()
    with begun(READING) as settings, spared():
        from bot.run import run  # takes as long as the settings do, side by side with them

        found = cast("Settings | OpsError", settings())
    if isinstance(found, OpsError):
        raise found
    asyncio.run(run(found))
    log.info("stopped")
