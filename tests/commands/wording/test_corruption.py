"""The registry's corruption in words."""

from dataclasses import replace
from datetime import UTC, datetime

from commands.ops.house import House
from commands.ops.integrity import corruption
from commands.ops.integrity.corruption import Corruption, Kind
from commands.ops.integrity.suspects import Suspect
from commands.reply import Table
from commands.wording import corruption as corruption_words
from tests.commands.conftest import Asks

AT = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
FOUND = Corruption(AT, None, (("identical", 1), ("missing", 3), ("torn", 2)), "low", 0, "", ())
WRITER = Suspect(4242, 1, "boot", 1000, "python3 tool.py", "REGISTRY.md")
AGENT = Suspect(4243, 2, "boot", None, "opus --wave 2", "")


def test_the_headline_has_each_kind_of_damage_and_the_tier() -> None:
    assert corruption_words.headline(FOUND) == (
        "The registry is damaged (low): 1 site has several rows that say the same, 3 sites are missing and 2 lines are"
        " torn."
    )


def test_a_registry_without_a_table_is_no_matter_of_numbers() -> None:
    found = replace(FOUND, counts=(("no_table", 1),), tier="critical")
    assert corruption_words.headline(found) == "The registry is damaged (critical): its table cannot be told."


def test_a_registry_that_cannot_be_read_says_why() -> None:
    found = replace(FOUND, counts=(("unreadable", 1),), tier="critical", problem="There is no registry.")
    assert corruption_words.headline(found) == "The registry cannot be read (critical): There is no registry."


def test_a_writer_is_named_before_those_who_were_merely_at_work() -> None:
    said = corruption_words.culprits(replace(FOUND, suspects=(WRITER, AGENT)))
    assert said == "When this was noticed it was open for writing by process 4242 (python3 tool.py)."


def test_where_nobody_had_it_open_those_at_work_are_counted() -> None:
    assert corruption_words.culprits(replace(FOUND, suspects=(AGENT,))) == (
        "Nobody had it open for writing when this was noticed; at work: 1 agent or launcher."
    )
    assert corruption_words.culprits(FOUND).endswith("and no agent was at work.")


def test_the_evidence_lists_every_process_that_may_have_done_it() -> None:
    [_, table] = corruption_words.evidence(replace(FOUND, suspects=(WRITER, AGENT)))
    assert isinstance(table, Table)
    assert table.rows == (
        ("4242", "had REGISTRY.md open for writing", "1000", "python3 tool.py"),
        ("4243", "was at work", None, "opus --wave 2"),
    )


def test_dedupe_shows_who_may_have_done_it_until_it_is_over(house: House, asks: Asks) -> None:
    told: tuple[tuple[Kind, bool], ...] = (("alert", True), ("recovered", False))
    for kind, shown in told:
        with house.journal.write() as transaction:
            corruption.tell(transaction, AT, kind, replace(FOUND, suspects=(WRITER,)) if shown else None)
        titles = [part.title for part in asks("dedupe").parts if isinstance(part, Table)]
        assert ("Who may have done it" in titles) is shown


def test_launches_are_held_first_where_somebody_may_write_on() -> None:
    assert corruption_words.helping(replace(FOUND, suspects=(AGENT,)))[0] == "batch hold"
    assert "batch hold" not in corruption_words.helping(FOUND)
