"""How busy the machine is."""

import os
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine.processes.proc_files import read_proc


@dataclass(frozen=True, slots=True)
class Pressure:
    """The share of the last minute, in percent, in which something waited for it; None where not measured.

    https://docs.kernel.org/accounting/psi.html
    """

    cpu: float | None
    memory: float | None
    io: float | None


@dataclass(frozen=True, slots=True)
class Load:
    """Processes that run or wait for a CPU or a disk, over 1, 5 and 15 minutes; CPUs; memory in bytes."""

    one_minute: float
    five_minutes: float
    fifteen_minutes: float
    cpus: int
    memory_available_bytes: int
    memory_total_bytes: int
    pressure: Pressure


def load(proc: Path) -> Load:
    """The load now.

    Raises:
        OSError: the kernel does not tell.
    """
    pressure = Pressure(*(_pressure(proc, resource) for resource in ("cpu", "memory", "io")))
    return Load(*os.getloadavg(), os.cpu_count() or 1, *_memory(proc), pressure)


def _memory(proc: Path) -> tuple[int, int]:
    """Available and in all; the file says kB and means KiB: https://docs.kernel.org/filesystems/proc.html."""
    told = dict(line.split(b":", 1) for line in read_proc(f"{proc}/meminfo").splitlines())
    return int(told[b"MemAvailable"].split()[0]) * 1024, int(told[b"MemTotal"].split()[0]) * 1024


def _pressure(proc: Path, resource: str) -> float | None:
    """From `some avg10=0.00 avg60=1.50 avg300=0.90 total=…`; a kernel may be built or started without it."""
    try:
        some = read_proc(f"{proc}/pressure/{resource}").splitlines()[0]
        return float(some.split()[2].partition(b"=")[2])
    except (OSError, IndexError, ValueError):
        return None
