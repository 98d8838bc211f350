"""Mending the registry while tools write to it, with or without its lock: neither loses a row."""

import sys
from functools import partial

import pytest

from commands.ops.edits import editing
from commands.ops.house import House
from commands.ops.operations.dedupe import DEDUPE, edits_of
from tests.commands.ops import registries
from tests.commands.ops.conftest import Spawn
from tests.commands.ops.edits import foreign_writers
from tests.commands.ops.operations.carrying import carry_out
from tests.commands.ops.registries import row, statuses

SITES, ROWS = 30, 60


@pytest.mark.parametrize("kind", ["appends", "renames", "truncates", "locks"])
def test_surplus_rows_go_and_no_row_of_a_tool_that_writes_beside_us(
    bare_house: House, spawn: Spawn, kind: str
) -> None:
    settings, machine = bare_house.settings, bare_house.machine
    path = registries.written(settings, SITES)
    path.write_text(path.read_text() + "".join(row(f"s{n}.dev") for n in range(SITES)))
    targets = DEDUPE.look(bare_house, {})
    rows = 20 if kind == "locks" else ROWS  # it waits for us as we do for it
    program = foreign_writers.ALL[kind]
    tool = spawn(sys.executable, "-S", "-c", program, str(path), f"{path}.lock", str(rows), "f")
    assert tool.stdout is not None
    assert tool.stdout.readline() == b"up\n"
    for target in targets[:-1]:
        planned = {target.key.removeprefix("site "): target.identity}
        assert not editing.edit(settings, machine, partial(edits_of, planned=planned)).overtaken
    assert tool.stdout.readline() == b"done\n"
    assert carry_out(bare_house, DEDUPE, {})[1] == "No site stands in the registry more than once."
    assert statuses(settings) == {
        **{f"s{n}.dev": "i" for n in range(SITES)},
        **{f"f{n}.dev": "P" for n in range(rows)},
    }
