"""What a benchmark yields, and how two ways of doing one job are measured side by side."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table.

    job: what was done. before: what the runbook's way took, ours: what ours took, both worded. measured, bar: ours
    as it is judged, and the most it may be, in `unit` (`of the shell's`, `ms`, `MiB`); no bar: for information.
    """

    job: str
    before: str
    ours: str
    measured: float
    bar: float | None
    unit: str

    @property
    def met(self) -> bool:
        """Whether the bar is met."""
        return self.bar is None or self.measured <= self.bar


# A row family of guide/performance.md: it prepares, measures, yields, and cleans up after itself.
Benchmark = Callable[[], Iterator[Result]]


def side_by_side(
    job: str, shell: Callable[[], object], ours: Callable[[], object], *, runs: int, bar: float
) -> Result:
    """Run both in turn, so that whatever else the machine does hits both; judge the medians' ratio."""
    shell()
    ours()
    times = [(_seconds(shell), _seconds(ours)) for _ in range(runs)]
    before, after = (median(column) for column in zip(*times, strict=True))
    return Result(job, _milliseconds(before), _milliseconds(after), after / before, bar, "of the shell's")


def _seconds(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"
