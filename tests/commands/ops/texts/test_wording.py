"""Long texts by a team's own templates, and what happens where those do not work."""

import logging
from dataclasses import replace

import pytest

from commands.ops.host_settings import Templates
from commands.ops.house import House
from commands.ops.texts.samples import TEXTS
from commands.ops.texts.wording import worded
from tests.commands.ops.texts.conftest import Words

NAME = "incident_report.md.j2"
SAMPLE = TEXTS[NAME][0].values
BUILT_IN = "# Incident I-7K2Q: wave 5 of batch 001"
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def test_without_a_directory_the_built_in_wording_is_used(bare: House) -> None:
    made = worded(bare, NAME, SAMPLE)
    assert made.text.startswith(BUILT_IN)
    assert made.problem == ""


def test_a_team_words_it_itself(words: Words) -> None:
    house = words("Vorfall {{ incident.id }}, {{ open_for }}: {{ incident.cause | inline }}")
    assert worded(house, NAME, SAMPLE).text == "Vorfall I-7K2Q, 1 h 5 min: out of memory"


def test_what_is_changed_counts_from_the_next_text_on(words: Words) -> None:
    house = words("one")
    assert worded(house, NAME, SAMPLE).text == "one"
    words("two")
    assert worded(house, NAME, SAMPLE).text == "two"


def test_a_text_that_the_team_does_not_word_is_the_built_in_one(words: Words) -> None:
    house = words("something else", "another.md.j2")
    assert worded(house, NAME, SAMPLE).text.startswith(BUILT_IN)


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("line\n{% if %}", "line 2: Expected an expression, got 'end of statement block'"),
        ("line\n{{ incidnet.id }}", "line 2: 'incidnet' is undefined"),
        ("{{ incident.nothing }}", "line 1: 'dict object' has no attribute 'nothing'"),
        ("{{ 1 // 0 }}", "line 1: integer division or modulo by zero"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "recursion"),
        ("{{ ''.__class__.__mro__ }}", "access to attribute '__class__' of 'str' object is unsafe"),
        ("{{ entries.append(1) }}", "access to attribute 'append' of 'list' object is unsafe"),
        ("{% include 'nowhere' %}", "there is no template nowhere"),
        ("{% include '../../secret' %}", "there is no template ../../secret"),
        ("{{ 'x' * 10 ** 10 }}", "MemoryError"),
        ("{{ 'x' * 10 ** 7 }}", "it makes more than 4,194,304 bytes"),
        ("nothing of what it should say", "it leaves out “I-7K2Q”"),
    ],
)
def test_a_template_that_does_not_work_is_said_and_the_built_in_one_is_used(
    words: Words, caplog: pytest.LogCaptureFixture, template: str, why: str
) -> None:
    caplog.set_level(logging.INFO)
    made = worded(words(template), NAME, SAMPLE, ("I-7K2Q",))
    assert made.text.startswith(BUILT_IN)
    assert why in made.problem
    assert f"{NAME} does not work, the built-in wording is used" in made.problem
    assert made.problem in caplog.messages


def test_a_template_without_an_end_is_killed(words: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.ops.texts.wording.SECONDS", 1.5)
    made = worded(words(ENDLESS), NAME, SAMPLE)
    assert made.text.startswith(BUILT_IN)
    assert "it took too long or too much memory, or broke off" in made.problem


def test_a_directory_that_is_not_there_is_said(bare: House) -> None:
    house = replace(bare, settings=replace(bare.settings, templates=Templates("/nowhere/templates")))
    made = worded(house, NAME, SAMPLE)
    assert made.text.startswith(BUILT_IN)
    assert made.problem == "The built-in wording is used: There is no /nowhere/templates."


def test_where_no_process_can_be_started_the_text_goes_out_all_the_same(
    words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    made = worded(words("one"), NAME, SAMPLE)
    assert made.text.startswith(BUILT_IN)
    assert "no process could be started: No such file or directory" in made.problem
