"""The files of a new host."""

import re
from pathlib import Path

from commands.demo_host.hosttools import design, site
from tests.commands.demo_host.running import rows


def test_designed_sites_have_a_compliant_design_and_planned_ones_none(demo_host: Path) -> None:
    for row in rows(demo_host):
        path = Path(design.path(str(demo_host), row.domain))
        assert path.exists() == (row.status in "DiIQ")
        if path.exists():
            text = path.read_text()
            assert {"## Color", "## Typography", "## Layout"} <= set(text.splitlines())
            assert all(re.fullmatch(r"#[0-9A-F]{6}", value) for value in re.findall(r"#\w+", text))


def test_implemented_sites_have_their_files_and_others_none(demo_host: Path) -> None:
    for row in rows(demo_host):
        directory = Path(site.directory(str(demo_host), row.domain))
        assert directory.exists() == (row.status in "IQ")
        if directory.exists():
            assert {path.name for path in directory.iterdir()} == set(site.PARTS)
            assert row.domain in (directory / "index.html").read_text()


def test_each_batch_file_lists_its_sites(demo_host: Path) -> None:
    for path in (demo_host / ".smbatcher/batches").iterdir():
        listed = re.findall(r"^- (\S+)$", path.read_text(), re.MULTILINE)
        batch = path.stem.removeprefix("Batch_")
        assert listed == [row.domain for row in rows(demo_host) if row.batch == batch]


def test_logs_tell_of_sites_and_of_errors(big_demo_host: Path) -> None:
    for wave in range(1, 5):
        text = (big_demo_host / f"logs/wave-{wave}.log").read_text()
        assert text.count("done, i -> I") == 25
        assert text.splitlines() == sorted(text.splitlines(), key=lambda line: line[:20])
    assert " ERROR " in text
    assert (big_demo_host / "batch.log").stat().st_size


def test_there_are_leftovers_to_clean_up(demo_host: Path) -> None:
    assert list((demo_host / ".smbatcher/tmp").iterdir())
    assert list((demo_host / ".smbatcher/design-cache").iterdir())


def test_the_tools_stand_alone(demo_host: Path) -> None:
    for path in (demo_host / "tools").rglob("*.py"):
        assert "commands" not in path.read_text()
