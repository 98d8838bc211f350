"""`batch archive NNN`: planned, approved, verified, moved to the trash, and brought back."""

import errno
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.demo_host.hosttools.registry import read_rows
from commands.ops.batches import archive_index
from commands.ops.disk import archiving, discarding
from commands.ops.house import House
from commands.ops.machine.disks import Space
from commands.ops.machine.packing import archives
from commands.ops.machine.writing import below
from commands.ops.plans import runs
from commands.ops.plans.run_record import RunRecord
from commands.reply import Reply
from tests.commands.conftest import OMAR, VERA, Asks
from tests.commands.full_disk import small_disk
from tests.commands.registries import lose, put
from tests.commands.stand_ins import agents
from tests.commands.test_clean import run_in_any
from tests.commands.test_redeploy import ask_in, run_in
from tests.commands.watched import clock_of

ARCHIVE = f".project-archive/Batch_002{archives.ending()}"


@pytest.fixture(autouse=True)
def _today(house: House) -> None:
    clock_of(house).at = datetime.now(UTC)


@pytest.fixture
def site(demo_host: Path) -> str:
    """A site of batch 002."""
    text = (demo_host / ".smbatcher/batches/Batch_002.md").read_text()
    return next(line.removeprefix("- ") for line in text.splitlines() if line.startswith("- "))


def planned(house: House) -> str:
    reply = ask_in(house, "batch archive 002")
    assert reply.facts["state"] == "pending", reply.headline
    return str(reply.facts["plan"])


def archived(house: House) -> str:
    """The id of a plan that has archived batch 002."""
    plan = planned(house)
    reply = run_in(house, plan)
    assert reply.facts["state"] == "done", reply.headline
    assert "once the trash is emptied, by itself after 14 days." in str(reply.parts)
    return plan


def asked_and_run(house: House, line: str) -> Reply:
    reply = ask_in(house, line)
    assert reply.outcome == "fine", reply.headline
    return run_in(house, reply.facts["plan"])


def content(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*.*")
        if path.is_file()
    }


def test_the_plan_names_exactly_the_batchs_sites(asks: Asks, site: str) -> None:
    reply = asks("batch archive 2")
    assert reply.facts["targets"] == [f"archive {ARCHIVE}", f"site {site}"]
    assert reply.facts["tier"] == "confirm"
    assert "verified" in str(reply.parts).lower()


def test_the_sites_are_in_a_verified_archive_and_in_the_trash(
    house: House, demo_host: Path, site: str
) -> None:
    others = {path.name for path in (demo_host / "sites").iterdir()} - {f"{site}-v1"}
    before = content(demo_host / "sites" / f"{site}-v1")
    archived(house)
    [entry] = archive_index.read(house.settings, house.machine)
    trash = demo_host / ".smbatcher/trash" / entry.trash
    assert content(trash / f"{site}-v1") == before
    assert {path.name for path in (demo_host / "sites").iterdir()} == others
    subprocess.run(["tar", "--compare", "--file", demo_host / ARCHIVE], cwd=trash, check=True, timeout=30)
    assert entry.sites == (site,)


@pytest.mark.parametrize("archives_it", [True, False])
def test_a_site_whose_row_went_after_its_archive_is_not_missing(
    house: House, demo_host: Path, site: str, *, archives_it: bool
) -> None:
    if archives_it:
        archived(house)
    lose(demo_host, site)
    assert ask_in(house, "dedupe").facts["missing"] == ([] if archives_it else [site])


def test_undo_brings_them_back_from_the_trash(house: House, demo_host: Path) -> None:
    before = content(demo_host / "sites")
    plan = archived(house)
    assert asked_and_run(house, f"batch undo {plan}").facts["state"] == "done"
    assert content(demo_host / "sites") == before
    assert archive_index.read(house.settings, house.machine) == ()
    assert not (demo_host / ARCHIVE).exists()


def test_undo_brings_them_back_out_of_the_archive_once_the_trash_is_empty(
    house: House, demo_host: Path
) -> None:
    before = content(demo_host / "sites")
    plan = archived(house)
    assert asked_and_run(house, "batch clean trash").facts["state"] == "done"
    assert list((demo_host / ".smbatcher/trash").iterdir()) == []
    assert asked_and_run(house, f"batch undo {plan}").facts["state"] == "done"
    assert content(demo_host / "sites") == before


def test_a_site_that_was_made_anew_is_left_as_it_is(house: House, demo_host: Path, site: str) -> None:
    plan = archived(house)
    (demo_host / "sites" / f"{site}-v1").mkdir()
    reply = ask_in(house, f"batch undo {plan}")
    assert reply.outcome == "usage"
    assert (demo_host / ARCHIVE).exists()


def test_the_trash_is_not_emptied_where_the_archive_is_another(house: House, demo_host: Path) -> None:
    archived(house)
    with (demo_host / ARCHIVE).open("ab") as file:
        file.write(b"x")
    reply = ask_in(house, "batch clean trash")
    assert reply.outcome == "refused"
    assert "is not the archive that was made" in reply.headline


def test_a_site_that_changes_after_the_plan_makes_it_stale(house: House, demo_host: Path, site: str) -> None:
    plan = planned(house)
    (demo_host / "sites" / f"{site}-v1/new.html").write_text("x")
    assert run_in_any(house, plan).facts["state"] == "stale"
    assert not (demo_host / ARCHIVE).exists()


def test_a_site_that_changes_while_it_is_packed_stays(
    house: House, demo_host: Path, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = demo_host / "sites" / f"{site}-v1/index.html"
    verify = archiving.verify

    def changed(*args: object) -> object:
        packed = verify(*args)  # type: ignore[arg-type]
        page.write_text("changed")
        return packed

    monkeypatch.setattr(archiving, "verify", changed)
    reply = run_in_any(house, planned(house))
    assert reply.facts["state"] == "failed"
    assert "was changed after it was planned, and stays" in reply.headline
    assert page.read_text() == "changed"


@pytest.mark.parametrize("batch", ["001", "006"])
def test_a_batch_that_is_not_finalized_is_refused(asks: Asks, batch: str) -> None:
    reply = asks(f"batch archive {batch}")
    assert reply.outcome == "refused"
    assert f"Batch {batch} is not complete" in reply.headline


def test_a_batch_that_has_lost_a_site_is_refused(asks: Asks, demo_host: Path) -> None:
    with (demo_host / ".smbatcher/batches/Batch_002.md").open("a") as file:
        file.write("- lost.dev\n")
    assert (
        "1 of its 2 sites are missing from the registry, lost.dev for one"
        in asks("batch archive 002").headline
    )


def test_a_batch_that_there_is_not_is_named(asks: Asks) -> None:
    assert asks("batch archive 099").headline.startswith("There is no batch 099; there are 001, 002")
    assert asks("batch archive ../../etc").outcome == "usage"
    assert asks("batch archive").outcome == "usage"


def test_an_archive_that_is_there_is_never_replaced(asks: Asks, demo_host: Path) -> None:
    (demo_host / ".project-archive").mkdir(exist_ok=True)
    (demo_host / ARCHIVE).write_text("somebody's")
    assert f"There is {ARCHIVE} already" in asks("batch archive 002").headline


def test_twice_is_once(house: House, asks: Asks) -> None:
    archived(house)
    assert "is archived already" in asks("batch archive 002").headline


def test_a_link_among_the_sites_is_refused_by_name(asks: Asks, demo_host: Path, site: str) -> None:
    directory = demo_host / "sites" / f"{site}-v1"
    directory.rename(demo_host / "elsewhere")
    directory.symlink_to(demo_host / "elsewhere")
    assert asks("batch archive 002").headline == f"{site}-v1 cannot be taken: it is a link, or no directory."


def test_a_pipe_in_a_site_is_refused_by_name(asks: Asks, demo_host: Path, site: str) -> None:
    os.mkfifo(demo_host / "sites" / f"{site}-v1/pipe")
    assert "pipe in it is a pipe or device" in asks("batch archive 002").headline


def test_agents_at_work_on_it_are_waited_for(asks: Asks, demo_host: Path) -> None:
    with agents(demo_host, 1, "--batch", "002"):
        assert "Batch 002 has agents at work (1)" in asks("batch archive 002").headline


def test_an_archived_site_whose_row_is_gone_is_not_missing(
    house: House, asks: Asks, demo_host: Path, site: str
) -> None:
    archived(house)
    lose(demo_host, site)
    assert asks("batch status --batch 002").facts["missing"] == []


def test_a_damaged_index_is_told(asks: Asks, demo_host: Path) -> None:
    (demo_host / ".project-archive").mkdir(exist_ok=True)
    (demo_host / ".project-archive/INDEX.json").write_text("{")
    assert "The index of the archive" in asks("batch archive 002").headline
    assert any("index of the archive" in problem for problem in asks("batch status --batch 001").problems)


def test_an_index_that_points_out_of_the_trash_is_not_followed(house: House, demo_host: Path) -> None:
    archived(house)
    index = demo_host / ".project-archive/INDEX.json"
    [entry] = archive_index.read(house.settings, house.machine)
    index.write_text(index.read_text().replace(entry.trash, "../../sites"))
    assert "is damaged" in ask_in(house, "batch clean trash").headline


def test_the_diagnosis_shows_the_trash_as_rung_0_until_it_is_empty(house: House, asks: Asks) -> None:
    archived(house)
    rung = asks("batch disk").facts["ladder"][0]
    assert (rung["name"], rung["batches"]) == ("own", ["002"])
    assert rung["gain_bytes"] > 0
    assert "batch clean trash" in [one.line for one in asks("batch disk").proposals]
    asked_and_run(house, "batch clean trash")
    assert asks("batch disk").facts["ladder"][0]["gain_bytes"] == 0


def test_a_site_that_goes_back_to_work_makes_the_plan_stale(house: House, demo_host: Path, site: str) -> None:
    plan = planned(house)
    put(demo_host, "i", site)
    assert run_in_any(house, plan).facts["state"] == "stale"


def test_a_viewer_may_not_archive(asks: Asks) -> None:
    assert asks("batch archive 002", VERA).outcome == "refused"


@pytest.mark.privileged
class TestMounts:
    def test_a_mount_inside_a_site_is_refused_by_name(self, asks: Asks, demo_host: Path, site: str) -> None:
        inside = demo_host / "sites" / f"{site}-v1/mounted"
        inside.mkdir()
        subprocess.run(["mount", "--bind", demo_host / "logs", inside], check=True, timeout=30)
        try:
            assert "mounted in it is a mount" in asks("batch archive 002").headline
        finally:
            subprocess.run(["umount", inside], check=True, timeout=30)

    def test_a_full_disk_for_the_archive_is_told_before(self, asks: Asks, demo_host: Path) -> None:
        small = demo_host / ".project-archive"
        small.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "small", small], check=True, timeout=30)
        try:
            assert "KiB are free: clean temp files first" in asks("batch archive 002").headline
        finally:
            subprocess.run(["umount", small], check=True, timeout=30)


class Killed(BaseException):
    """As a kill -9 would: nothing of ours runs afterwards."""


def killed_in(house: House, plan: str, monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
    """The run of a plan whose process is gone in the middle of this function's work, after it."""
    whole = getattr(module, name)

    def dies(*args: object) -> None:
        whole(*args)
        raise Killed

    ask_in(house, f"batch approve {plan}")
    with monkeypatch.context() as patched:
        patched.setattr(module, name, dies)
        patched.setattr(RunRecord, "end", lambda *_: None)
        with pytest.raises(Killed):
            ask_in(house, f"batch run {plan}")
    house.journal.connection().execute(
        "UPDATE runs SET process = json_set(process, '$.started_ticks', 1) WHERE plan = ?", (plan,)
    )
    runs.mark_lost(house, OMAR)


@pytest.mark.parametrize(
    ("module", "name"),
    [(archiving, "verify"), (discarding, "note"), (archiving, "publish"), (discarding, "to_trash")],
)
def test_a_run_that_was_killed_half_way_is_offered_undo_and_goes_back(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    before = content(demo_host / "sites")
    plan = planned(house)
    killed_in(house, plan, monkeypatch, module, name)
    shown = ask_in(house, f"batch plan {plan}")
    assert shown.facts["state"] == "unknown"
    assert [one.label for one in shown.proposals] == ["Renew", "Undo"]
    back = ask_in(house, f"batch undo {plan}")
    if name == "verify":
        assert back.headline == "Batch 002 is neither archived nor deleted: there is nothing to bring back."
    else:
        assert run_in(house, back.facts["plan"]).facts["state"] == "done"
    assert content(demo_host / "sites") == before
    assert archive_index.read(house.settings, house.machine) == ()
    assert not (demo_host / ARCHIVE).exists()
    archived(house)


def test_a_run_that_was_aborted_before_it_moved_anything_goes_back(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(house)
    verify = archiving.verify

    def and_abort(*args: object) -> object:
        packed = verify(*args)  # type: ignore[arg-type]
        ask_in(house, f"batch abort {plan}")
        return packed

    monkeypatch.setattr(archiving, "verify", and_abort)
    aborted = run_in_any(house, plan)
    assert aborted.facts["state"] == "aborted"
    assert "Undo" in [one.label for one in aborted.proposals]
    back = ask_in(house, f"batch undo {plan}")
    assert "none of its sites has moved" in back.headline
    assert run_in(house, back.facts["plan"]).facts["state"] == "done"
    assert not (demo_host / ARCHIVE).exists()
    archived(house)


@pytest.mark.privileged
def test_an_archive_that_finds_no_room_leaves_nothing_and_offers_no_undo(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch, site: str
) -> None:
    (demo_host / "sites" / f"{site}-v1/noise.bin").write_bytes(os.urandom(256 * 1024))
    before = content(demo_host / "sites")
    monkeypatch.setattr(archiving, "_space", lambda *_: Space(1, 2**40, 2**40, None, None))
    plan = planned(house)
    with small_disk(demo_host / ".project-archive", "64k") as small:
        failed = run_in_any(house, plan)
        assert failed.facts["state"] == "failed"
        assert "Nothing was archived, and nothing was moved" in failed.headline
        assert [one.label for one in failed.proposals] == ["Renew"]
        assert list(small.iterdir()) == []
    assert content(demo_host / "sites") == before


def test_permission_denied_half_way_tells_what_was_done_and_undo_brings_it_back(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(demo_host, "Q", *[row.domain for row in read_rows(str(demo_host)) if row.batch == "001"])
    before = content(demo_host / "sites")
    plan = str(ask_in(house, "batch archive 001").facts["plan"])
    moved: list[str] = []
    move = below.Top.move

    def one_may_not(self: below.Top, relative: str, other: below.Top, name: str) -> None:
        if len(moved) == 1:
            raise PermissionError(errno.EACCES, "Permission denied", relative)
        moved.append(name)
        move(self, relative, other, name)

    with monkeypatch.context() as patched:
        patched.setattr(below.Top, "move", one_may_not)
        failed = run_in_any(house, plan)
    assert "1 sites were moved, then: Permission denied" in failed.headline
    assert "Undo" in [one.label for one in failed.proposals]
    assert asked_and_run(house, f"batch undo {plan}").facts["state"] == "done"
    assert content(demo_host / "sites") == before
