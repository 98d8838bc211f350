"""The progress that a restore took from sites, and what proves it: files, the watch, our own runs, an agent at work."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from commands.ops.errors import WrongUsage
from commands.ops.history import sightings, transitions
from commands.ops.house import House
from commands.ops.plans.plans import Plan
from commands.ops.plans.whole_version import VERSION
from commands.ops.registry import registry
from commands.ops.registry.registry import Registry
from commands.ops.sites import files as site_files
from commands.ops.versions.progress import Move
from commands.ops.waves.busy import busy

Proof = Literal["files", "watch", "plan", "agent"]


@dataclass(frozen=True, slots=True)
class Found:
    """proved: what is to be set again, with its proof. unproved: what nothing proves; both as before the restore."""

    proved: tuple[tuple[Move, Proof], ...]
    unproved: tuple[Move, ...]


def look(house: House, plan: Plan) -> Found:
    """The sites that went back with this restore and still stand so, and what proves that they were further.

    Raises:
        WrongUsage: it is no restore that was carried out.
        NotReadable: the registry cannot be read.
    """
    if plan.state != "done" or all(target.key != VERSION for target in plan.targets):
        raise WrongUsage(
            f"{plan.id} is no restore that was carried out: there is no progress to apply again."
        )
    table = registry.read(house.settings, house.machine)
    moves = tuple(_still_back(plan, table))
    sites = table.sites()
    at_work = busy(house, table, [sites[one.site][0] for one in moves], surely=True)
    proofs = [
        (move, _proof(house, move, at_work) or _set_by_a_plan(house, plan, move, table)) for move in moves
    ]
    return Found(
        tuple((move, proof) for move, proof in proofs if proof),
        tuple(move for move, proof in proofs if not proof),
    )


def _still_back(plan: Plan, table: Registry) -> Iterator[Move]:
    """Those whose status is the restored one; a site with several rows is for dedupe."""
    sites = table.sites()
    version = next(target for target in plan.targets if target.key == VERSION)
    for site, now, then in version.about["back"]:
        rows = sites.get(site, ())
        if len(rows) == 1 and rows[0].status == then:
            yield Move(site, now, then)


def _proof(house: House, move: Move, at_work: set[str]) -> Proof | None:
    """A site in progress is only that with an agent; of the others files tell, and what the watch saw of late."""
    ladder = house.settings.ladder
    if move.now in (ladder.in_progress, ladder.designing):
        return "agent" if move.site in at_work else None
    if site_files.read(house, move.site).prove(move.now, ladder):
        return "files"
    seen = [one for one in transitions.of_site(house.journal.connection(), move.site) if one.status]
    was = any(one.status == move.now for one in seen)
    return "watch" if was and not _fell(seen_letters=[str(one.status) for one in seen], move=move) else None


def _set_by_a_plan(house: House, restore: Plan, move: Move, table: Registry) -> Proof | None:
    """Whether the last run of ours before the restore gave the site this status."""
    runs = [one for one in sightings.planned(house, move.site, table) if one.witness.name != restore.id]
    latest = max(runs, key=lambda one: one.at, default=None)
    return "plan" if latest and latest.status == move.now else None


def _fell(*, seen_letters: list[str], move: Move) -> bool:
    """Whether the watch saw another status after that one, but for what the restore itself made of it."""
    last = len(seen_letters) - 1 - seen_letters[::-1].index(move.now)
    return any(letter != move.then for letter in seen_letters[last + 1 :])
