"""Plants wrong imports in a copy of the sources, one after another, and tells what import-linter says of each.

A process of its own, in the copy: import-linter finds packages as Python does, and the tests have loaded the checkout's.
"""

import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

from importlinter.cli import lint_imports


def main() -> None:
    """Takes a JSON list of [contract, file, statement] on stdin, gives one of import-linter's outputs on stdout."""
    sys.stdout.write(json.dumps([planted(*plant) for plant in json.load(sys.stdin)]))


def planted(contract: str, file: str, statement: str) -> str:
    """What is said of one contract while the statement stands at the end of the file."""
    path = Path(file)
    before = path.read_text()
    path.write_text(f"{before}\n{statement}\n")
    with redirect_stdout(io.StringIO()) as said:
        lint_imports(limit_to_contracts=(contract,), no_cache=True, no_logo=True)
    path.write_text(before)
    return said.getvalue()


if __name__ == "__main__":
    main()
