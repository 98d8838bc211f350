"""What a site's files prove of its status."""

from pathlib import Path

import pytest

from commands.ops.host_settings import Ladder
from commands.ops.house import House
from commands.ops.sites import files as site_files
from commands.ops.sites.files import NOTHING_KNOWN

PAGE = '<html><link rel="stylesheet" href="style.css"><script src="/script.js?v=2"></script></html>'


def design(root: Path, text: str = "# a.dev\n") -> None:
    path = root / ".smbatcher/designs/a.dev-DESIGN.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def site(root: Path, **parts: str) -> Path:
    """`site(root, index_html="…")`."""
    directory = root / "sites/a.dev-v1"
    directory.mkdir(exist_ok=True)
    for name, text in parts.items():
        (directory / name.replace("_", ".")).write_text(text)
    return directory


def proved(house: House) -> str:
    """The letters that the files support."""
    files, ladder = site_files.read(house, "a.dev"), Ladder()
    return "".join(letter for letter in (*ladder.letters, "x", "") if files.prove(letter, ladder))


def test_where_nothing_was_made_a_site_is_planned(bare_house: House) -> None:
    assert proved(bare_house) == "P"


def test_a_design_proves_that_it_was_designed_and_an_empty_one_does_not(
    bare_house: House, root: Path
) -> None:
    design(root, "")
    assert proved(bare_house) == "P"
    design(root)
    assert proved(bare_house) == "dD"


def test_a_site_that_was_begun_is_in_progress(bare_house: House, root: Path) -> None:
    design(root)
    site(root, index_html=PAGE, style_css="a {}")
    assert proved(bare_house) == "dDi"


def test_a_page_with_all_that_it_loads_proves_that_it_was_implemented(bare_house: House, root: Path) -> None:
    design(root)
    site(root, index_html=PAGE, style_css="a {}", script_js="1")
    assert proved(bare_house) == "dDiIQ"


@pytest.mark.parametrize("page", ["", "<html><body>cut", "<html><script src='more.js'></script></html>"])
def test_a_page_that_is_cut_or_lacks_a_part_proves_nothing_of_the_kind(
    bare_house: House, root: Path, page: str
) -> None:
    site(root, index_html=page)
    assert proved(bare_house) == ""


def test_what_a_page_loads_from_elsewhere_is_not_looked_for(bare_house: House, root: Path) -> None:
    addresses = ("https://cdn.example/a.js", "//cdn.example/a.js", "../../etc/passwd", "data:text/plain,1")
    scripts = "".join(f'<script src="{address}"></script>' for address in addresses)
    site(root, index_html=f'<html>{scripts}<link rel="icon" href="none.ico"></html>')
    assert proved(bare_house) == "IQ"


def test_no_path_is_made_of_what_is_no_domain(bare_house: House) -> None:
    for name in ("../../etc", "-rf", "a.dev\n", "a\0.dev", ""):
        assert site_files.read(bare_house, name) == NOTHING_KNOWN


def test_a_file_in_the_place_of_the_sites_directory_is_not_taken_for_one(
    bare_house: House, root: Path
) -> None:
    (root / "sites/a.dev-v1").write_text("a file")
    files = site_files.read(bare_house, "a.dev")
    assert (files.files, files.page) == (0, False)
