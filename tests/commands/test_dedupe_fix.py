"""`dedupe fix`: surplus rows planned away, approved, taken out, and taken back."""

from pathlib import Path

import pytest

from bot.render.blocks import weight
from bot.render.message import MOST_CHARACTERS, Asker, render
from commands.demo_host.faults.conflicts import conflict
from commands.demo_host.faults.duplicates import duplicate
from commands.ops.house import House
from commands.reply import Diff, Reply, Text
from tests.commands.conftest import ASHA, OMAR, VERA, Asks
from tests.commands.decided import ask_in, planned, run_in
from tests.commands.demo_host.running import status_of
from tests.commands.registries import REGISTRY, append, row_of
from tests.commands.stand_ins import agents


def status_at(root: Path, line: int) -> str:
    return (root / REGISTRY).read_text().splitlines()[line - 1].split("|")[4].strip()


def test_from_the_fault_to_a_mended_registry_and_back(house: House, demo_host: Path) -> None:
    before = (demo_host / REGISTRY).read_bytes()
    duplicate(demo_host)
    damaged = (demo_host / REGISTRY).read_bytes()
    assert ask_in(house, "dedupe").outcome == "trouble"
    plan = planned(house, "dedupe fix", OMAR)
    done = run_in(house, plan, ASHA)
    assert done.facts["state"] == "done", done.headline
    assert (demo_host / REGISTRY).read_bytes() == before
    assert ask_in(house, "dedupe").outcome == "fine"
    assert [one.line for one in done.proposals] == [f"batch undo {plan}"]
    run_in(house, planned(house, f"batch undo {plan}", ASHA))
    assert (demo_host / REGISTRY).read_bytes() == damaged


def test_conflicts_are_settled_by_what_the_files_prove(house: House, demo_host: Path) -> None:
    before = (demo_host / REGISTRY).read_bytes()
    conflict(demo_host)
    assert run_in(house, planned(house, "dedupe fix"), ASHA).facts["state"] == "done"
    assert (demo_host / REGISTRY).read_bytes() == before


def test_the_preview_is_the_true_diff(house: House, demo_host: Path) -> None:
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


def said_in(reply: Reply) -> list[str]:
    return [part.text for part in reply.parts if isinstance(part, Text)]


def test_a_plan_says_that_agents_may_write_before_it_runs(asks: Asks, demo_host: Path) -> None:
    duplicate(demo_host)
    assert not any(
        "when this was planned" in part.text for part in asks("dedupe fix").parts if isinstance(part, Text)
    )
    with agents(demo_host, 2):
        reply = asks("dedupe fix")
        assert any(text.startswith("2 agents ran when this was planned") for text in said_in(reply))
        asks(f"batch approve {reply.facts['plan']}")
        done = asks(f"batch run {reply.facts['plan']}")
    assert done.facts["state"] == "done"
    assert not any("when this was planned" in text for text in said_in(done))


def test_a_viewer_may_look_and_not_mend(asks: Asks, demo_host: Path) -> None:
    duplicate(demo_host)
    assert asks("dedupe", VERA).outcome == "trouble"
    assert asks("dedupe fix", VERA).outcome == "refused"


def test_where_nothing_is_doubled_there_is_nothing_to_fix(asks: Asks) -> None:
    assert "There is nothing to do" in str(asks("dedupe fix").error)


def test_new_doubles_make_a_plan_stale_and_those_that_went_are_skipped(house: House, demo_host: Path) -> None:
    duplicate(demo_host)
    plan = planned(house, "dedupe fix")
    ask_in(house, f"batch approve {plan}")
    append(demo_host, row_of(demo_host, "lotus.dev"), *[row_of(demo_host, "lotus.dev")] * 2)
    damaged = (demo_host / REGISTRY).read_bytes()
    stale = ask_in(house, f"batch run {plan}")
    assert (stale.outcome, stale.facts["state"]) == ("refused", "stale")
    assert (demo_host / REGISTRY).read_bytes() == damaged


def test_rows_are_overruled_by_their_line(house: House, demo_host: Path) -> None:
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
def test_a_choice_that_is_none_is_told(asks: Asks, demo_host: Path, kept: str) -> None:
    duplicate(demo_host)
    reply = asks(f"dedupe fix --keep {kept}")
    assert reply.outcome == "usage"
    assert (
        "by its line" in str(reply.error)
        or "has no row in line 7" in str(reply.error)
        or ("There is nothing to do for lotus.dev" in str(reply.error))
    )


@pytest.mark.parametrize("cell", ["x" * 100_000, "<!channel> ``` \u202e\r", "\\|" * 50_000])
def test_whatever_stands_in_cells_is_cut_and_shown_and_mended(
    house: House, demo_host: Path, cell: str
) -> None:
    before = (demo_host / REGISTRY).read_bytes()
    rows = [f"| {cell} | 001 | 1 | {letter} | {cell} |" for letter in ("D", cell)]
    append(demo_host, *rows, rows[0])
    reply = ask_in(house, "dedupe")
    assert len(reply.facts["conflicting"]) == 1
    rendered = render(reply, Asker("Omar", "dedupe", house.clock.now()))
    assert all(weight(list(one.blocks)) <= MOST_CHARACTERS for one in (rendered.summary, *rendered.evidence))
    assert len(rendered.evidence) < 10
    plan = ask_in(house, "dedupe fix")
    form = ask_in(house, f"dedupe choose {plan.facts['plan']}").form
    assert form is not None
    [field] = form.fields
    assert max(map(len, field.choices)) <= 75
    chosen = ask_in(house, form.line, OMAR, **{field.name: field.choices[0]})
    assert run_in(house, str(chosen.facts["plan"]), ASHA).facts["state"] == "done"
    assert (demo_host / REGISTRY).read_bytes() == before + f"{rows[0]}\n".encode()
