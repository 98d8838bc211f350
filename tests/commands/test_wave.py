"""`batch wave N`: each verdict on real files and processes, and what is said where it cannot be told."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.answer import answer
from commands.demo_host import host
from commands.demo_host.hosttools import processes
from commands.ops import events
from commands.ops.house import House
from commands.ops.incidents.alerts import Alerts
from commands.ops.machine.host import Machine
from commands.ops.machine.logs import kernel_log
from commands.ops.machine.logs.kernel_log import OomKill
from commands.ops.registry import registry
from commands.reply import Ask, Lines, Reply, Table
from commands.words import words
from tests.commands.conftest import OMAR, Asks
from tests.commands.demo_host.running import IMPLEMENT, tool, wait_for_the_end
from tests.commands.registries import append, put, touch, wave_sites
from tests.commands.stand_ins import agents
from tests.commands.watched import clock_of, watch

WAVE = "batch wave 2 --batch 001"
Running = Callable[[int], AbstractContextManager[list[int]]]
OF_WAVE = ("--batch", "001", "--wave", "2")


@pytest.fixture
def running(house: House, demo_host: Path) -> Running:
    """For the length of a `with` block, wave 2 with all its sites in progress since now, and so many agents."""

    @contextmanager
    def start(number: int) -> Iterator[list[int]]:
        sites = wave_sites(demo_host, 2)
        put(demo_host, "i", *sites)
        touch(demo_host, house.clock.now().isoformat(), *sites)
        with agents(demo_host, number, *OF_WAVE) as pids:
            yield pids

    return start


def table(reply: Reply, title: str) -> Table:
    [found] = [part for part in reply.parts if isinstance(part, Table) and part.title.startswith(title)]
    return found


def labels(reply: Reply) -> list[str]:
    return [proposal.label for proposal in reply.proposals]


def test_a_crashed_wave_is_told_with_its_cause_and_its_remedy(
    asks: Asks, house: House, demo_host: Path
) -> None:
    host.break_host(demo_host, "crash")
    clock_of(house).at = datetime.now(UTC)
    reply = asks(WAVE)
    assert reply.headline == "Wave 2 has crashed: 3 of 25 agents left, 25 sites to do. Redeploy it."
    assert (reply.outcome, reply.severity, reply.subject) == ("trouble", "warning", WAVE)
    facts = reply.facts
    assert (facts["verdict"], facts["agents"], facts["agents_expected"]) == ("crashed", 3, 25)
    assert len(facts["in_progress"]) == 25
    assert all(0 <= one["age_seconds"] < 120 for one in facts["in_progress"])
    assert {"kind": "out_of_memory", "count": 22} in facts["errors"]
    assert facts["rate_per_minute"] is None
    assert labels(reply) == ["Redeploy wave 2", "Wait 15 minutes", "Look again"]
    assert reply.proposals[0].line == "redeploy wave 2 --batch 001"


def test_the_log_tells_which_agent_is_at_which_site_and_which_sites_have_none(
    asks: Asks, house: House, demo_host: Path
) -> None:
    host.break_host(demo_host, "crash")
    clock_of(house).at = datetime.now(UTC)
    reply = asks(WAVE)
    living = {record.pid for record in processes.living(str(demo_host)) if record.role == "agent"}
    assert {one["agent"] for one in reply.facts["in_progress"]} - {None} == living
    assert len(reply.facts["without_agent"]) == 22
    assert len([row for row in table(reply, "Sites in progress").rows if "no agent" in row]) == 22


def test_exit_codes_are_read_from_the_log_of_the_last_launch(asks: Asks, demo_host: Path) -> None:
    host.break_host(demo_host, "crash")
    host.stop(demo_host)
    log = demo_host / "logs/wave-2.log"
    reply = asks(WAVE)
    assert reply.facts["agents"] == 0
    assert "no agent is left" in reply.headline
    killed = log.read_text().count("(exit code 137)")
    assert reply.facts["exit_codes"].get("137", 0) == killed
    with log.open("a") as file:
        file.write("2026-11-22T03:00:00Z INFO  [launcher pid 1] wave 2 of batch 001: 25 agents started\n")
    assert asks(WAVE).facts["exit_codes"] == {}


def test_ten_agents_or_more_are_a_degraded_wave(asks: Asks, running: Running) -> None:
    with running(18):
        reply = asks(WAVE)
    assert reply.facts["verdict"] == "degraded"
    assert reply.headline == (
        "Wave 2 is degraded: 18 of 25 agents at work, 7 sites in progress without one. Redeploy what they left."
    )
    assert labels(reply)[0] == "Redeploy wave 2"


def test_a_wave_that_runs_with_all_its_agents_is_slow_but_normal(asks: Asks, running: Running) -> None:
    with running(25):
        reply = asks(WAVE)
    assert (reply.facts["verdict"], reply.outcome, reply.severity) == ("slow", "fine", "ok")
    assert reply.headline == "Wave 2 is running: all 25 agents at work, 0 of 25 implemented."
    assert reply.proposals[0].line == "batch wait wave 2 30m --batch 001"


def test_few_agents_are_enough_for_the_last_few_sites(asks: Asks, running: Running, demo_host: Path) -> None:
    with running(3):
        put(demo_host, "I", *wave_sites(demo_host, 2)[3:])
        reply = asks(WAVE)
    assert (reply.facts["verdict"], reply.facts["agents_expected"]) == ("slow", 3)


def test_without_history_a_site_is_overdue_after_fifteen_minutes(
    asks: Asks, house: House, running: Running
) -> None:
    with running(25):
        clock_of(house).move(14 * 60)
        assert asks(WAVE).facts["verdict"] == "slow"
        clock_of(house).move(2 * 60)
        reply = asks(WAVE)
    assert reply.facts["verdict"] == "stuck"
    assert (
        reply.headline
        == "Wave 2 is stuck: 25 of 25 sites in progress for more than 15 min. Wait, or redeploy."
    )
    assert labels(reply) == ["Wait 15 minutes", "Redeploy wave 2", "Look again"]


def test_with_history_the_waves_own_median_counts(
    asks: Asks, house: House, running: Running, demo_host: Path
) -> None:
    sites = wave_sites(demo_host, 2)
    watch(house, 0.25)
    with running(25):
        watch(house, 2)
        put(demo_host, "I", *sites[:5])
        watch(house, 1)
        reply = asks(WAVE)
        assert reply.facts["usual_seconds"] == pytest.approx(120, abs=16)
        assert reply.facts["verdict"] == "slow"
        watch(house, 2)
        assert asks(WAVE).facts["verdict"] == "stuck"


def test_a_rate_far_below_the_median_is_worth_watching(
    asks: Asks, house: House, running: Running, demo_host: Path
) -> None:
    sites = wave_sites(demo_host, 2)
    slow = replace(house.settings.waves, overdue_times=100.0)
    object.__setattr__(house.settings, "waves", slow)
    watch(house, 0.25)
    with running(25):
        watch(house, 10, lambda minutes: put(demo_host, "I", *sites[: int(minutes)]))
        watch(house, 6)
        reply = asks(WAVE)
    assert (reply.facts["verdict"], reply.severity) == ("slow", "warning")
    assert "0.0 sites a minute against the usual" in reply.headline
    assert labels(reply) == ["Monitor 30 minutes", "Check system", "Look again"]


def test_sites_in_progress_with_too_few_agents_launched_are_stuck(
    asks: Asks, house: House, running: Running, demo_host: Path
) -> None:
    (demo_host / "logs/wave-2.log").write_text("5 agents started\n")
    del house
    with running(5):
        reply = asks(WAVE)
    assert reply.headline == "Wave 2 is stuck: 20 sites in progress without an agent. Wait, or redeploy."


def test_the_demo_slowed_down_still_has_all_its_agents(asks: Asks, house: House, demo_host: Path) -> None:
    host.break_host(demo_host, "slow")
    clock_of(house).at = datetime.now(UTC)
    reply = asks(WAVE)
    assert (reply.facts["verdict"], reply.facts["agents"]) == ("slow", 25)
    clock_of(house).move(20 * 60)
    assert asks(WAVE).facts["verdict"] == "stuck"


def test_a_wave_that_ran_to_its_end_is_finished(asks: Asks, demo_host: Path) -> None:
    tool(demo_host, IMPLEMENT, "--batch", "001", "--max-agents", "25", "--wave", "2")
    wait_for_the_end(demo_host)
    reply = asks(WAVE)
    assert reply.headline == "Wave 2 is finished: all 25 sites implemented."
    assert (reply.outcome, reply.facts["exit_codes"]) == ("fine", {"0": 25})


def test_a_wave_nobody_launched_has_not_started(asks: Asks) -> None:
    reply = asks(WAVE)
    assert (reply.facts["verdict"], reply.outcome) == ("not_started", "fine")
    assert reply.headline == "Wave 2 has not started: 25 sites ready, no agent at work. Launch it."
    assert labels(reply) == ["Launch wave 2", "Look again"]
    assert reply.problems == (), "a wave that never ran needs no log"


def test_agents_that_tell_no_wave_may_be_of_this_one(asks: Asks, running: Running, demo_host: Path) -> None:
    with running(3), agents(demo_host, 22, "--batch", "001"):
        reply = asks(WAVE)
    assert reply.facts["verdict"] == "unknown"
    assert (
        reply.headline
        == "Wave 2 cannot be judged: 3 of 25 agents are its own, 22 more do not tell their wave."
    )


def test_agents_that_were_given_sites_of_the_wave_are_of_the_wave(
    asks: Asks, running: Running, demo_host: Path
) -> None:
    listed = ",".join(wave_sites(demo_host, 2)[3:])
    elsewhere = ",".join(wave_sites(demo_host, 3)[:2])
    with running(3), agents(demo_host, 22, "--batch", "001", "--sites", listed):
        assert asks(WAVE).facts["agents"] == 25
    with running(3), agents(demo_host, 22, "--batch", "001", "--sites", elsewhere):
        assert asks(WAVE).facts["verdict"] == "crashed"


def test_an_agent_is_at_the_site_whose_files_it_has_open(
    asks: Asks, running: Running, demo_host: Path
) -> None:
    site = demo_host / "sites/lotus.dev-v1"
    site.mkdir(exist_ok=True)
    with running(0), agents(demo_host, 1, *OF_WAVE, cwd=site) as [pid]:
        reply = asks(WAVE)
    [found] = [one for one in reply.facts["in_progress"] if one["site"] == "lotus.dev"]
    assert found["agent"] == pid


def test_processes_that_cannot_be_read_make_no_verdict(
    house: House, running: Running, tmp_path: Path
) -> None:
    blind = replace(house, machine=Machine(house.machine.root, tmp_path / "no-proc"))
    with running(25):
        reply = answer(Ask("test", words(WAVE), OMAR, house.clock.now()), blind)
    assert (reply.facts["verdict"], reply.facts["agents"]) == ("unknown", None)
    assert any("Processes cannot be read" in problem for problem in reply.problems)


def test_a_log_that_is_missing_is_a_finding(asks: Asks, running: Running, demo_host: Path) -> None:
    (demo_host / "logs/wave-2.log").unlink(missing_ok=True)
    with running(2):
        reply = asks(WAVE)
    assert "There is no logs/wave-2.log: the wave has written no log." in reply.problems


def test_a_kill_at_a_limit_counts_only_where_the_log_names_the_process(
    asks: Asks, running: Running, demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kills = (
        OomKill(4711, "python3", None, limited=True),
        OomKill(4712, "somebody", None, limited=True),
        OomKill(4713, "somebody", None),
    )
    monkeypatch.setattr(kernel_log, "oom_kills", lambda _now: kills)
    with running(3), (demo_host / "logs/wave-2.log").open("a") as log:
        log.write("ERROR [launcher pid 1] agent-01 pid 4711 ended with exit code 137\n")
        log.flush()
        assert asks(WAVE).facts["oom_kills"] == 2


def test_secrets_in_the_log_are_not_shown(asks: Asks, running: Running, demo_host: Path) -> None:
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\n-----END PRIVATE KEY-----"
    (demo_host / "logs/wave-2.log").write_text(f"ERROR a-loaded-secret-0123456789\n{key}\n")
    with running(2):
        reply = asks(WAVE)
    assert "a-loaded-secret" not in str(reply)
    assert "MIIEvQ" not in str(reply)
    assert any(isinstance(part, Lines) for part in reply.parts)


@pytest.mark.parametrize("typed", ["99", "-1", "0", "two", "5;ls", "٣", "9" * 40])
def test_a_wave_that_is_none_gets_one_sentence_that_names_those_there_are(typed: str, asks: Asks) -> None:
    reply = asks(f"batch wave {typed} --batch 001")
    assert reply.outcome == "usage"
    assert reply.error
    assert reply.error.endswith("batch 001 has waves 1 to 3.")


def test_what_changed_since_a_time_is_told(
    asks: Asks, house: House, running: Running, demo_host: Path
) -> None:
    with running(25) as pids:
        watch(house, 1)
        start = clock_of(house).now().isoformat()
        put(demo_host, "I", *wave_sites(demo_host, 2)[:4])
        watch(house, 3)
        reply = asks(f"{WAVE} --since {start}")
    assert len(pids) == 25
    assert "In the last 3 min: 4 sites implemented, 0 taken; 25 agents then, 25 now." in str(reply.parts[0])
    assert asks(f"{WAVE} --since soon").outcome == "usage"


def test_a_wave_is_not_called_crashed_for_rows_that_contradict_each_other(
    asks: Asks, house: House, demo_host: Path
) -> None:
    sites = wave_sites(demo_host, 2)
    put(demo_host, "I", *sites)
    append(demo_host, f"| {sites[0]} | 001 | 2 | i | 2026-11-22T03:00:00Z |")
    alerts, found = Alerts(house), registry.read(house.settings, house.machine)
    for _ in range(3):
        alerts.look(found)
    assert events.newest(house.journal.connection(), WAVE, ("alert",)) is None
    reply = asks(WAVE)
    assert (reply.facts["verdict"], reply.incident) == ("unknown", None)
    assert reply.headline == (
        f"Wave 2 cannot be judged: the rows of {sites[0]} contradict each other. Mend the registry first."
    )
    assert [one.line for one in reply.proposals] == ["dedupe", WAVE]
