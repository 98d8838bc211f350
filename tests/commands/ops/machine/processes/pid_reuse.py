"""Run in a PID namespace: gives a process's number to a stranger with the same words, before or during the look."""

import os
import subprocess
import sys
import time
from pathlib import Path

from commands.ops.machine.processes import identities, signals
from commands.ops.machine.processes.families import TICKS
from commands.ops.machine.processes.identities import Identity

PROC = Path("/proc")
ARGV = ("sleep", "600")
LOOK = identities.at


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(ARGV)


def identity_of(process: subprocess.Popen[bytes]) -> Identity:
    while (found := LOOK(PROC, process.pid)) is None or found.argv != ARGV:
        time.sleep(0)
    return found


def replaced(victim: subprocess.Popen[bytes], meant: Identity) -> subprocess.Popen[bytes]:
    """End the victim and start strangers until one has its number; an agent is older than one tick by then."""
    while time.clock_gettime(time.CLOCK_BOOTTIME) * TICKS <= meant.started_ticks + 1:
        time.sleep(0)
    victim.kill()
    victim.wait()
    while True:
        (PROC / "sys/kernel/ns_last_pid").write_text(str(victim.pid - 1))
        stranger = start()
        if stranger.pid == victim.pid:
            identity_of(stranger)  # it has taken the same words
            return stranger
        stranger.kill()
        stranger.wait()


def before_the_look() -> subprocess.Popen[bytes]:
    victim = start()
    meant = identity_of(victim)
    stranger = replaced(victim, meant)
    signals.end([meant], user=os.geteuid(), grace_seconds=0)
    return stranger


def during_the_look() -> subprocess.Popen[bytes]:
    """The victim is held by its pidfd already; what is read of it afterwards is the stranger's."""
    victim = start()
    meant = identity_of(victim)
    strangers = []

    def look(proc: Path, pid: int) -> Identity | None:
        strangers.append(replaced(victim, meant))
        return LOOK(proc, pid)

    identities.at = look
    try:
        signals.end([meant], user=os.geteuid(), grace_seconds=0)
    finally:
        identities.at = LOOK
    return strangers[0]


def main(rounds: int) -> None:
    signalled = 0
    for number in range(rounds):
        stranger = during_the_look() if number % 2 else before_the_look()
        signalled += stranger.poll() is not None
        stranger.kill()
        stranger.wait()
    sys.stdout.write(f"{rounds} strangers, {signalled} signalled\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
