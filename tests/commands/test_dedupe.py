"""`dedupe`, `dedupe fix` and `dedupe choose` in the terminal and by their facts."""

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from commands.demo_host.faults.conflicts import conflict
from commands.demo_host.faults.duplicates import duplicate
from commands.demo_host.faults.lost_rows import lose_rows
from commands.ops.house import House
from commands.ops.machine.tools import run
from commands.ops.roles import Caller
from commands.reply import Diff, Reply
from commands.terminal import show
from tests.commands.conftest import ASHA, OMAR, VERA, Asks
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.demo_host.running import status_of
from tests.commands.registries import REGISTRY
from tests.commands.stand_ins import agents

ANN = Caller("os:ann", "ann", "terminal")


def append(root: Path, *lines: str) -> Path:
    path = root / REGISTRY
    path.write_text(path.read_text() + "".join(f"{line}\n" for line in lines))
    return path


def row_of(root: Path, site: str) -> str:
    return next(line for line in (root / REGISTRY).read_text().splitlines() if line.startswith(f"| {site} "))


def printed(reply: Reply) -> str:
    out = io.StringIO()
    show(reply, Console(file=out, width=220, highlight=False))
    return out.getvalue()


def git(root: Path, *words: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    run(["git", *who, *words], cwd=root, timeout=30, max_bytes=1000, env=dict(os.environ))


class TestDiagnosis:
    def test_a_whole_registry_is_fine(self, asks: Asks) -> None:
        reply = asks("dedupe", VERA)
        assert (reply.outcome, reply.severity) == ("fine", "ok")
        assert reply.headline == "The registry is whole: 75 sites, each once."
        assert [one.label for one in reply.proposals] == ["Look again"]
        names = ("identical", "conflicting", "missing", "unexpected", "malformed_lines")
        assert [reply.facts[name] for name in names] == [[], [], [], [], []]
        assert (reply.facts["unknown_statuses"], reply.facts["surplus_rows"]) == ({}, 0)
        assert (reply.facts["duplicate_severity"], reply.facts["recommended"]) == ("none", "none")
        assert reply.facts["git"] == "clean"

    def test_identical_rows_are_told_with_their_lines(self, asks: Asks, demo_host: Path) -> None:
        duplicate(demo_host)
        reply = asks("dedupe")
        assert (reply.outcome, reply.severity) == ("trouble", "warning")
        assert "12 sites stand in the registry more than once, all with identical rows" in reply.headline
        assert reply.headline.endswith("Fix it now.")
        assert (len(reply.facts["identical"]), reply.facts["surplus_rows"]) == (12, 14)
        assert reply.facts["conflicting"] == []
        first = reply.facts["identical"][0]
        lines = (demo_host / REGISTRY).read_text().splitlines()
        assert all(lines[number - 1].startswith(f"| {first} ") for number in reply.facts["lines"][first])
        assert (reply.facts["duplicate_severity"], reply.facts["recommended"]) == ("medium", "fix")
        assert reply.facts["git"] == "modified"
        assert [one.line for one in reply.proposals] == ["dedupe fix", "dedupe restore", "dedupe"]

    def test_conflicting_rows_are_shown_with_what_speaks_for_each(self, asks: Asks, demo_host: Path) -> None:
        conflict(demo_host)
        reply = asks("dedupe")
        assert len(reply.facts["conflicting"]) == 8
        assert reply.facts["identical"] == reply.facts["undecided"] == []
        text = printed(reply)
        assert "keeps it: the furthest status that the files support" in text
        assert "keeps it: the only status that the files support" in text
        assert "never so" in text, "the rows that were added were never committed"
        assert "implemented" in text, "the logs' last word"

    def test_lost_rows_are_named_and_call_for_going_back(self, asks: Asks, demo_host: Path) -> None:
        lose_rows(demo_host)
        reply = asks("dedupe")
        assert reply.severity == "critical"
        assert len(reply.facts["missing"]) == 17
        assert reply.facts["recommended"] == "restore"
        assert reply.headline.startswith("17 expected sites are missing from the registry: ")
        assert [one.line for one in reply.proposals] == ["dedupe restore", "dedupe"]

    @pytest.mark.parametrize(
        ("number", "level", "recommended"),
        [
            (1, "low", "fix"),
            (5, "low", "fix"),
            (6, "medium", "fix"),
            (20, "medium", "fix"),
            (21, "high", "restore"),
        ],
    )
    def test_severity_goes_by_distinct_sites(
        self, asks: Asks, demo_host: Path, number: int, level: str, recommended: str
    ) -> None:
        lines = [line for line in (demo_host / REGISTRY).read_text().splitlines() if "| 001 |" in line]
        append(demo_host, *(lines[:number] * 2))
        facts = asks("dedupe").facts
        assert (facts["surplus_rows"], facts["duplicate_severity"]) == (2 * number, level)
        assert facts["recommended"] == recommended

    def test_while_agents_may_write_a_hold_comes_first(self, asks: Asks, demo_host: Path) -> None:
        duplicate(demo_host)
        with agents(demo_host, 2):
            reply = asks("dedupe")
            assert reply.headline.endswith("Hold launches first, then fix it.")
            assert [one.line for one in reply.proposals][:2] == ["batch hold", "dedupe fix"]
            assert (reply.facts["agents"], reply.facts["hold_first"]) == (2, True)
            asks("batch hold")
            assert asks("dedupe").proposals[0].line == "dedupe fix"

    def test_everything_else_that_is_wrong_is_told_too(self, asks: Asks, demo_host: Path) -> None:
        lotus = row_of(demo_host, "lotus.dev")
        path = append(demo_host, "| x.dev | 001 | 1 | z | |", "| y.dev |", "|  | 001 | 1 | D | |")
        path.write_text(path.read_text().replace(lotus, lotus.replace("| 001 |", "| 002 |")))
        reply = asks("dedupe")
        last = len(path.read_text().splitlines())
        assert reply.facts["unexpected"] == ["x.dev", "y.dev"]
        assert reply.facts["unknown_statuses"] == {"z": 1}
        assert reply.facts["malformed_lines"] == [last - 1, last]
        assert reply.facts["outside"] == [last - 1]
        assert reply.facts["misplaced"] == ["lotus.dev"]
        assert "lotus.dev (in 002, listed in 001)" in printed(reply)

    def test_the_files_state_in_git_is_told(self, asks: Asks, demo_host: Path) -> None:
        append(demo_host, row_of(demo_host, "lotus.dev"))
        git(demo_host, "add", REGISTRY)
        assert asks("dedupe").facts["git"] == "staged"
        git(demo_host, "commit", "-qm", "A doubled row")
        git(demo_host, "checkout", "-q", "--detach")
        reply = asks("dedupe")
        assert (reply.facts["git"], reply.facts["detached"]) == ("clean", True)
        assert "on no branch (detached)" in printed(reply)

    def test_a_merge_that_nobody_resolved_is_told(self, asks: Asks, demo_host: Path) -> None:
        path, before = demo_host / REGISTRY, (demo_host / REGISTRY).read_text()
        lotus = row_of(demo_host, "lotus.dev")
        for branch, status in (("one", "i"), ("two", "I")):
            git(demo_host, "checkout", "-q", "-b", branch, "main")
            path.write_text(before.replace(lotus, lotus.replace("| D |", f"| {status} |")))
            git(demo_host, "commit", "-qam", branch)
        git(demo_host, "merge", "-q", "one")
        reply = asks("dedupe")
        assert (reply.facts["git"], reply.facts["recommended"]) == ("conflicted", "restore")
        assert reply.headline.startswith("The registry has the marks of a merge that nobody resolved: lines ")
        assert reply.facts["conflicting"] == ["lotus.dev"]
        assert [one.line for one in reply.proposals] == ["dedupe restore", "dedupe"]

    @pytest.mark.parametrize("kind", ["none", "directory", "no permission", "empty"])
    def test_a_registry_that_cannot_be_read_is_a_finding(
        self, asks: Asks, demo_host: Path, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = demo_host / REGISTRY
        if kind == "no permission":  # root may read everything

            def refused(*_: object) -> int:
                raise PermissionError(13, "Permission denied")

            monkeypatch.setattr("commands.ops.machine.files.os.open", refused)
        elif kind == "empty":
            path.write_bytes(b"")
        else:
            path.unlink()
            if kind == "directory":
                path.mkdir()
        reply = asks("dedupe")
        assert (reply.outcome, reply.severity, reply.facts["recommended"]) == (
            "trouble",
            "critical",
            "restore",
        )
        assert [one.line for one in reply.proposals] == ["dedupe restore", "dedupe"]
        assert printed(reply)


class TestFix:
    def test_from_the_fault_to_a_mended_registry_and_back(self, house: House, demo_host: Path) -> None:
        before = (demo_host / REGISTRY).read_bytes()
        duplicate(demo_host)
        assert ask_in(house, "dedupe").outcome == "trouble"
        plan = planned(house, "dedupe fix", OMAR)
        done = run_in(house, plan, ASHA)
        assert done.facts["state"] == "done", done.headline
        assert (demo_host / REGISTRY).read_bytes() == before
        assert ask_in(house, "dedupe").outcome == "fine"
        assert [one.line for one in done.proposals] == [f"batch undo {plan}"]
        run_in(house, planned(house, f"batch undo {plan}", ASHA))
        assert ask_in(house, "dedupe").facts["surplus_rows"] == 14

    def test_conflicts_are_settled_by_what_the_files_prove(self, house: House, demo_host: Path) -> None:
        before = (demo_host / REGISTRY).read_bytes()
        conflict(demo_host)
        assert run_in(house, planned(house, "dedupe fix"), ASHA).facts["state"] == "done"
        assert (demo_host / REGISTRY).read_bytes() == before

    def test_the_preview_is_the_true_diff(self, house: House, demo_host: Path) -> None:
        duplicate(demo_host)
        conflict(demo_host)
        before = (demo_host / REGISTRY).read_text().splitlines()
        reply = ask_in(house, "dedupe fix")
        run_in(house, str(reply.facts["plan"]))
        after = (demo_host / REGISTRY).read_text().splitlines()
        [shown] = [part for part in reply.parts if isinstance(part, Diff)]
        assert [line[1:] for line in shown.lines[2:] if line.startswith("-")] == [
            line for number, line in enumerate(before) if line not in after or number >= len(after)
        ]

    def test_a_viewer_may_look_and_not_mend(self, asks: Asks, demo_host: Path) -> None:
        duplicate(demo_host)
        assert asks("dedupe", VERA).outcome == "trouble"
        assert asks("dedupe fix", VERA).outcome == "refused"

    def test_where_nothing_is_doubled_there_is_nothing_to_fix(self, asks: Asks) -> None:
        assert "There is nothing to do" in str(asks("dedupe fix").error)

    def test_new_doubles_make_a_plan_stale_and_those_that_went_are_skipped(
        self, house: House, demo_host: Path
    ) -> None:
        duplicate(demo_host)
        plan = planned(house, "dedupe fix")
        ask_in(house, f"batch approve {plan}")
        append(demo_host, row_of(demo_host, "lotus.dev"), *[row_of(demo_host, "lotus.dev")] * 2)
        damaged = (demo_host / REGISTRY).read_bytes()
        stale = ask_in(house, f"batch run {plan}")
        assert (stale.outcome, stale.facts["state"]) == ("refused", "stale")
        assert (demo_host / REGISTRY).read_bytes() == damaged

    def test_rows_are_overruled_by_their_line(self, house: House, demo_host: Path) -> None:
        conflict(demo_host)
        first = planned(house, "dedupe fix")
        site, *_ = ask_in(house, "dedupe").facts["conflicting"]
        last = ask_in(house, "dedupe").facts["lines"][site][-1]
        assert status_at(demo_host, last) == "i"
        plan = planned(house, f"dedupe fix --keep {site}={last}")
        replaced = ask_in(house, f"batch plan {first}")
        assert replaced.headline == f"{first}: replaced by {plan}: nothing was done."
        run_in(house, plan, ASHA)
        assert status_of(demo_host, site) == "i"

    @pytest.mark.parametrize("kept", ["lotus.dev", "lotus.dev=x", "=7", "lotus.dev=7", "lotus.dev=²"])
    def test_a_choice_that_is_none_is_told(self, asks: Asks, demo_host: Path, kept: str) -> None:
        duplicate(demo_host)
        reply = asks(f"dedupe fix --keep {kept}")
        assert reply.outcome == "usage"
        assert (
            "by its line" in str(reply.error)
            or "has no row in line 7" in str(reply.error)
            or ("There is nothing to do for lotus.dev" in str(reply.error))
        )


def status_at(root: Path, line: int) -> str:
    return (root / REGISTRY).read_text().splitlines()[line - 1].split("|")[4].strip()


class TestChoosing:
    @pytest.fixture
    def undecided(self, demo_host: Path) -> Path:
        """lotus.dev is designed; nothing supports any of its two rows."""
        path, lotus = demo_host / REGISTRY, row_of(demo_host, "lotus.dev")
        implemented = lotus.replace("| D |", "| I |")
        path.write_text(path.read_text().replace(lotus, implemented))
        return append(demo_host, lotus.replace("| D |", "| Q |"))

    def test_nobody_can_approve_what_is_undecided(self, house: House, undecided: Path) -> None:
        before = undecided.read_bytes()
        assert ask_in(house, "dedupe").facts["undecided"] == ["lotus.dev"]
        reply = ask_in(house, "dedupe fix")
        plan = str(reply.facts["plan"])
        labels = [one.label for one in reply.proposals]
        assert "Approve" not in labels
        assert "Choose rows" in labels
        refused = ask_in(house, f"batch approve {plan}", ASHA)
        assert refused.error == (
            f"{plan} cannot be approved as it is: nothing proves which row of lotus.dev is right; choose one."
        )
        assert undecided.read_bytes() == before

    def test_a_form_asks_which_row_and_its_answer_makes_a_plan_in_place_of_this_one(
        self, house: House, demo_host: Path, undecided: Path
    ) -> None:
        plan = planned(house, "dedupe fix")
        form = ask_in(house, f"dedupe choose {plan}").form
        assert form is not None
        assert form.line == f"dedupe choose {plan}"
        [field] = form.fields
        assert field.label == "lotus.dev: your choice: nothing proves which row is right"
        assert [choice.partition(", ")[0].split(": ")[1] for choice in field.choices] == ["I", "Q"]
        reply = ask_in(house, form.line, OMAR, **{field.name: field.choices[1]})
        assert ask_in(house, f"batch plan {plan}").facts["state"] == "superseded"
        assert run_in(house, str(reply.facts["plan"]), ASHA).facts["state"] == "done"
        assert status_of(demo_host, "lotus.dev") == "Q"
        assert undecided.exists()

    def test_a_plan_that_was_replaced_is_not_chosen_in(self, house: House, undecided: Path) -> None:
        plan = planned(house, "dedupe fix")
        lines = ask_in(house, "dedupe").facts["lines"]["lotus.dev"]
        newer = planned(house, f"dedupe fix --keep lotus.dev={lines[0]}")
        assert ask_in(house, f"dedupe choose {plan}").error == (
            f"{plan} is superseded already; {newer} took its place."
        )
        assert undecided.exists()

    def test_the_terminal_is_told_how_rows_are_chosen(self, house: House, undecided: Path) -> None:
        settings = house.settings.model_copy(update={"operators": ("os:ann", "U0OMAR")})
        plan = planned(house, "dedupe fix")
        roles = type(house.roles)(settings)  # type: ignore[call-arg]
        reply = ask_in(replace(house, settings=settings, roles=roles), f"dedupe choose {plan}", ANN)
        assert "dedupe fix --keep D=LINE" in str(reply.error)
        assert undecided.exists()

    def test_forms_are_paged_at_forty_sites_and_what_was_chosen_stays_chosen(
        self, house: House, demo_host: Path
    ) -> None:
        path = demo_host / REGISTRY
        rows = [line for line in path.read_text().splitlines() if "| 001 |" in line][:45]
        sites = [row.split("|")[1].strip() for row in rows]
        head = path.read_text().partition("\n\n| Domain")[0]
        lost = [f"| {site} | 001 | 1 | {letter} | |" for site in sites for letter in ("x", "y")]
        path.write_text(
            "\n".join(
                [head, "", "| Domain | Batch | Wave | Status | Updated |", "|---|---|---|---|---|", *lost, ""]
            )
        )
        reply = ask_in(house, "dedupe fix")
        forms = [one for one in reply.proposals if one.line.startswith("dedupe choose")]
        assert [one.label for one in forms] == ["Choose rows 1 to 40", "Choose rows 41 to 45"]
        first = ask_in(house, forms[0].line).form
        second = ask_in(house, forms[1].line).form
        assert first is not None
        assert second is not None
        assert [len(first.fields), len(second.fields)] == [40, 5]
        half = ask_in(house, first.line, OMAR, **{field.name: field.choices[0] for field in first.fields})
        assert "5 of them are your choice" in half.headline
        rest = ask_in(house, f"dedupe choose {half.facts['plan']}").form
        assert rest is not None
        assert [bool(field.value) for field in rest.fields] == [False] * 5 + [True] * 35
        chosen = {field.name: field.choices[1] for field in rest.fields if not field.value}
        whole = ask_in(house, rest.line, OMAR, **chosen)
        assert run_in(house, str(whole.facts["plan"]), ASHA).facts["state"] == "done"
        assert [status_of(demo_host, site) for site in sites] == ["x"] * 40 + ["y"] * 5
