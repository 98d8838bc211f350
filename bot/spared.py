"""What Bolt and aiohttp would load and a bot on Socket Mode never uses: left out of a process that stays for months."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

# Servers, for where Slack is to call the bot over HTTP, and Slack's blocking client. Bolt imports them whatever is used:
# https://github.com/slackapi/bolt-python/blob/main/slack_bolt/app/async_server.py
UNUSED = ("aiohttp.web", "http.server", "slack_sdk.web.client")

# aiohttp's lists of signals work as well without C, and without the C++ library that it brings:
# https://github.com/aio-libs/frozenlist/blob/master/frozenlist/__init__.py
PLAIN = "FROZENLIST_NO_EXTENSIONS"


class StandIn(ModuleType):
    """A module of which every name is `object`: enough for the annotations that it is imported for."""

    def __getattr__(self, name: str) -> type[object]:
        """Any name but Python's own, by which a module is told from a package."""
        if name.startswith("__"):
            raise AttributeError(name)
        return object


@contextmanager
def spared() -> Iterator[None]:
    """Import Bolt inside the block: it takes 3.5 MiB less. Who imports one of these after it gets the real one."""
    absent = [name for name in UNUSED if name not in sys.modules]
    sys.modules.update({name: StandIn(name) for name in absent})
    os.environ[PLAIN] = "1"
    try:
        yield
    finally:
        del os.environ[PLAIN]
        for name in absent:
            del sys.modules[name]
