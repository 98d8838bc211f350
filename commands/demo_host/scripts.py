"""The host's tools as files: thin shell scripts over `tools/hosttools`, and the agents' script."""

import sys
from collections.abc import Iterator
from pathlib import Path

from commands.demo_host import hosttools

PACKAGE = hosttools.__name__
TOOLS = {
    "tools/shared/list-sites.sh": "[--batch NNN] [--status X]",
    "tools/implement/mimplement-bg.sh": "--batch NNN --max-agents N (--wave N | --sites a,b)",
    "tools/implement/finish.sh": "--batch NNN --root .",
    "tools/prepare/mdesign.sh": "--batch NNN --max-agents N --sites a,b",
}

WRAPPER = """#!/usr/bin/env bash
# {name} {usage}
set -euo pipefail
tools="$(cd "$(dirname "${{BASH_SOURCE[0]}}")/.." && pwd -P)"
python={python}
[[ -x $python ]] || python=python3
exec "$python" -S -E "$tools/run.py" {name} "$@"
"""

RUN = '''"""Runs one of the host's tools: run.py NAME ARGUMENTS."""

import importlib
import os
import sys

MODULES = {
    "list-sites.sh": "listing",
    "mimplement-bg.sh": "implementing",
    "mdesign.sh": "designing",
    "finish.sh": "finishing",
    "runaway": "runaway",
}

if __name__ == "__main__":
    tool, *words = sys.argv[1:]
    root = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    try:
        sys.exit(importlib.import_module("hosttools." + MODULES[tool]).main(root, words))
    except (OSError, ValueError) as trouble:
        sys.exit(f"{tool}: {trouble}")
'''

AGENT = '''"""One agent of a wave; started by the launcher, in the host's root."""

import sys

from hosttools import agent

if __name__ == "__main__":
    sys.exit(agent.main(sys.argv[1:]))
'''


def files() -> Iterator[tuple[str, str]]:
    """Every file under `tools/` as (path in the host, text); those that end in `.sh` are executable."""
    for path, usage in TOOLS.items():
        python = "'" + sys.executable.replace("'", "'\\''") + "'"
        yield path, WRAPPER.format(name=Path(path).name, usage=usage, python=python)
    yield "tools/run.py", RUN
    yield "tools/opus-agent.py", AGENT
    for source in sorted(Path(hosttools.__file__).parent.glob("*.py")):
        # in the host the package stands alone: it must run where Wavewarden is not installed
        yield f"tools/hosttools/{source.name}", source.read_text("utf-8").replace(PACKAGE, "hosttools")
