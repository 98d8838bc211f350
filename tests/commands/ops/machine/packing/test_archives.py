"""Archives: packed, read back and compared, unpacked; each fault told and nothing half left."""

import os
import subprocess
from pathlib import Path

import pytest

from commands.ops.machine.packing import archives
from commands.ops.machine.packing.archives import ArchiveError

NAMES = ("lotus.dev-v1", "fern.dev-v1")
SECONDS = 30.0


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    directory = tmp_path / "sites"
    for name in (*NAMES, "other.dev-v1"):
        (directory / name / "img").mkdir(parents=True)
        (directory / name / "index.html").write_text(f"<h1>{name}</h1>")
    (directory / "lotus.dev-v1/img/two\nlines: x").write_text("x")
    (directory / "lotus.dev-v1/link").symlink_to("index.html")
    return directory


@pytest.fixture(params=sorted({archives.ending(), ".tar.gz"}))
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f".batch{request.param}.part"


def test_exactly_what_was_named_is_packed_and_read_back(sites: Path, archive: Path) -> None:
    archives.pack(sites, NAMES, archive, SECONDS)
    assert archives.compare(sites, archive, SECONDS) == 2 * 3 + 2


def test_a_byte_that_is_another_is_found(sites: Path, archive: Path) -> None:
    page = sites / "fern.dev-v1/index.html"
    state = page.stat()
    archives.pack(sites, NAMES, archive, SECONDS)
    page.write_text("<h2>fern.dev-v1</h2>"[: state.st_size])
    os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns))
    with pytest.raises(ArchiveError, match=r"fern\.dev-v1/index\.html: Contents differ"):
        archives.compare(sites, archive, SECONDS)


def test_an_archive_that_was_cut_is_no_archive(sites: Path, archive: Path) -> None:
    archives.pack(sites, NAMES, archive, SECONDS)
    archive.write_bytes(archive.read_bytes()[:-20])
    with pytest.raises(ArchiveError):
        archives.compare(sites, archive, SECONDS)


def test_what_cannot_be_packed_leaves_nothing(sites: Path, archive: Path) -> None:
    with pytest.raises(ArchiveError, match=r"gone\.dev-v1: Cannot stat"):
        archives.pack(sites, ("gone.dev-v1",), archive, SECONDS)
    assert not archive.exists()


def test_what_is_unpacked_is_as_it_was_packed(sites: Path, archive: Path, tmp_path: Path) -> None:
    archives.pack(sites, NAMES, archive, SECONDS)
    (tmp_path / "back").mkdir()
    archives.unpack(archive, tmp_path / "back", NAMES, SECONDS)
    archives.compare(tmp_path / "back", archive, SECONDS)
    assert (tmp_path / "back/lotus.dev-v1/link").is_symlink()


def test_what_is_there_is_not_overwritten(sites: Path, archive: Path) -> None:
    archives.pack(sites, NAMES, archive, SECONDS)
    (sites / "fern.dev-v1/index.html").write_text("mine")
    with pytest.raises(ArchiveError):
        archives.unpack(archive, sites, NAMES, SECONDS)
    assert (sites / "fern.dev-v1/index.html").read_text() == "mine"


def test_the_checksum_is_that_of_sha256sum(sites: Path, archive: Path) -> None:
    archives.pack(sites, NAMES, archive, SECONDS)
    ran = subprocess.run(["sha256sum", archive], check=True, capture_output=True, timeout=30)
    assert archives.measured(archive).sha256 == ran.stdout.split()[0].decode()


def test_an_archive_of_that_name_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "part").write_text("new")
    (tmp_path / "batch").write_text("old")
    with pytest.raises(FileExistsError):
        archives.publish(tmp_path / "part", tmp_path / "batch")
    assert (tmp_path / "batch").read_text() == "old"


def test_without_tar_it_is_said(sites: Path, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(sites))
    with pytest.raises(ArchiveError, match="tar cannot be started"):
        archives.pack(sites, NAMES, archive, SECONDS)


@pytest.mark.privileged
def test_a_disk_that_fills_meanwhile_leaves_nothing(sites: Path, tmp_path: Path) -> None:
    (sites / "fern.dev-v1/noise").write_bytes(os.urandom(300_000))
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "small", small], check=True, timeout=30)
    try:
        with pytest.raises(ArchiveError, match=r"No space left on device|Wrote only"):
            archives.pack(sites, NAMES, small / ".batch.tar.gz.part", SECONDS)
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", small], check=True, timeout=30)
