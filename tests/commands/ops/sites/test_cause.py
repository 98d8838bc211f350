"""The runbook's tree of root causes, branch by branch."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from commands.ops.host_settings import Ladder
from commands.ops.logs.attempts import Attempt
from commands.ops.sites.cause import Cause, Facts, root_cause
from commands.ops.sites.designs import Design
from commands.ops.sites.files import SiteFiles

AT = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)
LADDER = Ladder()
DESIGN = Design("x-DESIGN.md", present=True)
NOTHING = SiteFiles(design=True, files=0, newest=None, page=False)
BUILT = SiteFiles(design=True, files=3, newest=LATER, page=True)
STUCK = Facts("i", "free", DESIGN, NOTHING, (Attempt(AT),))
FAILED = Attempt(AT, ("disk", "timeout"))
ERROR = Attempt(AT, ("timeout", "network"))


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        (replace(STUCK, named_well=False), "bad_name"),
        (replace(STUCK, design=replace(DESIGN, present=False)), "design_missing"),
        (replace(STUCK, design=replace(DESIGN, faults=("no heading on layout",))), "design_not_compliant"),
        (replace(STUCK, files=BUILT), "status_not_updated"),
        (replace(STUCK, files=replace(BUILT, newest=AT - timedelta(days=1))), "unknown"),
        (replace(STUCK, files=BUILT, attempts=()), "status_not_updated"),
        (replace(STUCK, files=replace(BUILT, page=False)), "unknown"),
        (replace(STUCK, attempts=(FAILED,)), "agent_timeout"),
        (replace(STUCK, attempts=(FAILED, ERROR)), "agent_error"),
        (replace(STUCK, attempts=(ERROR, FAILED, Attempt(LATER))), "agent_timeout"),
        (replace(STUCK, status="D", attempts=(FAILED,)), "agent_timeout"),
        (replace(STUCK, status="D", attempts=()), "never_started"),
        (replace(STUCK, status="P", attempts=(), design=replace(DESIGN, present=False)), "never_started"),
        (replace(STUCK, status="P", attempts=(FAILED,)), "agent_timeout"),
        (replace(STUCK, agent="busy", attempts=(FAILED,)), "none"),
        (replace(STUCK, agent="unclear"), "unknown"),
        (STUCK, "unknown"),
        (replace(STUCK, status="I", files=BUILT), "none"),
        (replace(STUCK, status="Q", files=replace(BUILT, page=None)), "none"),
        (replace(STUCK, status="I"), "unknown"),
        (replace(STUCK, status="X", files=BUILT), "unknown"),
    ],
)
def test_the_tree(facts: Facts, cause: Cause) -> None:
    assert root_cause(facts, LADDER) == cause
