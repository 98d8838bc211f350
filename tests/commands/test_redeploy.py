"""`redeploy …`: what it plans, what it refuses, what it does on a host whose tools really run."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from commands.answer import answer
from commands.demo_host import host as demo
from commands.demo_host.hosttools import logs, processes, settings as demo_settings
from commands.ops import later
from commands.ops.edits import rewriting
from commands.ops.history import agent_memory, samples
from commands.ops.house import House
from commands.ops.machine.clock import SystemClock
from commands.ops.plans import plans, runs
from commands.ops.plans.plans import Plan
from commands.ops.roles import Caller
from commands.ops.settings import OpsSettings
from commands.reply import Ask, Facts, Lines, Reply, Table, Text, Value
from commands.words import words
from tests.clocks import MovedClock
from tests.commands.conftest import ASHA, OMAR, VERA, Asks, house_of, settings_of
from tests.commands.demo_host.running import counts, status_of, wait_for_the_end
from tests.commands.registries import REGISTRY, append, put, touch, wave_sites
from tests.commands.watched import watch

IMPLEMENT = "tools/implement/mimplement-bg.sh"


def ask_in(house: House, line: str, caller: Caller = OMAR) -> Reply:
    return answer(Ask("test", words(line), caller, house.clock.now()), house)


def with_settings(house: House, **more: dict[str, object]) -> House:
    """The same house with other settings; it shares the journal."""
    changed = asdict(house.settings)
    for name, values in more.items():
        changed[name] |= values
    return replace(house, settings=TypeAdapter(OpsSettings).validate_python(changed))


def run_in(house: House, plan_id: str, caller: Caller = OMAR) -> Reply:
    """Approved and run."""
    approved = ask_in(house, f"batch approve {plan_id}", caller)
    assert approved.facts["state"] == "approved", approved.headline
    return ask_in(house, f"batch run {plan_id}", OMAR)


def stages(house: House, plan_id: str) -> list[tuple[str, str]]:
    run = runs.of_plan(house.journal.connection(), plan_id)
    assert run
    return [(stage.title, stage.detail) for stage in run.stages]


def plan_of(house: House, plan_id: str) -> Plan:
    return plans.get(house.journal.connection(), plan_id)


def table_of(reply: Reply) -> Table:
    [found] = [part for part in reply.parts if isinstance(part, Table) and part.evidence]
    return found


def called(reply: Reply) -> tuple[str, ...]:
    [found] = [
        part.lines for part in reply.parts if isinstance(part, Lines) and part.title == "What is called"
    ]
    return found


def said(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Text))


def figures(reply: Reply, title: str) -> tuple[tuple[str, Value], ...]:
    [found] = [part.items for part in reply.parts if isinstance(part, Facts) and part.title == title]
    return found


def agents_at_work(root: Path) -> int:
    return sum(record.role == "agent" for record in processes.living(str(root)))


@pytest.fixture
def crashed(demo_host: Path) -> list[str]:
    """Wave 2 with every site in progress and no agent left; its sites."""
    sites = wave_sites(demo_host, 2)
    put(demo_host, "i", *sites)
    return sites


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], str]:
    """`script("exit 3")`: the path of a tool that does that."""

    def make(body: str) -> str:
        path = tmp_path / "tool.sh"
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return str(path)

    return make


@pytest.fixture
def quick(demo_host: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house whose time is real, on a host whose agents take a fraction of a second for a site."""
    monkeypatch.setenv("DEMO_HOST_SPEED", "500")
    made = replace(house_of(settings_of(demo_host, tmp_path / "quick")), clock=SystemClock())
    yield made
    made.journal.close()


def test_a_crashed_wave_is_put_back_launched_and_seen(
    house: House, asks: Asks, demo_host: Path, crashed: list[str]
) -> None:
    plan = asks("redeploy wave 2")
    assert plan.facts["targets"] == [*(f"site {site}" for site in crashed), "launch wave 2"]
    done = run_in(house, plan.facts["plan"])
    assert (done.outcome, done.facts["state"]) == ("fine", "done"), done.headline
    assert [title for title, _ in stages(house, plan.facts["plan"])] == [
        "put 25 sites back to designed",
        "launch",
        "see its agents",
    ]
    assert agents_at_work(demo_host) == 25
    assert ("The tool of that launch", "ended with exit code 0") in figures(asks("batch wave 2"), "Counts")


@pytest.mark.usefixtures("crashed")
def test_a_relaunched_wave_can_be_looked_at_and_stopped_and_its_alerts_are_told_again(
    house: House, asks: Asks
) -> None:
    asks("batch accept wave 2 --reason enough")
    done = run_in(house, asks("redeploy wave 2").facts["plan"])
    assert [(offer.label, offer.line) for offer in done.proposals] == [
        ("Look at wave 2", "batch wave 2 --batch 001"),
        ("Stop wave 2", "batch stop wave 2 --batch 001"),
    ]
    assert asks("batch wave 2").facts["accepted"] is None


class OverwritingClock(MovedClock):
    """A tool writes the registry that it read long ago, at each of the first so many waits for the dust to settle."""

    def __init__(self, path: Path, times: int) -> None:
        super().__init__()
        self.path, self.times, self.old = path, times, path.read_bytes()

    def wait(self, seconds: float, until: threading.Event) -> bool:
        if seconds >= rewriting.SETTLE and self.times:
            self.times -= 1
            self.path.write_bytes(self.old)
        return super().wait(seconds, until)


def test_rows_that_a_tool_overwrote_are_written_again_and_the_run_says_so(
    house: House, asks: Asks, demo_host: Path, crashed: list[str]
) -> None:
    plan = asks("redeploy wave 2").facts["plan"]
    beside = replace(house, clock=OverwritingClock(demo_host / REGISTRY, 2))
    assert run_in(beside, plan).facts["state"] == "done"
    [(_, put_back), *_] = stages(house, plan)
    assert "25 sites are at D again" in put_back
    assert f"overwrote the edit; {2 * len(crashed)} rows were written again." in put_back


def test_a_tool_that_never_stops_overwriting_ends_the_run_and_is_told(
    house: House, asks: Asks, demo_host: Path, crashed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "MOST_ROUNDS", 4)
    plan = asks("redeploy wave 2").facts["plan"]
    beside = replace(house, clock=OverwritingClock(demo_host / REGISTRY, 99))
    failed = run_in(beside, plan)
    assert failed.facts["state"] == "failed"
    assert "kept overwriting the edit: hold launches, then try again." in str(failed)
    assert f"0 of its rows stand, after {3 * len(crashed)} were written again" in str(failed)


def test_the_preview_says_what_happens_in_plain_words(asks: Asks, crashed: list[str]) -> None:
    reply = asks("redeploy wave 2")
    assert reply.headline == (
        f"{reply.facts['plan']}: relaunch wave 2 of batch 001: 25 unfinished sites go back to designed and get up to"
        " 25 agents?"
    )
    assert called(reply) == (f"{IMPLEMENT} --batch 001 --max-agents 25 --wave 2",)
    assert table_of(reply).columns == ("Site", "Now", "Becomes", "Registry line")
    assert table_of(reply).rows[0][:3] == (crashed[0], "i", "D")


def test_while_some_agents_live_only_the_sites_without_one_are_relaunched(
    house: House, asks: Asks, demo_host: Path
) -> None:
    demo.start_wave(demo_host, 2)
    demo.break_host(demo_host, "crash")
    reply = asks("redeploy wave 2")
    assert "22 unfinished sites go back to designed and get up to 22 agents; 3 keep theirs?" in reply.headline
    assert "22 of its agents were killed (exit code 137)" in said(reply)
    assert run_in(house, reply.facts["plan"]).facts["state"] == "done"
    assert agents_at_work(demo_host) == 25


def test_insisting_builds_twice_needs_an_approver_and_says_so(
    house: House, asks: Asks, demo_host: Path
) -> None:
    demo.start_wave(demo_host, 2)
    demo.break_host(demo_host, "crash")
    reply = asks("redeploy wave 2 --insist")
    assert reply.facts["tier"] == "second"
    assert "3 sites with an agent at work may be built twice" in reply.headline
    assert "two agents then write the same files" in said(reply)
    assert asks(f"batch approve {reply.facts['plan']}", OMAR).outcome == "refused"
    assert run_in(house, reply.facts["plan"], ASHA).facts["state"] == "done"
    assert agents_at_work(demo_host) == 28


def test_a_site_is_relaunched_by_name_with_one_agent(
    house: House, asks: Asks, demo_host: Path, crashed: list[str]
) -> None:
    reply = asks("redeploy site lotus.dev")
    assert called(reply) == (f"{IMPLEMENT} --batch 001 --max-agents 1 --sites lotus.dev",)
    assert run_in(house, reply.facts["plan"]).facts["state"] == "done"
    assert agents_at_work(demo_host) == 1
    assert {status_of(demo_host, site) for site in crashed if site != "lotus.dev"} == {"i"}


TIMED = ("tool.sh", "--batch", "{batch}", "--sites", "{sites}", "--timeout={timeout}")


def test_a_time_limit_is_filled_in_where_the_tool_takes_one(house: House, asks: Asks) -> None:
    timed = with_settings(house, tools={"implement_sites": TIMED})
    put(house.settings.root, "D", site := wave_sites(house.settings.root, 2)[0])
    usual = ask_in(timed, f"redeploy site {site}")
    assert called(usual) == (f"tool.sh --batch 001 --sites {site} --timeout=600",)
    longer = ask_in(timed, f"redeploy site {site} --timeout 1200")
    assert called(longer) == (f"tool.sh --batch 001 --sites {site} --timeout=1200",)
    refused = asks(f"redeploy site {site} --timeout 1200")
    assert refused.error == "The tool takes no time limit: put {timeout} into tools.implement_sites first."


@pytest.mark.parametrize("seconds", ["0", "-5", "99999999", "long"])
def test_a_time_limit_that_is_none_is_refused(seconds: str, asks: Asks) -> None:
    assert asks(f"redeploy site lotus.dev --timeout {seconds}").outcome == "usage"


def test_a_site_that_an_agent_works_on_is_refused(asks: Asks, demo_host: Path) -> None:
    demo.start_wave(demo_host, 2)
    demo.break_host(demo_host, "crash")
    kept = {*wave_sites(demo_host, 2)} - {
        key.removeprefix("site ") for key in asks("redeploy wave 2 --agents 5").facts["targets"]
    }
    reply = asks(f"redeploy site {min(kept)}")
    assert (reply.outcome, reply.audience) == ("refused", "caller")
    assert f"An agent is at work on {min(kept)}: a second one would build the same again." in reply.headline


def test_a_design_goes_back_to_planned_and_is_made_anew(house: House, asks: Asks, demo_host: Path) -> None:
    site = next(one for one in wave_sites(demo_host, 3) if status_of(demo_host, one) == "d")
    reply = asks(f"redeploy design {site}")
    assert (
        f"design {site} of batch 001 anew: 1 unfinished site goes back to planned and gets 1 agent"
        in reply.headline
    )
    assert called(reply) == (f"tools/prepare/mdesign.sh --batch 001 --max-agents 1 --sites {site}",)
    assert run_in(house, reply.facts["plan"]).facts["state"] == "done"
    assert stages(house, reply.facts["plan"])[0][0] == "put 1 sites back to planned"
    assert agents_at_work(demo_host) == 1


def test_a_batch_is_relaunched_wave_by_wave(quick: House, demo_host: Path) -> None:
    put(demo_host, "i", *wave_sites(demo_host, 2)[:5])
    reply = ask_in(quick, "redeploy batch 001")
    assert called(reply) == (
        f"{IMPLEMENT} --batch 001 --max-agents 25 --wave 2",
        f"{IMPLEMENT} --batch 001 --max-agents 10 --wave 3",
    )
    done = run_in(quick, reply.facts["plan"])
    assert done.facts["state"] == "done", done.headline
    assert [title for title, _ in stages(quick, reply.facts["plan"])] == [
        "wave 2: put 5 sites back to designed",
        "wave 2: launch",
        "wave 2: see its agents",
        "wave 2: wait until it is healthy",
        "wave 3: launch",
        "wave 3: see its agents",
    ]
    wait_for_the_end(demo_host)
    assert counts(demo_host, wave="2") == {"I": 25}
    assert counts(demo_host, wave="3")["I"] == 10


def test_a_wave_that_fails_ends_a_batch_and_the_rest_is_named(quick: House, demo_host: Path) -> None:
    demo_settings.write(
        str(demo_host), demo_settings.read(str(demo_host))._replace(failing_sites=("lotus.dev",))
    )
    # No more than ten agents at once: the third wave waits until the second has none, and so until it has failed.
    quick = with_settings(quick, waves={"settle_seconds": 2}, agents={"most": 10})
    done = run_in(quick, ask_in(quick, "redeploy batch 001 --agents 10").facts["plan"])
    assert (done.outcome, done.facts["state"]) == ("failed", "failed")
    assert "Wave 2 is not healthy: no agent is left, 1 sites are to do. Not begun: wave 3." in done.headline
    assert counts(demo_host, wave="3")["D"] == 10


def test_a_hold_placed_between_two_waves_ends_a_batch(
    quick: House, demo_host: Path, script: Callable[[str], str]
) -> None:
    tool = script(f'{IMPLEMENT} "$@" && touch .smbatcher/HOLD')
    template = (tool, "--batch", "{batch}", "--max-agents", "{agents}", "--wave", "{wave}")
    quick = with_settings(quick, tools={"implement_wave": template})
    done = run_in(quick, ask_in(quick, "redeploy batch 001").facts["plan"])
    assert "Launches are on hold since" in done.headline
    assert "Not begun: wave 3." in done.headline
    wait_for_the_end(demo_host)
    assert (counts(demo_host, wave="2"), counts(demo_host, wave="3")["D"]) == ({"I": 25}, 10)


class WatchedClock(MovedClock):
    """Does something whenever somebody waits; `pace` times as fast."""

    def __init__(self, pace: float = 1) -> None:
        super().__init__()
        self.pace = pace
        self.waiting: Callable[[], object] = lambda: None

    def wait(self, seconds: float, until: threading.Event) -> bool:
        super().wait(seconds * self.pace, until)
        self.waiting()
        return until.is_set()


def test_a_batch_is_aborted_while_it_waits_for_a_wave(house: House, demo_host: Path) -> None:
    clock = WatchedClock()
    house = replace(with_settings(house, agents={"most": 26}), clock=clock)
    plan = ask_in(house, "redeploy batch 001").facts["plan"]

    def abort() -> None:
        if stages(house, plan)[-1][0].endswith("healthy"):
            ask_in(house, f"batch abort {plan}", ASHA)

    clock.waiting = abort
    done = run_in(house, plan)
    assert done.facts["state"] == "aborted"
    assert "Asha aborted it during “wave 2: wait until it is healthy”" in done.headline
    assert counts(demo_host, wave="3")["D"] == 10
    assert agents_at_work(demo_host) == 25


def test_a_wave_that_keeps_the_next_one_waiting_too_long_ends_the_batch(house: House) -> None:
    house = with_settings(house, agents={"most": 26}, waves={"next_seconds": 3})
    done = run_in(house, ask_in(house, "redeploy batch 001").facts["plan"])
    assert "25 agents live, and with 10 more they were over 26. Not begun: wave 3." in done.headline


@pytest.mark.usefixtures("crashed")
def test_the_next_launch_of_the_same_wave_names_the_first(asks: Asks) -> None:
    first = asks("redeploy wave 2").facts["plan"]
    second = asks("redeploy site lotus.dev", ASHA)
    assert f"{first} (redeploy wave 2, asked by Omar) is pending on wave 001/2 too." in str(second.parts)


@pytest.mark.usefixtures("crashed")
def test_agents_after_a_kill_are_half_where_memory_was_never_measured(asks: Asks, demo_host: Path) -> None:
    line = logs.line("ERROR", "launcher pid 7", "agent-01 pid 4711 was killed by SIGKILL (exit code 137)")
    logs.append(str(demo_host), "logs/wave-2.log", line)
    reply = asks("redeploy wave 2")
    assert called(reply) == (f"{IMPLEMENT} --batch 001 --max-agents 12 --wave 2",)
    assert "Wave 2 gets 12 agents for 25 sites: 1 of its agents were killed (exit code 137)" in said(reply)
    assert "--max-agents 20" in called(asks("redeploy wave 2 --agents 20"))[0]


@pytest.mark.usefixtures("crashed")
def test_agents_are_as_many_as_memory_allows_by_what_earlier_ones_took(house: House, asks: Asks) -> None:
    with house.journal.write() as transaction:
        samples.write(transaction, house.clock.now(), agent_memory.NAME, {"median_bytes": 2**50})
    reply = asks("redeploy wave 2")
    assert "--max-agents 1 " in called(reply)[0]
    assert "memory allows no more" in said(reply)
    assert "the median of those seen before" in str(reply.parts)


def test_a_batch_begins_only_with_the_room_that_is_set(house: House) -> None:
    tight = with_settings(house, disk={"start_bytes": 2**60})
    site = next(one for one in wave_sites(house.settings.root, 1, "008"))
    assert status_of(house.settings.root, site) == "D"
    for line in (f"redeploy site {site}", "redeploy batch 008"):
        reply = ask_in(tight, line)
        assert reply.outcome == "refused"
        assert "This is the first launch of batch 008, which needs 1073741824.0 GiB free" in reply.headline
    assert ask_in(with_settings(house, disk={"start_bytes": 0}), "redeploy batch 008").outcome == "fine"
    assert ask_in(tight, "redeploy wave 2 --batch 001").outcome == "fine"  # batch 001 has begun


@pytest.mark.usefixtures("crashed")
def test_a_critical_disk_refuses_and_a_full_one_is_said(house: House) -> None:
    limits: dict[str, object] = {"warning_below": 2**61, "alert_below": 2**60}
    reply = ask_in(with_settings(house, disk=limits), "redeploy wave 2")
    assert "The disk is at alert" in said(reply)
    refused = ask_in(with_settings(house, disk={**limits, "critical_below": 2**59}), "redeploy wave 2")
    assert (refused.outcome, "The disk is critical" in refused.headline) == ("refused", True)


@pytest.mark.usefixtures("crashed")
def test_a_hold_refuses_the_plan_and_makes_a_stored_one_stale(
    house: House, asks: Asks, demo_host: Path
) -> None:
    plan = asks("redeploy wave 2").facts["plan"]
    asks("batch hold --reason cleanup")
    assert "Launches are on hold since" in asks("redeploy wave 2").headline
    done = run_in(house, plan)
    assert done.facts["state"] == "stale"
    assert "placed by Omar: cleanup" in str(done.facts["changes"])
    assert agents_at_work(demo_host) == 0


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("redeploy wave 99", "There is no wave 99: batch 001 has waves 1 to 3."),
        ("redeploy wave -1", "“-1” is not a wave"),
        ("redeploy wave 2 --agents 0", "A launch can have 1 to 50 agents, not 0."),
        ("redeploy wave 2 --agents 1000", "A launch can have 1 to 50 agents, not 1000."),
        ("redeploy batch 001 --agents -3", "A launch can have 1 to 50 agents, not -3."),
        ("redeploy site lotus.dve", "did you mean lotus.dev"),
        ("redeploy design lotus.de", "did you mean lotus.dev"),
        ("redeploy batch 999", "There is no batch 999; there are 001"),
        ("redeploy wave 1", "Wave 1 has nothing to relaunch: 25 of 25 sites are implemented."),
        ("redeploy site", "D"),
    ],
)
def test_what_cannot_be_relaunched_is_told_to_the_caller_alone(
    line: str, sentence: str, asks: Asks, house: House
) -> None:
    reply = asks(line)
    assert (reply.outcome, reply.audience) == ("usage", "caller")
    assert sentence in reply.headline
    assert plans.in_states(house.journal.connection(), plans.OPEN) == []


def test_a_site_with_a_letter_that_fits_not_is_named_with_the_way(asks: Asks, demo_host: Path) -> None:
    site = next(one for one in wave_sites(demo_host, 3) if status_of(demo_host, one) == "P")
    assert f"{site} is at P: only sites at D, i are implemented" in asks(f"redeploy site {site}").headline
    done = wave_sites(demo_host, 1)[0]
    assert (
        f"{done} is at I: only sites at P, d, D, i are designed" in asks(f"redeploy design {done}").headline
    )


def test_a_site_whose_other_row_says_that_it_is_built_is_not_built_again(asks: Asks, demo_host: Path) -> None:
    site = wave_sites(demo_host, 1)[0]
    assert status_of(demo_host, site) == "I"
    append(demo_host, f"| {site} | 001 | 1 | i | 2026-11-22T03:00:00Z |")
    for line in ("redeploy wave 1", f"redeploy site {site}"):
        reply = asks(line)
        assert reply.outcome in ("refused", "usage"), line
    assert f"{site} is in the registry more than once" in asks("redeploy wave 1").headline


@pytest.mark.usefixtures("crashed")
def test_a_tool_that_fails_is_told_with_its_exit_code_and_last_lines(house: House, asks: Asks) -> None:
    done = run_in(house, asks("redeploy wave 2 --agents 40").facts["plan"])  # the host's tool allows 25
    assert (done.outcome, done.facts["state"]) == ("failed", "failed")
    assert f"The tool failed: {IMPLEMENT} ended with exit code 2" in done.headline
    assert "1 to 25 agents may run, not '40'" in done.headline
    assert asks("redeploy wave 2").outcome == "fine"  # no lease is left behind
    assert "The tool that was launched last ended with exit code 2." in said(asks("batch wave 2"))


@pytest.mark.usefixtures("crashed")
def test_what_a_tool_prints_is_redacted(house: House, script: Callable[[str], str]) -> None:
    house = with_settings(
        house, tools={"implement_wave": (script("echo key a-loaded-secret-0123456789; exit 3"),)}
    )
    done = run_in(house, ask_in(house, "redeploy wave 2").facts["plan"])
    assert "ended with exit code 3" in done.headline
    assert "a-loaded-secret" not in str(done)


@pytest.mark.usefixtures("crashed")
def test_a_tool_that_hangs_is_told_with_what_was_started(house: House, script: Callable[[str], str]) -> None:
    house = with_settings(
        house,
        tools={"implement_wave": (script("echo $$ > pid; exec sleep 60"),)},
        limits={"tool_seconds": 0.5},
    )
    house = replace(house, clock=WatchedClock(30))
    plan = ask_in(house, "redeploy wave 2").facts["plan"]
    done = run_in(house, plan)
    pid = int((house.settings.root / "pid").read_text())
    os.kill(pid, signal.SIGKILL)
    assert f"was started as process {pid} and has not returned within 0.5 s" in stages(house, plan)[1][1]
    assert done.facts["state"] == "failed"
    assert "no agent was seen within 5 minutes" in done.headline
    assert "has not returned yet" in done.headline


def test_a_row_that_changed_since_makes_the_plan_stale(
    house: House, asks: Asks, demo_host: Path, crashed: list[str]
) -> None:
    plan = asks("redeploy wave 2").facts["plan"]
    touch(demo_host, "2026-11-22T03:00:00Z", crashed[3])
    done = run_in(house, plan)
    assert done.facts["state"] == "stale"
    assert done.facts["changes"][0].startswith(f"site {crashed[3]} has changed: row was")
    assert counts(demo_host, wave="2") == {"i": 25}


def test_a_site_that_is_finished_meanwhile_is_skipped_and_named(
    house: House, asks: Asks, demo_host: Path, crashed: list[str]
) -> None:
    plan = asks("redeploy wave 2").facts["plan"]
    put(demo_host, "I", crashed[0])
    done = run_in(house, plan)
    assert (done.facts["state"], done.facts["skipped"]) == ("done", [f"site {crashed[0]}"])
    assert status_of(demo_host, crashed[0]) == "I"
    assert stages(house, plan)[0][0] == "put 24 sites back to designed"


def test_a_named_site_that_is_finished_meanwhile_is_not_launched(
    house: House, asks: Asks, demo_host: Path, crashed: list[str]
) -> None:
    plan = asks(f"redeploy site {crashed[0]} {crashed[1]}").facts["plan"]
    put(demo_host, "I", crashed[0])
    assert run_in(house, plan).facts["skipped"] == [f"site {crashed[0]}"]
    assert agents_at_work(demo_host) == 1


def test_a_new_site_in_progress_without_an_agent_makes_the_plan_stale(
    house: House, asks: Asks, demo_host: Path
) -> None:
    sites = wave_sites(demo_host, 2)
    put(demo_host, "I", sites[0])
    put(demo_host, "i", *sites[1:])
    plan = asks("redeploy wave 2").facts["plan"]
    put(demo_host, "i", sites[0])
    done = run_in(house, plan)
    assert (done.facts["state"], done.facts["changes"]) == ("stale", [f"site {sites[0]} is new"])


def test_ten_minutes_later_it_is_said_what_came_of_it(
    house: House, asks: Asks, demo_host: Path, crashed: list[str]
) -> None:
    plan = asks("redeploy wave 2").facts["plan"]
    run_in(house, plan)
    clock = house.clock
    assert isinstance(clock, MovedClock)
    clock.move(600)
    [due] = [one for one in later.due(house.journal.connection(), clock.now()) if "followup" in one.line]
    assert (due.line, due.subject) == (f"batch followup {plan}", f"batch plan {plan}")
    put(demo_host, "I", *crashed[:2])
    reply = asks(due.line, VERA)
    assert (reply.outcome, reply.facts["verdict"], reply.facts["agents"]) == ("fine", "at_work", 25)
    assert "2 of 25 sites done" in reply.headline
    assert reply.facts["done"] == crashed[:2]


@pytest.mark.usefixtures("crashed")
@pytest.mark.parametrize(
    ("quiet_minutes", "verdict", "words_"),
    [(0, "recovered", "the rate has recovered: "), (6, "slow", "the rate has not recovered: ")],
)
def test_the_rate_after_a_redeploy_is_held_against_the_usual(  # noqa: PLR0913, PLR0917 - three fixtures
    quiet_minutes: float,
    verdict: str,
    words_: str,
    house: House,
    asks: Asks,
    demo_host: Path,
    crashed: list[str],
) -> None:
    plan = asks("redeploy wave 2").facts["plan"]
    run_in(house, plan)

    def finish(minute: float) -> None:
        if minute.is_integer():
            put(demo_host, "I", crashed[int(minute)])

    watch(house, 12, finish)
    watch(house, quiet_minutes)
    reply = asks(f"batch followup {plan}", VERA)
    assert (reply.facts["verdict"], words_ in reply.headline) == (verdict, True), reply.headline
    assert reply.facts["first_done_at"] is not None


def test_a_redeploy_whose_agents_are_gone_is_followed_by_an_offer(
    house: House, asks: Asks, demo_host: Path
) -> None:
    plan = asks("redeploy wave 2").facts["plan"]
    run_in(house, plan)
    demo.stop(demo_host)
    reply = asks(f"batch followup {plan}", VERA)
    assert (reply.outcome, reply.facts["verdict"]) == ("trouble", "stopped")
    assert "no agent is left, and 25 sites of 25 are to do" in reply.headline
    assert reply.proposals[0].line == "redeploy wave 2 --batch 001"


@pytest.mark.usefixtures("crashed")
def test_a_plan_that_launched_nothing_has_nothing_to_follow(asks: Asks) -> None:
    plan = asks("redeploy wave 2").facts["plan"]
    assert "launched nothing" in asks(f"batch followup {plan}", VERA).headline
