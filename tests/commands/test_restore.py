"""`dedupe restore`: the versions one can go back to, each with what it would lose."""

from pathlib import Path

import pytest

from commands.ops.edits import backups
from commands.ops.house import House
from commands.reply import Facts, Lines, Table
from commands.wording.restore import moves
from tests.commands.conftest import OMAR, VERA, Asks
from tests.commands.decided import ask_in
from tests.commands.registries import REGISTRY
from tests.commands.repositories import HEAD, commit, table, write


def test_the_newest_whole_version_is_recommended_and_the_damaged_ones_are_told(
    bare: House, bare_root: Path
) -> None:
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    whole = commit(bare_root, table(lotus="I", fern="D", moss="D"), 1, "1 implemented")
    commit(bare_root, table(lotus="I", fern="D"), 2, "moss is lost")
    doubled = table(lotus="I", fern="D", moss="D") + table(lotus="D").removeprefix(HEAD)
    commit(bare_root, doubled, 3)
    write(bare_root, table(lotus="I", fern="I"))
    reply = ask_in(bare, "dedupe restore")
    assert reply.facts["recommended"] == whole[:10]
    assert [one["whole"] for one in reply.facts["versions"]] == [False, False, True, True]
    assert [one["missing"] for one in reply.facts["versions"]][1] == ["moss.dev"]
    assert "The registry is not whole: 1 missing." in reply.headline
    assert f"The newest whole version is commit {whole[:10]}; 1 site would go back." in reply.headline
    figures = next(dict(part.items) for part in reply.parts if isinstance(part, Facts))
    assert (figures["By"], figures["Would go back"]) == ("Ann: 1 implemented", "fern.dev I → D")
    assert reply.proposals[0].line == f"dedupe restore {whole[:10]}"


def test_each_version_has_its_counts_and_what_would_be_lost_by_name(bare: House, bare_root: Path) -> None:
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I", fern="D", moss="D", new="P"))
    [one] = ask_in(bare, "dedupe restore").facts["versions"]
    assert one["back"] == [{"site": "lotus.dev", "now": "I", "then": "D"}]
    assert one["gone"] == ["new.dev"]
    assert {letter: number for letter, number in one["counts"].items() if number} == {"D": 3}
    assert one["author"] == "Ann"


def test_copies_and_the_one_made_by_hand_are_versions_too(bare: House, bare_root: Path) -> None:
    write(bare_root, table(lotus="D", fern="D", moss="D"))
    ask_in(bare, "batch backup")
    (bare_root / f"{REGISTRY}.backup").write_text(table(lotus="P", fern="P", moss="P"))
    write(bare_root, "nothing\n")
    reply = ask_in(bare, "dedupe restore")
    kinds = {one["kind"]: one["name"] for one in reply.facts["versions"]}
    assert kinds["by_hand"] == "REGISTRY.md.backup"
    assert kinds["copy"].startswith("20")
    table_of = next(part for part in reply.parts if isinstance(part, Table))
    assert {"made by hand", "Wavewarden's copy"} == {row[2] for row in table_of.rows}


def test_a_copy_that_says_what_stands_there_is_no_choice_and_one_content_is_listed_once(
    bare: House, bare_root: Path
) -> None:
    write(bare_root, table(lotus="D", fern="D", moss="D"))
    ask_in(bare, "batch backup")
    assert ask_in(bare, "dedupe restore").facts["versions"] == []
    write(bare_root, table(lotus="i", fern="D", moss="D"))
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="i", fern="D", moss="D"))
    assert len(ask_in(bare, "dedupe restore").facts["versions"]) == 1


def test_a_damaged_copy_is_named_and_cannot_be_chosen(bare: House, bare_root: Path) -> None:
    write(bare_root, table(lotus="D", fern="D", moss="D"))
    ask_in(bare, "batch backup")
    [copy] = backups.listed(bare.settings)
    copy.path.write_bytes(copy.path.read_bytes()[:-20])
    write(bare_root, table(lotus="i"))
    reply = ask_in(bare, "dedupe restore")
    assert len(reply.facts["damaged"]) == 1
    assert "is damaged" in reply.problems[-1]
    assert "is damaged or too large" in ask_in(bare, f"dedupe restore {reply.facts['damaged'][0]}").headline


def test_without_any_version_that_is_said(bare: House, bare_root: Path) -> None:
    write(bare_root, table(lotus="D"))
    reply = ask_in(bare, "dedupe restore")
    assert reply.outcome == "trouble"
    assert "There is no other version of it, neither in git nor among the copies." in reply.headline


def test_a_whole_registry_has_nothing_to_restore(asks: Asks) -> None:
    assert asks("dedupe restore").headline.startswith("The registry is whole: nothing has to be restored.")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("dedupe restore HEAD~5", "There is no version HEAD~5 of the registry; “dedupe restore” lists them."),
        ("dedupe restore ffffffffff", "There is no version ffffffffff"),
        ("dedupe restore ../../etc/passwd", "There is no version"),
        ("dedupe restore --choose", "choose"),
    ],
)
def test_what_is_wrong_with_the_name_is_said(line: str, said: str, asks: Asks) -> None:
    assert said in (reply := asks(line)).headline or reply.form


def test_a_viewer_may_not(asks: Asks) -> None:
    assert "needs the role operator" in asks("dedupe restore", VERA).headline


def test_slack_offers_the_versions_in_a_form_with_the_recommended_one_chosen(
    bare: House, bare_root: Path
) -> None:
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    commit(bare_root, table(lotus="D"), 1)
    write(bare_root, table(lotus="i"))
    form = ask_in(bare, "dedupe restore --choose").form
    assert form
    [field] = form.fields
    assert field.value == field.choices[1]
    assert all(len(choice) <= 75 for choice in field.choices)
    chosen = ask_in(bare, form.line, OMAR, version=field.value)
    assert chosen.facts["operation"] == "restore"


def test_what_each_version_would_lose_is_in_the_evidence(bare: House, bare_root: Path) -> None:
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    write(bare_root, table(lotus="I", fern="D", moss="D"))
    lines = next(part for part in ask_in(bare, "dedupe restore").parts if isinstance(part, Lines))
    assert lines.lines[0].endswith(": lotus.dev I → D")


def test_sites_that_move_alike_are_told_together() -> None:
    some = [["lotus.dev", "I", "D"], ["moss.dev", "Q", "I"], ["fern.dev", "I", "D"], ["oak.dev", "I", ""]]
    assert moves(some, 3) == "lotus.dev and fern.dev I → D; moss.dev Q → I; 1 more"


def test_of_large_versions_no_more_are_looked_at_than_it_takes_to_find_a_whole_one(
    bare: House, bare_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.ops.versions.versions.TOGETHER_BYTES", 10)
    commit(bare_root, table(lotus="D", fern="D", moss="D"), 0)
    whole = commit(bare_root, table(lotus="I", fern="D", moss="D"), 1)
    commit(bare_root, table(lotus="I", fern="D"), 2)
    write(bare_root, table(lotus="I"))
    reply = ask_in(bare, "dedupe restore")
    assert [one["name"] for one in reply.facts["versions"]][1:] == [whole[:10]]
    assert "Only the newest 2 versions were looked at: they are large." in reply.problems
