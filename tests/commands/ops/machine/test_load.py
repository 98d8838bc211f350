"""How busy the machine is."""

import os
from pathlib import Path

import pytest

from commands.ops.machine.load import Pressure, load


def test_the_load_is_what_the_kernel_says() -> None:
    found = load(Path("/proc"))
    assert found.one_minute == pytest.approx(os.getloadavg()[0], abs=1)
    assert found.cpus == os.cpu_count()
    assert 0 < found.memory_available_bytes <= found.memory_total_bytes


def test_memory_and_the_pressure_of_the_last_minute_are_read(tmp_path: Path) -> None:
    (tmp_path / "pressure").mkdir()
    text = "some avg10=0.00 avg60=1.50 avg300=0.90 total=5\nfull avg10=0.00 avg60=0.20 avg300=0.10 total=2\n"
    (tmp_path / "pressure" / "io").write_text(text)
    (tmp_path / "pressure" / "cpu").write_text("")
    (tmp_path / "meminfo").write_text("MemTotal:  2048 kB\nMemAvailable:  1 kB\nHugePages_Total:  0\n")
    found = load(tmp_path)
    assert found.pressure == Pressure(cpu=None, memory=None, io=1.5)
    assert (found.memory_available_bytes, found.memory_total_bytes) == (1024, 2048 * 1024)
