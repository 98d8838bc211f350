"""The trash by age: what an archive has goes by itself, told and audited once; what it has not stays and is told."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.ops import audit, events
from commands.ops.house import House
from commands.ops.machine.locks.locks import named_lock
from commands.ops.watch.trash_age import TrashAge
from tests.commands.test_archive import ARCHIVE, archived, asked_and_run, content
from tests.commands.test_delete import approved
from tests.commands.watched import clock_of

DAY = 86_400


@pytest.fixture(autouse=True)
def _today(house: House) -> None:
    clock_of(house).at = datetime.now(UTC)


def told(house: House) -> list[tuple[str, str]]:
    found = events.since(house.journal.connection(), 0)
    return [(one.kind, str(one.data["said"])) for one in found if one.subject.startswith("trash ")]


def trashed(root: Path) -> list[Path]:
    return list((root / ".smbatcher/trash").iterdir())


def test_what_a_verified_archive_has_goes_after_its_days_told_and_audited_once(
    house: House, demo_host: Path
) -> None:
    before = content(demo_host / "sites")
    plan = archived(house)
    clock_of(house).move(13 * DAY)
    TrashAge(house).look()
    assert (len(trashed(demo_host)), told(house)) == (1, [])
    clock_of(house).move(DAY)
    TrashAge(house).look()
    TrashAge(house).look()
    assert trashed(demo_host) == []
    [(kind, said)] = told(house)
    assert kind == "trash emptied"
    assert said.startswith("The trash of batch 002 was emptied by itself after 14 days: 1 sites, ")
    kinds = [one.kind for one in audit.entries(house.journal.connection(), last=2)]
    assert kinds == ["intent by itself", "emptied by itself"]
    assert asked_and_run(house, f"batch undo {plan}").facts["state"] == "done"
    assert content(demo_host / "sites") == before


def test_never_is_a_setting(house: House, demo_host: Path) -> None:
    archived(house)
    clock_of(house).move(1000 * DAY)
    never = replace(house.settings, cleaning=replace(house.settings.cleaning, trash_days=0))
    TrashAge(replace(house, settings=never)).look()
    assert len(trashed(demo_host)) == 1


def test_where_the_archive_is_another_it_stays_and_is_told_once(house: House, demo_host: Path) -> None:
    archived(house)
    with (demo_host / ARCHIVE).open("ab") as file:
        file.write(b"x")
    clock_of(house).move(20 * DAY)
    for _ in range(3):
        TrashAge(house).look()
    assert len(trashed(demo_host)) == 1
    [(kind, said)] = told(house)
    assert kind == "trash kept"
    assert "is not the archive that was made of batch 002" in said


def test_what_somebody_put_into_the_trash_since_is_not_lost(house: House, demo_host: Path) -> None:
    archived(house)
    site = next(trashed(demo_host)[0].iterdir())
    (site / "theirs.txt").write_text("only here")
    clock_of(house).move(20 * DAY)
    TrashAge(house).look()
    assert (site / "theirs.txt").exists()
    assert told(house)[0][0] == "trash kept"


def test_a_deleted_batch_stays_and_is_told_of(house: House, demo_host: Path) -> None:
    approved(house, "batch delete 002")
    clock_of(house).move(20 * DAY)
    for _ in range(2):
        TrashAge(house).look()
    assert len(trashed(demo_host)) == 1
    [(kind, said)] = told(house)
    assert kind == "trash kept"
    assert "there is no archive of it, so it stays" in said


def test_while_somebody_works_on_the_disk_it_waits(house: House, demo_host: Path) -> None:
    archived(house)
    clock_of(house).move(20 * DAY)
    with named_lock(house.settings.state, "disk", "P-AAAA", 0):
        TrashAge(house).look()
    assert (len(trashed(demo_host)), told(house)) == (1, [])
