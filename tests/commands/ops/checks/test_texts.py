"""What `wavewarden check` says of the wording of the long texts."""

from dataclasses import replace

from commands.ops.checks.texts import check_texts
from commands.ops.host_settings import Templates
from commands.ops.house import House
from tests.commands.ops.texts.conftest import Words, words

__all__ = ["words"]  # the fixture


def test_the_built_in_wording_is_well(bare: House) -> None:
    [found] = check_texts(bare)
    assert (found.state, found.found) == ("ok", "the built-in one")


def test_each_template_of_the_team_is_told_with_what_is_wrong(words: Words) -> None:
    words("{% if %}", "incident_report.md.j2")
    words("x", "incident-report.md.j2")
    words("x", "notes.txt")
    house = words("{% for line in lines %}* {{ line | inline }}\n{% endfor %}", "closure_report.md.j2")
    found = {check.what: check for check in check_texts(house)}
    assert found["closure_report.md.j2"].found == "the team's own wording, which works"
    broken = found["incident_report.md.j2"]
    assert broken.state == "trouble"
    assert "line 1: Expected an expression" in broken.found
    stray = found["incident-report.md.j2"]
    assert (stray.state, stray.remedy) == ("note", "call it incident_report.md.j2")
    assert "notes.txt" not in found


def test_a_directory_that_is_not_there_is_trouble(bare: House) -> None:
    house = replace(bare, settings=replace(bare.settings, templates=Templates("templates")))
    [found] = check_texts(house)
    assert (found.state, found.found) == (
        "trouble",
        f"The built-in wording is used: There is no {bare.settings.root}/templates.",
    )
