"""What a trouble affects: how many sites, and how far the batch is from done."""

from collections.abc import Iterator, Mapping
from typing import Any

from commands.ops import overview
from commands.ops.errors import OpsError
from commands.ops.house import House
from commands.ops.incidents import resources
from commands.reply import Reply
from commands.wording.figures import count, span


def impact(house: House, resource: str, diagnosis: Reply) -> str:
    """A few sentences; empty where nothing can be told.

    Args:
        house: the house.
        resource: what the incident is about; empty where there is none.
        diagnosis: what is known of it now.
    """
    return "\n".join((*_resource(house, resource, diagnosis.facts), *_batch(house, resource)))


def _resource(house: House, resource: str, facts: Mapping[str, Any]) -> Iterator[str]:
    ladder = house.settings.ladder
    if isinstance(counts := facts.get("counts"), dict) and resource.startswith("wave "):
        sites = sum(counts.values())
        done = counts.get(ladder.implemented, 0) + counts.get(ladder.finalized, 0)
        yield f"{resource.capitalize()}: {sites - done} of {count(sites, 'site')} not done."
    for name, what in (
        ("identical", "with identical rows"),
        ("conflicting", "with conflicting rows"),
        ("missing", "missing"),
        ("lost", "lost"),
    ):
        if found := facts.get(name):
            yield f"{count(len(found), 'site')} {what}."
    if resource.startswith("site "):
        yield f"One site: {resource.removeprefix('site ')}."


def _batch(house: House, resource: str) -> Iterator[str]:
    try:
        seen = overview.look(house, resources.batch_of(resource))
    except OpsError:
        return
    ladder = house.settings.ladder
    done = seen.counts[ladder.implemented] + seen.counts[ladder.finalized]
    left = seen.total - done
    share = f" ({100 * done // seen.total} %)" if seen.total else ""
    rate = seen.rates.now
    ready = f"; at {rate:.1f} a minute {span(60 * left / rate)} more" if rate and left else ""
    yield f"Batch {seen.batch}: {done} of {count(seen.total, 'site')} done{share}, {left} to go{ready}."
