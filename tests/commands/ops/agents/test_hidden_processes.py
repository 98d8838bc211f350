"""Agents on a machine that hides other users' processes (`hidepid=2`): what cannot be seen is said."""

import json
import subprocess
import sys

import pytest

from commands.ops.machine.host import Machine
from tests.commands.ops.conftest import Spawn

NOBODY = 65534
# The imports come first: the user that it becomes may not be able to read our modules.
LOOKS = f"""
import json, os, sys
from pathlib import Path
from commands.ops.agents import agents
from commands.ops.host_settings import Agents
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings
root = Path(sys.argv[1])
settings = OpsSettings(root=root, state=root, agents=Agents(user="root"))
os.setgroups([])
os.setresgid({NOBODY}, {NOBODY}, {NOBODY})  # the group root sees all, whatever is hidden
os.setresuid({NOBODY}, {NOBODY}, {NOBODY})
seen = agents.read(settings, Machine(root))
print(json.dumps({{"agents": [one.pid for one in seen.agents], "problems": seen.problems}}))
"""
HIDES = 'mount -t proc -o hidepid=2 proc /proc; exec "$@"'


@pytest.mark.privileged
def test_agents_of_another_user_are_not_seen_and_that_is_said(machine: Machine, agent: Spawn) -> None:
    running = agent("opus", "--wave", "5")
    looks = (sys.executable, "-c", LOOKS, str(machine.root))
    looked = subprocess.run(
        ["unshare", "-m", "sh", "-ec", HIDES, "sh", *looks], capture_output=True, text=True, check=False
    )
    assert looked.returncode == 0, looked.stderr
    found = json.loads(looked.stdout)
    assert running.poll() is None
    assert found["agents"] == []
    assert found["problems"] == ["Other users' processes are hidden from this user, the agents' among them."]
