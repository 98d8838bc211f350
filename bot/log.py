"""Logs: words in a terminal, JSON under systemd."""

import json
import logging
import os
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

LEVELS = {"INFO": 6, "WARNING": 4, "ERROR": 3}  # as syslog counts them


def set_up(environ: Mapping[str, str] = os.environ) -> None:
    """Our own loggers to stderr; Bolt's own chatter only from a warning on."""
    handler = logging.StreamHandler(sys.stderr)
    under_systemd = "JOURNAL_STREAM" in environ
    handler.setFormatter(
        JsonFormatter()
        if under_systemd
        else logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for chatty in ("wavewarden.link", "wavewarden.slack", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    logging.getLogger("wavewarden.bolt").setLevel(
        logging.ERROR
    )  # warns that a token in the environment is unused


class JsonFormatter(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message, and the traceback where there is one."""
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "priority": LEVELS.get(record.levelname, 7),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(entry, ensure_ascii=False)
