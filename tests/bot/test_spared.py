"""What Bolt would load and the bot does not."""

import os
import sys
from contextlib import suppress
from types import ModuleType

import pytest

from bot.spared import PLAIN, UNUSED, StandIn, spared


def test_a_module_that_is_there_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    real = ModuleType("http.server")
    monkeypatch.setitem(sys.modules, "http.server", real)
    with spared():
        assert sys.modules["http.server"] is real
    assert sys.modules["http.server"] is real


def test_stand_ins_are_gone_after_the_block_even_where_an_import_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in UNUSED:
        monkeypatch.delitem(sys.modules, name, raising=False)
    with suppress(ImportError), spared():
        assert all(isinstance(sys.modules[name], StandIn) for name in UNUSED)
        raise ImportError
    assert not set(UNUSED) & set(sys.modules)
    assert PLAIN not in os.environ


def test_a_stand_in_is_no_package() -> None:
    with pytest.raises(AttributeError):
        _ = StandIn("aiohttp.web").__path__
