"""Whatever stands in the registry's place: each line that edits it finds it, and writes nothing or what it shows."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from commands.ops.edits import backups
from commands.ops.house import House
from commands.reply import Reply
from commands.wording.figures import NAME
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.registries import REGISTRY
from tests.commands.repositories import commit, table

WHOLE = table(lotus="D", fern="D", moss="D")
DEDUPE, FIX, MARK, RESTORE = "dedupe", "dedupe fix", "batch mark lotus.dev I --reason built", "dedupe restore"
LINES = (DEDUPE, FIX, MARK, RESTORE)

# What is no table that rows could be taken out of or marked in; and what is said of it.
DAMAGED = {
    "no table": (b"nothing here\n", "has no table"),
    "empty": (b"", "has no table"),
    "two tables": (f"{WHOLE}\n{WHOLE}".encode(), "has a second header: line 7"),
    "two other tables": (
        f"{WHOLE}\n| Domain | Status |\n|---|---|\n| x.dev | D |\n".encode(),
        "second header",
    ),
    "duplicate headers": (WHOLE.replace("| Wave |", "| Status |").encode(), "has two columns of one name"),
    "binary": (bytes(range(256)) * 20, "has NUL bytes"),
    "a NUL": (WHOLE.replace("fern", "fe\0rn").encode(), "has NUL bytes: line 4"),
    "UTF-16": (WHOLE.encode("utf-16"), "has NUL bytes"),
    "no status": (WHOLE.replace("Status", "Letter").encode(), "has a header without a Status column"),
}

# A table all the same: the rows that are meant can be told, and no other byte changes.
STRANGE = {
    "CRLF": WHOLE.replace("\n", "\r\n").encode(),
    "BOM": b"\xef\xbb\xbf" + WHOLE.encode(),
    "wide Unicode": f"{WHOLE}| 蓮華.dev | 001 | 1 | D | \U0001d7d9 |\n| \u202e\u200bfi.dev | 001 | 1 | 蓮 | \U0001f980 |\n".encode(),
    "100,000-character name": f"{WHOLE}| {'x' * 100_000} | 001 | 1 | D | |\n".encode(),
    "100,000-character cell": WHOLE.replace("| 1 | D |", f"| 1 | {'x' * 100_000} |").encode(),
    "escaped pipes": WHOLE.replace("| 001 |", "| 0\\|\\|01 |").encode(),
    "not UTF-8": WHOLE.encode() + b"| \xff\xfe.dev | 001 | 1 | D | |\n",
    "half a row": WHOLE.encode() + b"| x.dev | 0",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """A host with one whole commit of its registry, and something else in its place."""

    house: House
    path: Path
    version: str

    def holds(self, data: bytes) -> None:
        self.path.write_bytes(data)

    def asks(self, line: str) -> Reply:
        reply = ask_in(self.house, line)
        assert "reference" not in reply.headline, "it is a bug of ours"
        return reply

    def told(self, line: str, **now: object) -> str:
        """What a line that only looks, or plans, says: nothing is written by it."""
        before = self.path.read_bytes() if self.path.is_file() else None
        reply = self.asks(line)
        assert (self.path.read_bytes() if self.path.is_file() else None) == before
        assert backups.listed(self.house.settings) == ()
        names = {entry.name for entry in self.path.parent.iterdir()}
        assert names <= {"batches", "REGISTRY.md", "REGISTRY.md.lock"}
        assert {name: getattr(reply, name) for name in now} == now, reply.headline
        return reply.headline


@pytest.fixture
def scene(bare: House, bare_root: Path) -> Scene:
    return Scene(bare, bare_root / REGISTRY, commit(bare_root, WHOLE, 0)[:10])


@pytest.mark.parametrize("kind", DAMAGED)
class TestDamaged:
    def test_each_line_finds_it_and_writes_nothing(self, scene: Scene, kind: str) -> None:
        data, said = DAMAGED[kind]
        scene.holds(data)
        assert said in scene.told(DEDUPE, outcome="trouble", severity="critical")
        for line in (FIX, MARK):
            assert said in (told := scene.told(line, outcome="refused"))
            assert told.endswith("Go back to a whole one with “dedupe restore”.")
        assert f"The newest whole version is commit {scene.version}" in scene.told(RESTORE, outcome="fine")

    def test_a_plan_that_was_made_before_is_stale(self, scene: Scene, kind: str) -> None:
        scene.holds((WHOLE + WHOLE.splitlines()[3] + "\n").encode())
        plans = [planned(scene.house, FIX), planned(scene.house, MARK.replace("lotus", "moss"))]
        scene.holds(DAMAGED[kind][0])
        assert [run_in(scene.house, plan).facts["state"] for plan in plans] == ["stale", "stale"]
        assert scene.path.read_bytes() == DAMAGED[kind][0]

    def test_a_whole_version_takes_its_place_and_goes_out_again_by_the_byte(
        self, scene: Scene, kind: str
    ) -> None:
        data, _ = DAMAGED[kind]
        scene.holds(data)
        plan = planned(scene.house, f"{RESTORE} {scene.version}")
        assert run_in(scene.house, plan).outcome == "fine"
        assert scene.path.read_bytes() == WHOLE.encode()
        assert run_in(scene.house, planned(scene.house, f"batch undo {plan}")).outcome == "fine"
        assert scene.path.read_bytes() == data


@pytest.mark.parametrize("kind", STRANGE)
class TestStrange:
    def test_looking_and_planning_write_nothing(self, scene: Scene, kind: str) -> None:
        scene.holds(STRANGE[kind])
        assert len(scene.told(DEDUPE)) < 2 * NAME
        assert "There is nothing to do" in scene.told(FIX, outcome="usage")
        assert "mark lotus.dev as I" in scene.told(MARK, outcome="fine")
        assert len(scene.told(MARK)) < 2 * NAME
        assert len(scene.told(RESTORE)) < 3 * NAME

    def test_a_mark_changes_its_row_and_no_other_byte_and_goes_back(self, scene: Scene, kind: str) -> None:
        scene.holds(STRANGE[kind])
        plan = planned(scene.house, MARK)
        assert run_in(scene.house, plan).outcome == "fine"
        before, after = STRANGE[kind].split(b"\n"), scene.path.read_bytes().split(b"\n")
        changed = [new for old, new in zip(before, after, strict=True) if old != new]
        assert [row.split(b"|")[1].strip() for row in changed] == [b"lotus.dev"]
        assert run_in(scene.house, planned(scene.house, f"batch undo {plan}")).outcome == "fine"
        assert scene.path.read_bytes() == STRANGE[kind]

    def test_a_doubled_row_goes_and_no_other_byte_and_comes_back(self, scene: Scene, kind: str) -> None:
        lines = STRANGE[kind].split(b"\n")
        doubled = b"\n".join([*lines[:4], lines[3], *lines[4:]])
        scene.holds(doubled)
        plan = planned(scene.house, FIX)
        assert run_in(scene.house, plan).outcome == "fine"
        assert scene.path.read_bytes() == STRANGE[kind]
        assert run_in(scene.house, planned(scene.house, f"batch undo {plan}")).outcome == "fine"
        assert scene.path.read_bytes() == doubled

    def test_a_restore_is_undone_by_the_byte(self, scene: Scene, kind: str) -> None:
        scene.holds(STRANGE[kind])
        plan = planned(scene.house, f"{RESTORE} {scene.version}")
        assert run_in(scene.house, plan).outcome == "fine"
        assert scene.path.read_bytes() == WHOLE.encode()
        assert run_in(scene.house, planned(scene.house, f"batch undo {plan}")).outcome == "fine"
        assert scene.path.read_bytes() == STRANGE[kind]


@pytest.mark.parametrize(
    "kind", ["missing", "directory", "FIFO", "link to itself", "no permission", "too large"]
)
def test_what_cannot_be_read_is_told_by_each_line_and_nothing_is_written(
    scene: Scene, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, house = scene.path, scene.house
    if kind == "no permission":  # root may read everything
        opened = os.open

        def refused(name: os.PathLike[str] | str, *more: int, **named: int) -> int:
            if str(name).endswith("REGISTRY.md"):
                raise PermissionError(13, "Permission denied")
            return opened(name, *more, **named)

        monkeypatch.setattr(os, "open", refused)
    elif kind == "too large":
        limits = replace(house.settings.limits, registry_bytes=100)
        house = replace(house, settings=replace(house.settings, limits=limits))
    else:
        path.unlink()
        make: dict[str, Callable[[], object]] = {
            "missing": lambda: None,
            "directory": path.mkdir,
            "FIFO": lambda: os.mkfifo(path),
            "link to itself": lambda: path.symlink_to(path.name),
        }
        make[kind]()
    here = replace(scene, house=house)
    said = {"missing": "There is no registry at"}.get(kind, "The registry cannot be read: ")
    assert here.told(DEDUPE, outcome="trouble", severity="critical").startswith(said)
    for line in (FIX, MARK):
        assert here.told(line, outcome="usage").startswith(said)
    assert here.told(RESTORE).startswith("The registry cannot be read.")
