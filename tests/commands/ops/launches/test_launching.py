"""Templates filled in, and tools called."""

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from commands.ops.agents import agents
from commands.ops.errors import NotReadable, OperationFailed, WrongUsage
from commands.ops.host_settings import Tools
from commands.ops.house import House
from commands.ops.launches import launching
from commands.ops.launches.launching import Values, environment, fill, run_tool
from commands.ops.machine.launches import launch_records
from commands.ops.machine.launches.launch_records import Outcome
from tests.commands.ops.conftest import wait_for_command_line

TOOLS = Tools()
TOOL = "tools/tool.sh"


def tool(house: House, script: str) -> tuple[str, ...]:
    path = house.machine.root / TOOL
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return (TOOL,)


def test_a_template_is_filled_word_by_word() -> None:
    assert fill(TOOLS.implement_wave, Values(batch="001", wave=5, agents=25)) == (
        *("tools/implement/mimplement-bg.sh", "--batch", "001", "--max-agents", "25", "--wave", "5"),
    )


def test_sites_are_one_word() -> None:
    values = Values(batch="001", sites=("lotus.dev", "a-b.co.uk"), agents=2)
    assert fill(TOOLS.design_sites, values)[-2:] == ("--sites", "lotus.dev,a-b.co.uk")


def test_a_blank_may_stand_within_a_word() -> None:
    assert fill(("x", "--batch={batch}", "{}", "{ }"), Values(batch="001")) == (
        "x",
        "--batch=001",
        "{}",
        "{ }",
    )


HOSTILE = (
    *("-rf", "--wave", "../x", "a/b.dev", "lotus.dev\n", "lotus.dev\0", "a.dev,b.dev", "a.dev b.dev"),
    *("$(id).dev", "", "Lotus.dev", "lotus", ".dev", "a" * 300, "a." * 150 + "dev", "*.dev", "{wave}.dev"),
)


@pytest.mark.parametrize("site", HOSTILE)
def test_a_hostile_site_is_refused(site: str) -> None:
    with pytest.raises(WrongUsage, match=r"^A site is named like lotus\.dev, not '") as refused:
        fill(("x", "{sites}"), Values(sites=("lotus.dev", site)))
    assert refused.value.sentence.isprintable()
    assert len(refused.value.sentence) < 200


@pytest.mark.parametrize("batch", ["-rf", "../x", "001\n", "", "0" * 65, "a b", "0;1", "001\0"])
def test_a_hostile_batch_is_refused(batch: str) -> None:
    with pytest.raises(WrongUsage, match="A batch is named like 001"):
        fill(("x", "{batch}"), Values(batch=batch))


@pytest.mark.parametrize("values", [Values(wave=0), Values(wave=-1), Values(agents=0), Values(agents=10**9)])
def test_a_number_out_of_range_is_refused(values: Values) -> None:
    with pytest.raises(WrongUsage, match="must be a number from 1"):
        fill(("x",), values)


@pytest.mark.parametrize("name", ["wave", "sites", "nonsense"])
def test_a_template_that_asks_for_what_is_not_given_is_refused(name: str) -> None:
    with pytest.raises(NotReadable, match=f"asks for {{{name}}}, which is not given here"):
        fill(("x", f"{{{name}}}"), Values(batch="001"))


@given(st.text(max_size=300))
def test_whatever_is_filled_in_is_plain(text: str) -> None:
    try:
        (_, word) = fill(("x", "{sites}"), Values(sites=(text,)))
    except WrongUsage:
        return
    assert word == text
    assert set(word) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert not word.startswith(("-", "."))


def test_a_tool_that_returns_is_told_with_its_record(bare_house: House) -> None:
    ran = run_tool(bare_house, tool(bare_house, "pwd; echo ready"), {"wave": "5"})
    assert ran.outcome == Outcome("exited", 0)
    assert ran.last_lines == (os.path.realpath(bare_house.machine.root), "ready")
    assert ran.sentence == "tools/tool.sh ended with exit code 0"
    assert next(launch_records.read(bare_house.settings.state)).about == {"wave": "5"}


def test_a_tool_that_fails_is_told_by_its_code_and_last_lines(bare_house: House) -> None:
    ran = run_tool(bare_house, tool(bare_house, "seq 100; echo no such wave >&2; exit 2"), {})
    assert ran.last_lines[-2:] == ("100", "no such wave")
    assert len(ran.last_lines) == launching.LAST_LINES
    assert ran.sentence == "tools/tool.sh ended with exit code 2: no such wave"


def test_a_tool_that_hangs_was_started_and_has_not_returned(bare_house: House, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "gate")
    limits = replace(bare_house.settings.limits, tool_seconds=0.05)
    settings = replace(bare_house.settings, limits=limits)
    house = House(
        *(
            settings,
            bare_house.journal,
            bare_house.machine,
            bare_house.clock,
            bare_house.roles,
            bare_house.redactor,
        )
    )
    ran = run_tool(house, tool(house, f"echo started 3 agents; read word < {tmp_path}/gate"), {})
    assert ran.outcome == Outcome("running")
    assert ran.sentence == "tools/tool.sh has not returned yet: started 3 agents"
    (tmp_path / "gate").write_text("go\n")


def test_a_tool_that_is_not_there_was_not_started(bare_house: House) -> None:
    with pytest.raises(
        OperationFailed, match=r"^tools/none.sh could not be started: .*No such file or directory\.$"
    ):
        run_tool(bare_house, ("tools/none.sh",), {})


@pytest.fixture
def launched_agent(bare_house: House, tmp_path: Path) -> Iterator[int]:
    """An agent of wave 5 whose command line does not say so, outside the root; its tool has returned."""
    fifo = tmp_path / "until"
    os.mkfifo(fifo)
    keeps = os.open(fifo, os.O_RDWR)
    agent = f"{sys.executable} -c 'import sys; sys.stdin.read()' opus < {fifo} > {tmp_path}/out 2>&1 &"
    run_tool(bare_house, tool(bare_house, f"cd /; {agent} echo $!"), {"batch": "001", "wave": "5"})
    log = next(launch_records.read(bare_house.settings.state)).log
    pid = int(log.read_text())
    wait_for_command_line(pid)
    yield pid
    os.kill(pid, signal.SIGKILL)
    os.close(keeps)


def test_an_agent_that_we_launched_is_known_by_its_launch(bare_house: House, launched_agent: int) -> None:
    (found,) = agents.read(bare_house.settings, bare_house.machine).agents
    assert (found.pid, found.batch, found.wave) == (launched_agent, "001", 5)


def test_without_the_record_of_its_launch_a_mark_says_nothing(bare_house: House, launched_agent: int) -> None:
    (launched,) = launch_records.read(bare_house.settings.state)
    launch_records.forget(bare_house.settings.state, launched)
    seen = agents.read(bare_house.settings, bare_house.machine)
    assert seen.agents == ()
    # Among those of other tests that run beside this one.
    assert (launched_agent, "elsewhere") in [(one.pid, one.reason) for one in seen.look_alikes]


def test_a_tool_gets_none_of_our_secrets() -> None:
    ours = {
        "SLACK_BOT_TOKEN": "x",
        "WAVEWARDEN_ROOT": "/x",
        "NOTIFY_SOCKET": "/x",
        "WATCHDOG_PID": "1",
        "SUDO_USER": "x",
    }
    theirs = {"PATH": "/bin", "API_KEY": "x", "MY_SLACK_NOTE": "x"}
    assert environment({**ours, **theirs}) == theirs
