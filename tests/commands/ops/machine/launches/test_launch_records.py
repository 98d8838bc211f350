"""Records of launches: what is read is what was written, and what cannot be read is left out."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.ops.machine.launches import launch_records
from commands.ops.machine.launches.launch_records import FOLDER, Launched
from commands.ops.machine.processes.identities import Identity

AT = datetime(2026, 11, 22, 3, 12, 5, 250, tzinfo=UTC)
US = Identity(7, 99, "b0", 1000, ("sh", "\udce4 und ä"))  # bytes that are no text come as such letters
BARE = Launched("L1", ("sh", "-c", "true"), AT, Path("/s/L1.log"), Path("/s/L1.ending"))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    (tmp_path / FOLDER).mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "launched", [BARE, replace(BARE, unit="wavewarden-L1", tool=US, about={"batch": "001", "wave": "5"})]
)
def test_what_is_read_is_what_was_written(launched: Launched, state: Path) -> None:
    launch_records.write(state, launched)
    assert tuple(launch_records.read(state)) == (launched,)


def test_a_record_of_an_earlier_version_is_read(state: Path) -> None:
    (state / FOLDER / "L1.json").write_text("""{
 "id": "L1", "argv": ["sh", "-c", "true"], "started": "2026-11-22T03:12:05.000250Z",
 "log": "/s/L1.log", "ending": "/s/L1.ending", "unit": null, "tool": null, "about": {}
}""")
    assert launch_records.read_one(state, "L1") == BARE


@pytest.mark.parametrize(
    "written",
    ["", "{", "null", "[]", '{"id": "L1"}', "\xff", '{"id": "L1", "argv": 1, "started": "yesterday"}'],
)
def test_a_record_that_cannot_be_read_is_left_out(written: str, state: Path) -> None:
    (state / FOLDER / "L1.json").write_text(written, encoding="latin-1")
    assert tuple(launch_records.read(state)) == ()
