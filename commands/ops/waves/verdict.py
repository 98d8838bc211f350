"""The verdict on a wave, from what was seen of it: design.md section 7 in code."""

from dataclasses import dataclass
from typing import Literal

from commands.ops.host_settings import Waves

Verdict = Literal["crashed", "degraded", "stuck", "slow", "finished", "not_started", "unknown"]


@dataclass(frozen=True, slots=True)
class WaveSeen:
    """What a verdict is made of.

    done: sites that are implemented or further. to_do: sites that agents could work on now: designed, in progress,
    or at a letter that the ladder does not know. before_design: planned or in design. in_progress: of those to do.
    agents: None where they cannot be read. unplaced: agents that may be of this wave. launched: agents that were
    started; None where nobody knows. overdue: sites in progress for too long. orphans: sites in progress that surely
    have no agent. ran: whether the wave was ever launched. contradicted: of those to do, sites whose rows contradict
    each other, so that nobody knows whether anything is left to do; overdue and orphans leave them out.
    """

    done: int
    to_do: int
    before_design: int
    in_progress: int
    agents: int | None
    unplaced: int
    launched: int | None
    overdue: int
    orphans: int
    ran: bool
    contradicted: int = 0


def expected_agents(seen: WaveSeen, per_wave: int) -> int:
    """The smaller of the agents launched and the sites they could work on; 0 before a launch."""
    return _expected(seen, per_wave, seen.to_do)


def _expected(seen: WaveSeen, per_wave: int, sites: int) -> int:
    if not seen.ran and not seen.agents:
        return 0
    return min(seen.launched or per_wave, sites)


def judge(seen: WaveSeen, limits: Waves, per_wave: int) -> Verdict:
    """Judge a wave.

    `slow` also means that nothing is wrong: a wave that runs with all its agents may just take its time.
    """
    if not seen.to_do:
        return "not_started" if seen.before_design else "finished"
    if seen.agents is None:
        return "unknown"
    if not seen.agents and not seen.ran:
        return "unknown" if seen.unplaced else "not_started"
    expected = expected_agents(seen, per_wave)
    if seen.agents < expected:
        if seen.agents + seen.unplaced >= _expected(seen, per_wave, seen.to_do - seen.contradicted):
            return "unknown"
        return "crashed" if seen.agents < limits.crashed_below else "degraded"
    return "stuck" if seen.overdue or seen.orphans else "slow"
