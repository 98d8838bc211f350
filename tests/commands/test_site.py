"""`batch site D` and `batch sites --failing`, on a host whose lotus.dev really fails."""

import shutil
from pathlib import Path

import pytest

from commands.demo_host import host
from commands.demo_host.hosttools import design, site as site_files
from commands.ops.batches import closure
from commands.ops.house import House
from commands.reply import Lines, Reply, Table
from tests.commands.conftest import Asks
from tests.commands.registries import put
from tests.commands.stand_ins import agents
from tests.commands.test_redeploy import TIMED, ask_in, with_settings

LOTUS = "lotus.dev"


def build(root: Path, domain: str) -> None:
    """Its files, whole."""
    directory = Path(site_files.directory(str(root), domain))
    directory.mkdir(parents=True, exist_ok=True)
    for part in site_files.PARTS:
        (directory / part).write_text(site_files.part(domain, part))


def lines(reply: Reply) -> list[str]:
    return [proposal.line for proposal in reply.proposals]


def test_a_site_that_fails_again_and_again(asks: Asks, demo_host: Path) -> None:
    host.break_host(demo_host, "stuck-site")
    reply = asks("batch site lotus.dev")
    assert reply.headline == (
        "lotus.dev failed 4 times, at last by a timeout; its design is fine: re-run it, or build it by hand."
    )
    assert (reply.outcome, reply.severity, reply.facts["root_cause"]) == (
        "trouble",
        "warning",
        "agent_timeout",
    )
    assert (reply.facts["attempts"], reply.facts["failed"], len(reply.facts["errors"])) == (4, 4, 4)
    assert [one["status"] for one in reply.facts["history"]][-4:] == ["D", "i", "D", "i"]
    assert lines(reply)[:3] == [
        "redeploy site lotus.dev",
        "redeploy design lotus.dev",
        "batch mark lotus.dev Q",
    ]
    assert reply.proposals[2].asks
    titles = [part.title for part in reply.parts if isinstance(part, Table | Lines)]
    assert "The last 4 errors, of all logs" in titles


def test_a_longer_time_limit_is_offered_where_the_tool_takes_one(house: House, demo_host: Path) -> None:
    host.break_host(demo_host, "stuck-site")
    timed = with_settings(house, tools={"implement_sites": TIMED})
    reply = ask_in(timed, "batch site lotus.dev")
    assert (reply.proposals[0].label, reply.proposals[0].line) == (
        "Re-run with 20 min",
        "redeploy site lotus.dev --timeout 1200",
    )


def test_files_without_the_status_are_marked(asks: Asks, demo_host: Path) -> None:
    host.break_host(demo_host, "stuck-site")
    build(demo_host, LOTUS)
    reply = asks("batch site lotus.dev")
    assert reply.headline == (
        "lotus.dev is built, 3 files, its page whole, but its status is still i: mark it I."
    )
    planned = asks(lines(reply)[0])
    assert planned.facts["targets"] == ["row lotus.dev"], planned.headline


def test_a_design_that_is_missing_or_not_compliant(asks: Asks, demo_host: Path) -> None:
    put(demo_host, "i", LOTUS)
    path = Path(design.path(str(demo_host), LOTUS))
    path.write_text(design.text(LOTUS).replace("## Layout", "## Pages too"))
    reply = asks("batch site lotus.dev")
    assert reply.facts["root_cause"] == "design_not_compliant"
    assert reply.headline == (
        "lotus.dev has a design that is not compliant (no heading on layout): design it anew."
    )
    path.unlink()
    reply = asks("batch site lotus.dev")
    assert (reply.facts["root_cause"], lines(reply)[0]) == ("design_missing", "redeploy design lotus.dev")


def test_a_site_with_an_agent_is_left_to_it(asks: Asks, demo_host: Path) -> None:
    host.break_host(demo_host, "stuck-site")
    with agents(demo_host, 1, "--batch", "001", "--site", LOTUS):
        reply = asks("batch site lotus.dev")
    assert (reply.facts["root_cause"], reply.facts["agent"]) == ("none", "busy")
    assert reply.headline.startswith("An agent works on lotus.dev now, at i for ")


def test_a_site_that_is_done_is_fine(asks: Asks, demo_host: Path) -> None:
    put(demo_host, "I", LOTUS)
    build(demo_host, LOTUS)
    reply = asks("batch site LOTUS.dev")
    assert (reply.outcome, reply.facts["root_cause"], reply.facts["files"]) == ("fine", "none", 3)
    assert lines(reply) == ["batch history lotus.dev", "batch site lotus.dev"]


def test_a_site_with_a_longer_name_is_another_one(asks: Asks, demo_host: Path) -> None:
    with (demo_host / "logs/wave-2.log").open("a") as log:
        log.write("2026-11-22T03:00:00Z ERROR [agent-01 pid 1] blue-lotus.dev: agent timed out\n")
        log.write("2026-11-22T03:00:00Z ERROR [agent-01 pid 1] lotusxdev: agent timed out\n")
    assert asks("batch site lotus.dev").facts["errors"] == []


def test_a_name_that_is_no_domain_is_told_and_nothing_is_offered(asks: Asks, demo_host: Path) -> None:
    registry = demo_host / ".smbatcher/REGISTRY.md"
    registry.write_text(registry.read_text().replace("| lotus.dev |", "| Lotus dev! |"))
    reply = asks('batch site "Lotus dev!"')
    assert (reply.facts["root_cause"], reply.proposals) == ("bad_name", ())


@pytest.mark.parametrize("typed", ["lotus.dv", "../../etc", "-rf.dev", '"a\nb"', "x" * 300])
def test_a_site_that_is_not_there_is_one_sentence(typed: str, asks: Asks) -> None:
    reply = asks(f"batch site {typed}")
    assert reply.outcome == "usage"
    assert len(reply.headline) < 200
    if typed == "lotus.dv":
        assert reply.headline == "There is no site lotus.dv; did you mean lotus.dev?"


def test_failing_sites_are_listed_worst_first(asks: Asks, demo_host: Path) -> None:
    host.break_host(demo_host, "stuck-site")
    put(demo_host, "i", "fern.dev")
    with (demo_host / "logs/wave-2.log").open("a") as log:
        log.write("2026-11-22T03:00:00Z ERROR [agent-01 pid 1] fern.dev: no space left on device\n")
    reply = asks("batch sites --failing")
    found = [(one["site"], one["failed"], one["last_error"]) for one in reply.facts["sites"]]
    assert found[0] == ("lotus.dev", 4, "timeout")
    assert reply.headline.endswith("lotus.dev the most, 4 times: look at it.")
    assert lines(reply)[0] == "batch site lotus.dev"
    assert asks("batch sites --failing --batch 002").facts["sites"] == []


def test_where_nothing_failed_it_says_how_far_it_looked(asks: Asks) -> None:
    assert asks("batch sites --failing").headline == (
        "No site that is not implemented has failed, in the last 5,000 lines of each log."
    )


def test_a_site_that_was_accepted_by_hand_is_no_trouble_and_is_not_accepted_again(
    asks: Asks, house: House, demo_host: Path
) -> None:
    shutil.rmtree(demo_host / "sites/lotus.dev-v1", ignore_errors=True)
    put(demo_host, "Q", "lotus.dev")
    unexplained = asks("batch site lotus.dev")
    assert unexplained.facts["root_cause"] == "unknown"
    assert not any(one.label == "Accept as Q" for one in unexplained.proposals)
    closure.tell(house, [closure.Line("001", "lotus.dev was marked Q by hand: its owner takes it as it is")])
    reply = asks("batch site lotus.dev")
    assert (reply.outcome, reply.facts["root_cause"]) == ("fine", "none")
    assert reply.headline == (
        "lotus.dev was accepted at Q by hand, without a whole page: the closure report of batch 001 says why."
    )
