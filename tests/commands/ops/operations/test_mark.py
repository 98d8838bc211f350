"""`mark` as an operation."""

from pathlib import Path

import pytest

from commands.ops.batches import closure
from commands.ops.batches.closure import Line
from commands.ops.edits import editing
from commands.ops.errors import OperationFailed, Refusal
from commands.ops.house import House
from commands.ops.operations.mark import MARK
from commands.previews.rows import mark_parts, mark_title
from tests.commands.ops.conftest import Spawn
from tests.commands.ops.operations.carrying import carry_out
from tests.commands.repositories import table, text, write

ARGS = {"marks": {"lotus.dev": "Q", "fern.dev": "I"}, "by_hand": True, "reason": "done", "by": "Omar"}
REPORT = ".smbatcher/closure/Batch_001.md"


def test_each_site_gets_its_letter_and_only_the_finalized_one_is_reported(
    bare_house: House, root: Path
) -> None:
    write(root, table(lotus="D", fern="D"))
    told = carry_out(bare_house, MARK, ARGS)
    assert told[0].startswith("2 sites are at I or Q now; the registry before it is copy 20")
    assert told[1] == f"Written to {REPORT}."
    assert "| lotus.dev | 001 | 1 | Q |" in text(root)
    assert "| fern.dev | 001 | 1 | I |" in text(root)
    assert (root / REPORT).read_text().count("\n- ") == 1


def test_the_title_tells_how_many_get_which_letter(bare_house: House, root: Path) -> None:
    write(root, table(lotus="D", fern="D"))
    assert mark_title(ARGS, MARK.look(bare_house, ARGS)) == "mark 2 sites, 1 as I and 1 as Q"


def test_a_site_that_an_agent_is_at_work_on_is_warned_of(bare_house: House, root: Path, agent: Spawn) -> None:
    write(root, table(lotus="i", fern="D"))
    agent("opus", "--site", "lotus.dev")
    targets = MARK.look(bare_house, ARGS)
    assert [target.about["agent"] for target in targets] == [True, False]
    assert "An agent is, or may be, at work on lotus.dev: it may set the status again." in str(
        mark_parts(ARGS, targets)
    )


def test_a_site_in_no_batch_has_no_report(bare_house: House, root: Path) -> None:
    write(root, table(lotus="D", fern="D").replace("| 001 |", "| ../x |"))
    assert carry_out(bare_house, MARK, ARGS)[1] == "1 without a batch: no report tells of them."
    assert not (root / ".smbatcher/closure").exists()


def test_a_report_behind_a_link_that_leads_elsewhere_is_not_written(
    bare_house: House, root: Path, tmp_path: Path
) -> None:
    (root / ".smbatcher/closure").symlink_to(tmp_path)
    with pytest.raises(OperationFailed, match="leads out of"):
        closure.tell(bare_house, [Line("001", "lotus.dev")])


def test_a_tool_that_holds_the_lock_is_waited_for_and_then_named(
    bare_house: House, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise Refusal(
            "A tool has held the registry's lock for 10 seconds: try again, or hold launches first."
        )

    write(root, table(lotus="D", fern="D"))
    monkeypatch.setattr(editing, "set_status", held)
    with pytest.raises(Refusal, match="hold launches first"):
        carry_out(bare_house, MARK, ARGS)
    assert text(root) == table(lotus="D", fern="D")
