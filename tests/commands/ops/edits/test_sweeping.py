"""At the start: what a killed edit of the registry left."""

from pathlib import Path

import pytest

from commands.ops.edits import sweeping
from commands.ops.house import House
from commands.ops.machine.writing import exchange, strays
from tests.commands.ops import registries
from tests.commands.ops.registries import row, statuses


@pytest.fixture
def path(bare_house: House) -> Path:
    return registries.written(bare_house.settings, 3)


def test_where_nothing_was_left_not_even_the_lock_is_taken(bare_house: House, path: Path) -> None:
    assert sweeping.sweep(bare_house) == ()
    assert not path.with_name("REGISTRY.md.lock").exists()


def test_a_file_that_was_being_written_goes(bare_house: House, path: Path) -> None:
    part = path.with_name(strays.part_name(path.name))
    part.write_text("half")
    assert sweeping.sweep(bare_house) == (f"An edit of the registry that was cut short left {part.name}.",)
    assert not part.exists()


def test_rows_in_a_displaced_file_are_put_back_and_told(bare_house: House, path: Path) -> None:
    before = path.read_bytes()
    path.write_bytes(before + row("x.dev", "P").encode())
    replaced = exchange.replace(path, before, before)
    assert replaced.displaced is not None
    replaced.displaced.keep()
    [_, kept] = sweeping.sweep(bare_house)
    assert kept == "What others wrote about x.dev at the same moment was kept."
    assert statuses(bare_house.settings)["x.dev"] == "P"
    assert strays.names(path) == ()


def test_a_registry_that_is_gone_meanwhile_is_said(bare_house: House, path: Path) -> None:
    path.with_name(strays.part_name(path.name)).write_text("half")
    path.unlink()
    [said] = sweeping.sweep(bare_house)
    assert "could not be cleared up: There is no registry at" in said
