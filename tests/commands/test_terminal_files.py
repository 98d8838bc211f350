"""The files of an answer in the terminal."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from commands.ops.attachments.attachment import Attachment
from commands.ops.house import House
from commands.reply import Lines, Reply
from commands.terminal_files import written

AT = datetime(2026, 11, 22, 3, 13, 5, tzinfo=UTC)
LOG = Attachment("wave-5.log", "logs/wave-5.log", "ERROR \udcff\n")
REPLY = Reply("fine", "x", attachments=(LOG,))


def test_they_are_written_to_a_dated_directory_that_is_said(bare: House) -> None:
    [said] = written(bare, REPLY, AT).parts
    place = bare.settings.state / "attachments/2026-11-22T031305Z"
    assert said == Lines(("wave-5.log: logs/wave-5.log",), f"Files, in {place}")
    assert (place / "wave-5.log").read_text() == "ERROR \\udcff\n"
    assert (place / "wave-5.log").stat().st_mode & 0o077 == 0


def test_an_answer_without_files_writes_none(bare: House) -> None:
    assert written(bare, Reply("fine", "x"), AT) == Reply("fine", "x")
    assert not (bare.settings.state / "attachments").exists()


def test_those_of_the_last_fifty_answers_are_kept(bare: House) -> None:
    for second in range(52):
        written(bare, REPLY, AT + timedelta(seconds=second))
    kept = sorted(path.name for path in (bare.settings.state / "attachments").iterdir())
    assert (len(kept), kept[0]) == (50, "2026-11-22T031307Z")


def test_what_cannot_be_written_is_said(bare: House, tmp_path: Path) -> None:
    state = tmp_path / "file"
    state.write_text("in the way")
    blocked = replace(bare, settings=replace(bare.settings, state=state))
    [problem] = written(blocked, REPLY, AT).problems
    assert problem.startswith("The file wave-5.log was not written to")
