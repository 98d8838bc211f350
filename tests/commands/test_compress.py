"""`batch compress NNN`: files packed one by one by another's hand, and unpacked again."""

import errno
import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.ops.house import House
from commands.ops.machine.files.trees import Entry
from commands.ops.machine.packing import gzipping
from commands.ops.machine.writing.below import Top
from commands.ops.operations import compress
from commands.reply import Reply
from tests.commands.conftest import ASHA, OMAR, Asks
from tests.commands.stand_ins import agents
from tests.commands.test_archive import asked_and_run, content
from tests.commands.test_redeploy import ask_in
from tests.commands.watched import clock_of

PAGE = b"<p>words that come again and again</p>\n" * 1000


@pytest.fixture(autouse=True)
def _today(house: House) -> None:
    clock_of(house).at = datetime.now(UTC)


@pytest.fixture
def site(demo_host: Path) -> Path:
    """A site of batch 002 with a page that is worth packing, noise that is not, and a small page."""
    text = (demo_host / ".smbatcher/batches/Batch_002.md").read_text()
    name = next(line.removeprefix("- ") for line in text.splitlines() if line.startswith("- "))
    directory = demo_host / "sites" / f"{name}-v1"
    (directory / "page.html").write_bytes(PAGE)
    (directory / "page.html").chmod(0o640)
    (directory / "noise.bin").write_bytes(os.urandom(20_000))
    return directory


def compressed(house: House) -> Reply:
    plan = ask_in(house, "batch compress 002").facts["plan"]
    assert ask_in(house, f"batch approve {plan}", ASHA).facts["state"] == "approved"
    reply = ask_in(house, f"batch run {plan}")
    assert reply.facts["state"] == "done", reply.headline
    return reply


def test_what_takes_less_is_packed_with_its_mode_and_time(house: House, site: Path) -> None:
    before = (site / "page.html").stat()
    compressed(house)
    assert gzip.decompress((site / "page.html.gz").read_bytes()) == PAGE
    after = (site / "page.html.gz").stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
    assert not (site / "page.html").exists()
    assert (site / "noise.bin").exists()
    assert (site / "index.html").exists()


def test_undo_unpacks_exactly_what_was_packed(house: House, demo_host: Path, site: Path) -> None:
    (site / "own.txt.gz").write_bytes(gzip.compress(b"theirs"))
    before = content(demo_host / "sites")
    plan = compressed(house).facts["plan"]
    assert asked_and_run(house, f"batch undo {plan}").facts["state"] == "done"
    assert content(demo_host / "sites") == before


def test_who_asked_does_not_approve(house: House, site: Path) -> None:
    plan = ask_in(house, "batch compress 002").facts["plan"]
    assert ask_in(house, f"batch approve {plan}", OMAR).outcome == "refused"
    assert (site / "page.html").exists()


def test_a_file_that_was_changed_since_makes_it_stale(house: House, site: Path) -> None:
    plan = ask_in(house, "batch compress 002").facts["plan"]
    (site / "page.html").write_bytes(PAGE + b"more")
    ask_in(house, f"batch approve {plan}", ASHA)
    assert ask_in(house, f"batch run {plan}").facts["state"] == "stale"


def test_a_packed_file_that_is_there_is_never_replaced(house: House, site: Path) -> None:
    (site / "page.html.gz").write_bytes(b"theirs")
    plan = ask_in(house, "batch compress 002").facts["plan"]
    ask_in(house, f"batch approve {plan}", ASHA)
    assert ask_in(house, f"batch run {plan}").facts["state"] == "failed"
    assert (site / "page.html.gz").read_bytes() == b"theirs"
    assert (site / "page.html").read_bytes() == PAGE


def test_a_file_that_is_a_link_is_left(house: House, site: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.html").write_bytes(PAGE)
    (site / "link.html").symlink_to(tmp_path / "outside.html")
    compressed(house)
    assert (tmp_path / "outside.html").read_bytes() == PAGE
    assert (site / "link.html").is_symlink()


def test_nothing_worth_packing_is_said(asks: Asks) -> None:
    said = asks("batch compress 002").headline
    assert said == "No file of batch 002 takes less space when packed: nothing is gained."


def test_a_batch_with_agents_is_not_packed(asks: Asks, demo_host: Path) -> None:
    with agents(demo_host, 1, "--batch", "002"):
        assert "Batch 002 has agents at work" in asks("batch compress 002").headline


def test_a_run_that_fails_half_way_tells_what_was_packed_and_undo_unpacks_it(
    house: House, demo_host: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "second.html").write_bytes(PAGE[: len(PAGE) // 2])  # smaller: packed after the other
    before = content(demo_host / "sites")
    pack = gzipping.pack

    def one_may_not(top: Top, entry: Entry) -> gzipping.Came:
        if entry.path.endswith("second.html"):
            raise PermissionError(errno.EACCES, "Permission denied", entry.path)
        return pack(top, entry)

    plan = ask_in(house, "batch compress 002").facts["plan"]
    ask_in(house, f"batch approve {plan}", ASHA)
    with monkeypatch.context() as patched:
        patched.setattr(gzipping, "pack", one_may_not)
        failed = ask_in(house, f"batch run {plan}")
    assert "1 files were packed, then " in failed.headline
    assert [one.label for one in failed.proposals] == ["Renew", "Undo"]
    assert asked_and_run(house, f"batch undo {plan}").facts["state"] == "done"
    assert content(demo_host / "sites") == before


def test_more_than_one_plan_takes_go_the_biggest_first_and_one_that_goes_makes_no_room_for_another(
    house: House, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "second.html").write_bytes(PAGE * 2)
    monkeypatch.setattr(compress, "MOST", 2)
    asked = ask_in(house, "batch compress 002")
    assert [path.rpartition("/")[2] for path in asked.facts["targets"]] == ["second.html", "page.html"]
    plan = asked.facts["plan"]
    (site / "second.html").unlink()
    ask_in(house, f"batch approve {plan}", ASHA)
    done = ask_in(house, f"batch run {plan}")
    assert (done.facts["state"], len(done.facts["skipped"])) == ("done", 1)
