"""Batches: which there are, what each should have, which one is meant."""

import subprocess
from pathlib import Path

import pytest

from commands.ops.batches import batches
from commands.ops.batches.batches import Expected
from commands.ops.errors import NotReadable, WrongUsage
from commands.ops.host_settings import Ladder
from commands.ops.machine.host import Machine
from commands.ops.registry.registry import Registry, parse
from commands.ops.settings import OpsSettings

HEADER = "| Domain | Batch | Status |\n|---|---|---|\n"
WHOLE = HEADER + "| a.dev | 001 | D |\n| b.dev | 002 | D |\n"


def parsed(rows: str) -> Registry:
    return parse((HEADER + rows).encode(), Ladder(), 25)


def write_batch(root: Path, number: str, text: str) -> None:
    (root / ".smbatcher" / "batches" / f"Batch_{number}.md").write_text(text)


def commit(root: Path, registry: str) -> None:
    (root / ".smbatcher" / "REGISTRY.md").write_text(registry)
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "Registry")):
        subprocess.run(["git", *words], cwd=root, check=True, timeout=30)


class TestExisting:
    def test_batches_have_a_file_or_rows(self, settings: OpsSettings, machine: Machine) -> None:
        write_batch(machine.root, "003", "- c.dev\n")
        write_batch(machine.root, "x", "prose")
        (machine.root / ".smbatcher/batches/Batch_004.md.old").touch()
        table = parsed("| a.dev | 1 | D |\n| b.dev | 2 | D |\n")
        assert batches.existing(settings, machine, table) == ("001", "002", "003")

    def test_without_a_directory_of_batches_those_of_the_rows_are_all(
        self, settings: OpsSettings, machine: Machine
    ) -> None:
        (machine.root / ".smbatcher" / "batches").rmdir()
        assert batches.existing(settings, machine, parsed("| a.dev | 1 | D |\n")) == ("001",)

    def test_a_link_to_itself_in_their_place_is_said(self, settings: OpsSettings, machine: Machine) -> None:
        directory = machine.root / ".smbatcher" / "batches"
        directory.rmdir()
        directory.symlink_to(directory)
        with pytest.raises(NotReadable, match="The batches cannot be read: "):
            batches.with_file(settings, machine)


class TestNamed:
    @pytest.mark.parametrize("text", ["1", "01", "001"])
    def test_a_batch_may_be_typed_short(self, text: str) -> None:
        assert batches.named(text, ["001", "002"]) == "001"

    def test_an_unknown_batch_names_those_that_there_are(self) -> None:
        with pytest.raises(WrongUsage) as refused:
            batches.named("9", ["001", "002"])
        assert refused.value.sentence == "There is no batch 009; there are 001, 002."

    @pytest.mark.parametrize("text", ["", "-1", "one", "../1", "1\n", "²", "9" * 300])
    def test_what_is_no_number_is_refused(self, text: str) -> None:
        with pytest.raises(WrongUsage, match="A batch is a number like 001; there are 001"):
            batches.named(text, ["001"])

    def test_a_host_without_batches_says_so(self) -> None:
        with pytest.raises(WrongUsage, match="There is no batch 001; there is none yet"):
            batches.named("1", [])


class TestActive:
    KNOWN = ("001", "002", "003")

    @pytest.mark.parametrize("status", ["d", "i"])
    def test_the_only_batch_with_open_sites_is_meant(self, status: str) -> None:
        table = parsed(f"| a.dev | 1 | Q |\n| b.dev | 2 | {status} |\n| c.dev | 3 | D |\n")
        assert batches.active(table, self.KNOWN, []) == "002"

    def test_the_only_batch_with_agents_is_meant(self) -> None:
        assert batches.active(parsed("| a.dev | 1 | Q |\n"), self.KNOWN, ["003", "003", None, "777"]) == "003"

    def test_several_are_named(self) -> None:
        with pytest.raises(WrongUsage) as refused:
            batches.active(parsed("| a.dev | 2 | i |\n"), self.KNOWN, ["001"])
        assert refused.value.sentence == (
            "Several batches are active: name one with --batch, which may be 001, 002."
        )

    def test_where_none_is_active_all_are_named(self) -> None:
        with pytest.raises(WrongUsage) as refused:
            batches.active(parsed("| a.dev | 1 | Q |\n"), self.KNOWN, [])
        assert refused.value.sentence == (
            "No batch is active: name one with --batch; there are 001, 002, 003."
        )

    def test_the_only_batch_there_is_is_meant_whatever_it_does(self) -> None:
        assert batches.active(parsed("| a.dev | 1 | Q |\n"), ["001"], []) == "001"


class TestExpected:
    def test_items_and_first_cells_count_and_prose_does_not(
        self, settings: OpsSettings, machine: Machine
    ) -> None:
        text = (
            "\ufeff# Batch 001\r\n\r\nSites like prose.dev are not listed - really.dev.\r\n"
            "- a.dev\r\n  * [x] `b.dev`\r\n- see c.dev\r\n-d.dev\r\n1. e.dev\r\n"
            "| Domain | Note |\r\n|---|---|\r\n| f.dev | - g.dev |\r\n| a.dev | again |\r\n- not a domain\r\n"
        )
        write_batch(machine.root, "001", text)
        assert batches.expected(settings, machine, "001") == Expected(("a.dev", "b.dev", "f.dev"), "file")

    def test_without_a_file_the_committed_registry_tells(
        self, settings: OpsSettings, machine: Machine
    ) -> None:
        commit(machine.root, WHOLE)
        (machine.root / settings.tree.registry).write_text("lost\n")
        assert batches.expected(settings, machine, "002") == Expected(("b.dev",), "commit")

    @pytest.mark.parametrize(
        "broken", [WHOLE + "| a.dev | 001 | D |\n", WHOLE + "| c.dev | 0", "", "| a.dev |\n"]
    )
    def test_the_newest_whole_one_of_the_committed_counts(
        self, settings: OpsSettings, machine: Machine, broken: str
    ) -> None:
        commit(machine.root, HEADER + "| z.dev | 002 | D |\n")
        commit(machine.root, WHOLE)
        commit(machine.root, broken)
        assert batches.expected(settings, machine, "002") == Expected(("b.dev",), "commit")

    def test_without_any_source_nothing_is_known(self, settings: OpsSettings, machine: Machine) -> None:
        assert batches.expected(settings, machine, "002") == Expected((), "unknown")

    def test_a_batch_file_that_cannot_be_read_is_said(self, settings: OpsSettings, machine: Machine) -> None:
        (machine.root / ".smbatcher/batches/Batch_001.md").mkdir()
        with pytest.raises(NotReadable, match="The sites that batch 001 should have are not known: "):
            batches.expected(settings, machine, "001")
