"""`finish.sh`: finalizes a batch, which moves its implemented sites from I to Q."""

import argparse
import errno
import os
import sys

from commands.demo_host.hosttools import arguments, checkpoint, logs, registry
from commands.demo_host.hosttools.registry import Row

LOG = "logs/finish.log"
SITES_A_STEP = 20
# Set by the fault `half-finalized` for one run: the disk gives up after this many sites.
FAIL_VARIABLE = "DEMO_HOST_FINISH_FAILS_AFTER"


def main(root: str, words: list[str]) -> int:
    """Finalize, some sites at a time. Returns 0, or 1 where it was interrupted half-way."""
    parser = arguments.parser("finish.sh", "Moves a batch's sites from I to Q.")
    parser.add_argument("--batch", type=arguments.batch, required=True)
    parser.add_argument("--root", required=True)
    asked = parser.parse_args(words)
    _check_root(parser, root, asked.root)
    rows = registry.read_rows(root)
    arguments.check_batch(parser, rows, asked.batch)
    total = sum(row.batch == asked.batch and row.status == "I" for row in rows)
    try:
        done = _finalize(root, asked.batch, int(os.environ.get(FAIL_VARIABLE, "-1")))
    except OSError as trouble:
        _tell(root, "ERROR", f"batch {asked.batch}: stopped half-way: {trouble}")
        sys.stderr.write(f"finish.sh: batch {asked.batch} is finalized in part only: {trouble}\n")
        return 1
    _tell(root, "INFO", f"batch {asked.batch}: finalized {done} of {total} sites")
    checkpoint.commit(root, f"Batch {asked.batch}: {done} sites finalized")
    sys.stdout.write(f"Batch {asked.batch}: {done} sites finalized.\n")
    return 0


def _check_root(parser: argparse.ArgumentParser, root: str, given: str) -> None:
    if os.path.realpath(given) != root:
        parser.error(f"--root must be the batch host this tool belongs to, {root}, not {given}")


def _finalize(root: str, batch: str, fails_after: int) -> int:
    done = 0
    while moved := _step(root, batch, done, fails_after):
        done += moved
    return done


def _step(root: str, batch: str, done: int, fails_after: int) -> int:
    """Move the next few sites; the count of them. Raises OSError where the planned failure is due."""
    room = SITES_A_STEP if fails_after < 0 else min(SITES_A_STEP, fails_after - done)
    if room <= 0:
        raise OSError(errno.EIO, os.strerror(errno.EIO), registry.PATH)
    moved = 0
    with registry.edited(root) as lines:
        for number, line in enumerate(lines):
            row = registry.parse(line)
            if moved < room and row and (row.batch, row.status) == (batch, "I"):
                lines[number] = _finalized(row)
                moved += 1
    return moved


def _finalized(row: Row) -> str:
    return row._replace(status="Q", updated=logs.stamp()).line()


def _tell(root: str, level: str, text: str) -> None:
    logs.append(root, LOG, logs.line(level, f"finish pid {os.getpid()}", text))
