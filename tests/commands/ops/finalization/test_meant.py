"""Which batch is meant by a `batch finalize` that names none."""

from pathlib import Path

import pytest

from commands.demo_host import host as demo
from commands.demo_host.hosttools import registry
from commands.ops.errors import WrongUsage
from commands.ops.finalization.meant import meant
from commands.ops.house import House
from tests.commands.registries import put


def test_the_batch_that_is_meant_is_the_active_one_else_the_one_that_is_finalized_in_part(
    house: House, demo_host: Path
) -> None:
    assert meant(house, None) == "001"
    demo.break_host(demo_host, "half-finalized")
    assert meant(house, None) == "001"
    assert meant(house, "6") == "006"


def test_where_it_cannot_be_told_which_batch_is_meant_those_that_wait_are_named(
    house: House, demo_host: Path
) -> None:
    put(demo_host, "I", *(row.domain for row in registry.read_rows(str(demo_host)) if row.batch == "001"))
    with pytest.raises(WrongUsage, match="sites at I are in 001, 006, 007"):
        meant(house, None)
