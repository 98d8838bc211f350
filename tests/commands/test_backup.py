"""`batch backup`: a copy at once, and the list of copies."""

from pathlib import Path

from commands.answer import answer
from commands.ops import audit
from commands.ops.edits import backups
from commands.ops.house import House
from commands.reply import Ask, Table
from tests.commands.conftest import OMAR, VERA, Asks
from tests.commands.decided import planned, run_in
from tests.commands.registries import REGISTRY


def test_a_copy_is_made_and_told_with_its_place_and_size(asks: Asks, house: House, demo_host: Path) -> None:
    reply = asks("batch backup")
    [copy] = backups.listed(house.settings)
    assert backups.read(house.settings, copy) == (demo_host / REGISTRY).read_bytes()
    assert reply.facts["path"] == str(copy.path)
    assert reply.facts["bytes"] == copy.path.stat().st_size
    assert reply.headline.startswith(f"The registry is copied: {copy.name}, ")
    assert asks(f"dedupe restore {copy.name}").outcome in ("fine", "usage")
    assert "the newest 50 of ours are kept" in reply.headline
    entry = audit.newest(house.journal.connection())
    assert entry
    assert (entry.kind, entry.data["path"]) == ("backup", copy.path.name)


def test_the_list_has_those_made_before_edits_and_the_one_made_by_hand(
    asks: Asks, house: House, demo_host: Path
) -> None:
    run_in(house, planned(house, "batch mark lotus.dev I --reason built"))
    (demo_host / f"{REGISTRY}.backup").write_bytes((demo_host / REGISTRY).read_bytes())
    reply = asks("batch backup --list")
    assert len(reply.facts["copies"]) == 1
    assert reply.facts["by_hand"] == str(demo_host / f"{REGISTRY}.backup")
    [table] = [part for part in reply.parts if isinstance(part, Table)]
    assert [row[0] for row in table.rows][-1] == "REGISTRY.md.backup, made by hand"
    assert reply.headline == "2 copies of the registry; the newest 50 of ours are kept."


def test_without_a_registry_there_is_nothing_to_copy(asks: Asks, demo_host: Path) -> None:
    (demo_host / REGISTRY).unlink()
    assert "There is no registry at" in asks("batch backup").headline
    assert asks("batch backup --list").outcome == "fine"


def test_a_damaged_registry_is_copied_as_it_is(asks: Asks, house: House, demo_host: Path) -> None:
    (demo_host / REGISTRY).write_bytes(b"| a\0\xff\r\n")
    assert asks("batch backup").outcome == "fine"
    assert backups.read(house.settings, backups.listed(house.settings)[0]) == b"| a\0\xff\r\n"


def test_a_dry_run_copies_nothing(house: House) -> None:
    reply = answer(Ask("1", ("batch", "backup"), OMAR, house.clock.now(), dry_run=True), house)
    assert reply.headline == "This would copy the registry. Nothing was done."
    assert backups.listed(house.settings) == ()


def test_a_viewer_may_not(asks: Asks) -> None:
    assert asks("batch backup", VERA).outcome == "refused"
