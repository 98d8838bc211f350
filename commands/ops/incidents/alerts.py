"""Alerts: which waves have newly got into trouble, and which are out of it again. Told once, not at every look."""

from dataclasses import dataclass, field

from commands.ops import events
from commands.ops.errors import OpsError
from commands.ops.house import House
from commands.ops.incidents import mutes
from commands.ops.registry.registry import Registry
from commands.ops.waves import waves
from commands.ops.waves.meant import subject_of
from commands.ops.waves.verdict import Verdict

TROUBLE: frozenset[Verdict] = frozenset({"crashed", "degraded", "stuck"})
WELL: frozenset[Verdict] = frozenset({"finished", "slow"})
TWICE = 2  # an agent between two sites, or two files in the middle of a change, must not wake anybody


@dataclass(slots=True)
class Alerts:
    """Looks when told to. An alert is an event of the wave's subject: `alert`, later `recovered`."""

    house: House
    _seen: dict[str, tuple[Verdict, int]] = field(default_factory=dict)

    def look(self, table: Registry | None) -> None:
        """Judge every wave that has sites in progress, and every one that an alert stands for.

        Args:
            table: the registry; None where it cannot be read, which the guard tells.
        """
        for batch, wave in sorted(self._waves(table) if table else ()):
            self._judge(batch, wave)

    def _waves(self, table: Registry) -> set[tuple[str, int]]:
        busy = self.house.settings.ladder.in_progress
        there = [(batch, wave, status) for batch, wave, status in table.combinations() if wave is not None]
        found = {(batch, wave) for batch, wave, status in there if status == busy}
        known = {(batch, wave) for batch, wave, _ in there}
        return found | {key for key in known if subject_of(*key) in self._seen}

    def _judge(self, batch: str, wave: int) -> None:
        subject = subject_of(batch, wave)
        try:
            verdict = waves.diagnose(self.house, batch, str(wave)).verdict
        except OpsError:
            return
        before, times = self._seen.get(subject, (verdict, 0))
        times = times + 1 if before == verdict else 1
        self._seen[subject] = (verdict, times)
        if times == TWICE and not self._tell(subject, verdict):
            self._seen[subject] = (verdict, TWICE - 1)

    def _tell(self, subject: str, verdict: Verdict) -> bool:
        """False where it is muted: if it still stands when the mute has ended, it is told then."""
        now = self.house.clock.now()
        connection = self.house.journal.connection()
        told = events.newest(connection, subject, ("alert", "recovered"))
        stands = told is not None and told.kind == "alert"
        if verdict in TROUBLE:
            if mutes.of(connection, subject, now):
                return False
            if not stands or (told and told.data.get("verdict") != verdict):
                self._append(subject, "alert", verdict)
        elif verdict in WELL and stands:
            self._append(subject, "recovered", verdict)
        return True

    def _append(self, subject: str, kind: str, verdict: Verdict) -> None:
        with self.house.journal.write() as transaction:
            events.append(transaction, self.house.clock.now(), subject, kind, {"verdict": verdict})
