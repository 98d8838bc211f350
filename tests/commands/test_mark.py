"""`batch mark D… STATUS --reason …`: the rows it shows, sets, and refuses."""

from dataclasses import replace
from pathlib import Path

import pytest

from commands.ops.house import House
from commands.ops.machine.writing import append
from commands.ops.roles import ListedRoles
from commands.reply import Diff, Reply, Text
from tests.commands.conftest import ASHA, OMAR, VERA, Asks
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.demo_host.running import status_of
from tests.commands.registries import REGISTRY, lose, put, wave_sites

CLOSURE = ".smbatcher/closure/Batch_001.md"


def diff_of(reply: Reply) -> tuple[str, ...]:
    [found] = [part.lines for part in reply.parts if isinstance(part, Diff)]
    return found


def row_of(root: Path, site: str) -> str:
    [row] = [line for line in (root / REGISTRY).read_text().splitlines() if line.startswith(f"| {site} ")]
    return row


def test_the_preview_is_a_true_diff_and_nothing_is_done_yet(house: House, demo_host: Path) -> None:
    before = (demo_host / REGISTRY).read_bytes()
    reply = ask_in(house, "batch mark lotus.dev I --reason files are there")
    assert reply.facts["targets"] == ["row lotus.dev"]
    assert (reply.facts["tier"], reply.facts["state"]) == ("confirm", "pending")
    place, old, new = diff_of(reply)
    assert old == f"-{row_of(demo_host, 'lotus.dev')}"
    assert place == f"@@ line {before.decode().splitlines().index(old[1:]) + 1} @@"
    assert new.startswith("+| lotus.dev ")
    assert "| I |" in new
    assert (demo_host / REGISTRY).read_bytes() == before


def test_several_sites_are_marked_at_once_and_no_other_line_changes(house: House, demo_host: Path) -> None:
    first, second, *_ = wave_sites(demo_host, 2)
    before = (demo_host / REGISTRY).read_text().splitlines()
    done = run_in(house, planned(house, f"batch mark {first} {second} I --reason built"))
    assert done.outcome == "fine"
    after = (demo_host / REGISTRY).read_text().splitlines()
    changed = [old for old, new in zip(before, after, strict=True) if old != new]
    assert [line.split()[1] for line in changed] == [first, second]
    assert {status_of(demo_host, first), status_of(demo_host, second)} == {"I"}
    assert not (demo_host / CLOSURE).exists()


def test_a_site_finalized_by_hand_is_in_the_closure_report(house: House, demo_host: Path) -> None:
    run_in(house, planned(house, "batch mark lotus.dev Q --reason accepted, close to the deadline"))
    fern = wave_sites(demo_host, 2)[3]
    run_in(house, planned(house, f"batch mark {fern} Q --reason built by hand", ASHA), ASHA)
    heading, empty, lotus, other = (demo_host / CLOSURE).read_text().splitlines()
    assert (heading, empty) == ("# Batch 001: sites decided by hand", "")
    assert lotus.endswith(
        "lotus.dev was marked Q by hand, it was at D. Asked by Omar: accepted, close to the deadline"
    )
    assert other.endswith(f"{fern} was marked Q by hand, it was at D. Asked by Asha: built by hand")


def test_a_reason_of_several_lines_is_one_line_of_the_report(house: House, demo_host: Path) -> None:
    asked = ask_in(house, "batch mark lotus.dev Q", OMAR, reason="first\n# Batch 001\n- fern.dev")
    run_in(house, str(asked.facts["plan"]))
    assert (demo_host / CLOSURE).read_text().count("\n") == 3


def test_a_report_that_cannot_be_written_fails_the_plan_which_can_be_undone(
    house: House, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(append, "append_whole", full)
    plan = planned(house, "batch mark lotus.dev Q --reason accepted")
    failed = run_in(house, plan)
    assert failed.outcome == "failed"
    assert "was not written: No space left" in failed.headline
    assert [proposal.label for proposal in failed.proposals] == ["Renew", "Undo"]
    monkeypatch.undo()
    run_in(house, planned(house, f"batch undo {plan}"))
    assert status_of(demo_host, "lotus.dev") == "D"


def test_without_a_reason_slack_asks_for_it_in_a_form(house: House) -> None:
    reply = ask_in(house, "batch mark lotus.dev I")
    assert reply.form
    assert reply.form.line == "batch mark lotus.dev I"
    sent = ask_in(house, reply.form.line, OMAR, reason="it is done")
    assert sent.facts["targets"] == ["row lotus.dev"]


def test_without_a_reason_the_terminal_says_how(house: House) -> None:
    roles = replace(house.settings, operators=("os:ann",))
    ann = replace(OMAR, id="os:ann", face="terminal")
    asking = replace(house, settings=roles, roles=ListedRoles(roles))
    reply = ask_in(asking, "batch mark lotus.dev I", ann)
    assert reply.error == "A status is set by hand with a reason: batch mark lotus.dev I --reason …"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("batch mark lotos.dev I --reason x", "There is no site lotos.dev; did you mean lotus.dev"),
        ("batch mark lotus.dev X --reason x", "“X” is no status of the ladder: P planned, d designing"),
        ("batch mark lotus.dev q --reason x", "Did you mean Q? Case matters."),
        ("batch mark lotus.dev D --reason x", "lotus.dev: at D already, there is nothing to mark."),
        ("batch mark lotus.dev", "Name the sites, then the status: batch mark lotus.dev Q --reason"),
        ("batch mark Q", "Name the sites, then the status"),
        ("batch mark Q lotus.dev --reason x", "Name the sites, then the status"),
        ("batch mark ../../etc Q --reason x", "“../../etc” is not a domain"),
        ("batch mark", "batch mark"),
    ],
)
def test_what_is_wrong_with_the_line_is_said(line: str, said: str, asks: Asks) -> None:
    reply = asks(line)
    assert reply.outcome == "usage"
    assert said in reply.headline


def test_a_site_with_several_rows_is_refused(house: House, demo_host: Path) -> None:
    path = demo_host / REGISTRY
    path.write_text(f"{path.read_text()}{row_of(demo_host, 'lotus.dev')}\n")
    reply = ask_in(house, "batch mark lotus.dev I --reason x")
    assert reply.outcome == "refused"
    assert "lotus.dev is in the registry more than once" in reply.headline


def test_a_viewer_may_not(asks: Asks) -> None:
    assert "needs the role operator" in asks("batch mark lotus.dev I --reason x", VERA).headline


def test_a_row_that_changed_since_makes_the_plan_stale(house: House, demo_host: Path) -> None:
    plan = planned(house, "batch mark lotus.dev I --reason built")
    put(demo_host, "i", "lotus.dev")
    stale = run_in(house, plan)
    assert stale.facts["state"] == "stale"
    assert status_of(demo_host, "lotus.dev") == "i"


def test_a_site_that_has_the_status_meanwhile_is_skipped_and_named(house: House, demo_host: Path) -> None:
    fern = wave_sites(demo_host, 2)[3]
    plan = planned(house, f"batch mark lotus.dev {fern} I --reason built")
    put(demo_host, "I", fern)
    done = run_in(house, plan)
    assert done.facts["skipped"] == [f"row {fern}"]
    assert status_of(demo_host, "lotus.dev") == "I"


def test_a_site_that_is_gone_meanwhile_makes_the_plan_stale(house: House, demo_host: Path) -> None:
    plan = planned(house, "batch mark lotus.dev I --reason built")
    lose(demo_host, "lotus.dev")
    assert "There is no site lotus.dev" in run_in(house, plan).facts["changes"][0]


def test_the_reason_is_in_the_preview(house: House) -> None:
    reply = ask_in(house, 'batch mark lotus.dev I --reason "the files are there"')
    assert "the files are there" in str(reply.parts)
    assert not [part for part in reply.parts if isinstance(part, Text) and "agent" in part.text]
