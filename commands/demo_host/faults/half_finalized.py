"""`half-finalized`: batch 001 is implemented, and its finalization breaks off half-way."""

from pathlib import Path

from commands.demo_host import stopping, tree
from commands.demo_host.calling import run_tool
from commands.demo_host.errors import HostError
from commands.demo_host.faults.fault import Fault
from commands.demo_host.hosttools import checkpoint, finishing, registry
from commands.demo_host.hosttools.logs import stamp
from commands.demo_host.plan import MAIN_BATCH

MOST_LEFT = 38  # below the runbook's 50: a retry is in order


def half_finalize(root: Path) -> str:
    """End the agents, bring every site of batch 001 to I, and let `finish.sh` fail with an input/output error."""
    stopping.stop(root)
    waiting = _implement_all(root)
    if not waiting:
        raise HostError(f"Batch {MAIN_BATCH} is finalized already; make the host anew.")
    checkpoint.commit(str(root), f"Batch {MAIN_BATCH}: every wave implemented")
    done = waiting - min(MOST_LEFT, -(-waiting // 2))
    variables = {finishing.FAIL_VARIABLE: str(done)}
    told = ("--batch", MAIN_BATCH, "--root", ".")
    if not run_tool(root, "tools/implement/finish.sh", *told, variables=variables).returncode:
        raise HostError("finish.sh did not fail as it was told to; make the host anew.")
    return f"finish.sh broke off: {done} sites of batch {MAIN_BATCH} are at Q, {waiting - done} still at I."


def _implement_all(root: Path) -> int:
    """Bring every unfinished site of the batch to I, with its files; how many are at I then."""
    waiting = 0
    with registry.edited(str(root)) as lines:
        for number, line in enumerate(lines):
            row = registry.parse(line)
            if row is None or row.batch != MAIN_BATCH or row.status == "Q":
                continue
            waiting += 1
            if row.status != "I":
                tree.write_design(root, row.domain)
                tree.write_site(root, row.domain)
                lines[number] = row._replace(status="I", updated=stamp()).line()
    return waiting


HALF_FINALIZED = Fault("half-finalized", "finish.sh breaks off half-way through batch 001", half_finalize)
