"""What changed in a wave since a time, as the watch saw it."""

from dataclasses import dataclass
from datetime import datetime

from commands.ops.history import batch_figures, rates, samples, transitions
from commands.ops.house import House


@dataclass(frozen=True, slots=True)
class WaveChanges:
    """Changes over the last `seconds`.

    implemented: sites that were; taken: sites that went into progress; back: sites that fell back on the ladder.
    agents: how many were seen at work then, None where nobody looked; watched: whether anybody looks at all.
    """

    seconds: float
    implemented: int
    taken: int
    back: int
    agents: int | None
    watched: bool


def since(house: House, batch: str, wave: int, start: datetime) -> WaveChanges:
    """What changed in a wave since `start`."""
    connection, ladder = house.journal.connection(), house.settings.ladder
    changes = [change for change in transitions.of_wave(connection, batch, wave) if change.at > start]
    letters = ladder.letters
    back = [
        change
        for change in changes
        if change.before in letters
        and change.status in letters
        and letters.index(change.status) < letters.index(change.before)
    ]
    then = samples.newest(connection, batch_figures.name_of(batch), start)
    waves = then.data["waves"] if then else None
    return WaveChanges(
        seconds=(house.clock.now() - start).total_seconds(),
        implemented=len({change.site for change in changes if rates.is_done(change, ladder)}),
        taken=len({change.site for change in changes if change.status == ladder.in_progress}),
        back=len({change.site for change in back}),
        agents=None if waves is None else waves.get(str(wave), 0),
        watched=samples.newest(connection, rates.LOOKS) is not None,
    )
