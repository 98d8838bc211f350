"""What speaks for the status that a row claims."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from commands.ops.history import transitions
from commands.ops.history.transitions import Transition
from commands.ops.host_settings import Ladder
from commands.ops.house import House
from commands.ops.integrity import evidence
from commands.ops.integrity.evidence import Evidence
from commands.ops.registry.registry import parse

HEADER = "| Domain | Batch | Wave | Status |\n|---|---|---|---|\n"
DESIGNED, BUILT = "| a.dev | 001 | 2 | D |", "| a.dev | 001 | 2 | I |"
TEN, ELEVEN = datetime(2026, 3, 24, 10, tzinfo=UTC), datetime(2026, 3, 24, 11, tzinfo=UTC)


def gathered(house: House, *rows: str) -> Evidence:
    """The evidence for a.dev, whose rows stand in lines 3, 4 and so on."""
    table = parse((HEADER + "\n".join(rows) + "\n").encode(), Ladder(), 25)
    return evidence.gather(house, table.sites())["a.dev"]


def log(root: Path, name: str, *lines: str) -> None:
    (root / name).write_text("".join(f"{line}\n" for line in lines))


def commit(root: Path, row: str, at: datetime) -> None:
    (root / ".smbatcher/REGISTRY.md").write_text(f"{HEADER}{row}\n")
    dated = {"GIT_AUTHOR_DATE": at.isoformat(), "GIT_COMMITTER_DATE": at.isoformat()}
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "Registry")):
        subprocess.run(
            ["git", *words], cwd=root, check=True, timeout=30, env={"PATH": "/usr/bin:/bin", **dated}
        )


def test_the_last_line_of_the_waves_log_and_the_hosts_is_told(bare_house: House, root: Path) -> None:
    log(
        root,
        "logs/wave-2.log",
        "2026-03-24T10:00:00Z taken a.dev",
        "2026-03-24T10:09:00Z wrote a.dev-v1/index.html",
    )
    log(root, "logs/wave-3.log", "2026-03-24T12:00:00Z a.dev in a log of another wave")
    log(
        root,
        "batch.log",
        "2026-03-24T10:05:00Z a.dev begun",
        "2026-03-24T10:10:00Z b-a.dev and a.dev.org done",
    )
    assert gathered(bare_house, DESIGNED).log == "2026-03-24T10:09:00Z wrote a.dev-v1/index.html"


def test_where_no_log_names_it_there_is_none(bare_house: House) -> None:
    assert gathered(bare_house, DESIGNED).log == ""


def test_each_row_has_the_time_of_its_last_commit_as_it_stands(bare_house: House, root: Path) -> None:
    commit(root, DESIGNED, TEN)
    commit(root, BUILT, ELEVEN)
    assert gathered(bare_house, BUILT, DESIGNED, "| a.dev | 001 | 2 | Q |").committed == {3: ELEVEN, 4: TEN}


def test_what_the_watch_saw_is_told_by_status(bare_house: House) -> None:
    with bare_house.journal.write() as transaction:
        transitions.write(
            transaction,
            [
                Transition(TEN, TEN, "a.dev", "001", 2, "i", "I"),
                Transition(ELEVEN, TEN, "a.dev", "001", 2, "I", "i"),
            ],
        )
    found = gathered(bare_house, BUILT)
    assert (found.seen("I"), found.seen("i"), found.seen("Q")) == (TEN, ELEVEN, None)


def test_of_no_site_nothing_is_looked_for(bare_house: House) -> None:
    assert evidence.gather(bare_house, {}) == {}
