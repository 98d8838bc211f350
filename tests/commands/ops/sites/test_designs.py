"""Designs: there or not, compliant or why not."""

import pytest

from commands.demo_host.hosttools import design
from commands.ops.host_settings import Designs
from commands.ops.house import House
from commands.ops.sites import designs

RULES = Designs()
GOOD = design.text("lotus.dev")


def test_the_demo_hosts_designs_are_compliant() -> None:
    assert designs.faults(GOOD, RULES) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD.replace("## Color", "## Mood"), "no heading on color"),
        (GOOD.replace("## Typography", "Typography"), "no heading on typography"),
        (GOOD.replace("## Layout", "## Pages too"), "no heading on layout"),
        ("# Colours\n## Fonts\n## The grid\n#abc, see #42 and [a](#contact)", "no #RRGGBB value"),
        (f"{GOOD}\nAccent: #12345G", "#12345G is no color"),
        (f"{GOOD}\nAccent: #GGGGGG; ink: #12345", "#GGGGGG, #12345 are no colors"),
        (f"{GOOD}\n`#1234567`", "#1234567 is no color"),
    ],
)
def test_what_is_wrong_with_a_design_is_named(text: str, fault: str) -> None:
    assert designs.faults(text, RULES) == (fault,)


@pytest.mark.parametrize(
    "words", ["see #contact", "issue #42", "a page #anchor1-2", "https://x.dev/#12345G", "&#12345;"]
)
def test_what_was_not_meant_to_be_a_color_is_no_fault(words: str) -> None:
    assert designs.faults(f"{GOOD}\n{words}", RULES) == ()


def test_the_rule_is_a_setting() -> None:
    rules = Designs(headings=("voice",), colors=0)
    assert designs.faults("## Voice", rules) == ()
    assert designs.faults(GOOD, rules) == ("no heading on voice",)
    assert designs.faults(GOOD, Designs(colors=9)) == ("4 of at least 9 #RRGGBB values",)


def test_a_design_that_is_missing_or_empty_is_none(bare_house: House) -> None:
    assert designs.read(bare_house, "lotus.dev").present is False
    path = bare_house.machine.root / ".smbatcher/designs/lotus.dev-DESIGN.md"
    path.parent.mkdir(parents=True)
    path.write_text(" \n")
    assert designs.read(bare_house, "lotus.dev").present is False
    path.write_text(GOOD)
    assert designs.read(bare_house, "lotus.dev") == designs.Design(
        ".smbatcher/designs/lotus.dev-DESIGN.md", present=True
    )


@pytest.mark.parametrize("name", ["../../etc/passwd", "-rf", "a\nb.dev", "x" * 300])
def test_no_path_is_made_of_what_is_no_domain(name: str, bare_house: House) -> None:
    assert designs.read(bare_house, name).present is False
