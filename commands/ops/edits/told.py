"""What became of an edit of the registry, beyond that it was made: a sentence for each thing that has to be told."""

from commands.ops.edits.editing import Edited
from commands.ops.edits.lines import named
from commands.ops.edits.rows import Edits

UNCERTAIN = "It stands, but the disk reported an error: whether it survives a power cut is not known."


def sentences(edited: Edited) -> tuple[str, ...]:
    """Nothing where the edit went as planned and nobody else wrote meanwhile."""
    return (*_others(edited), *_durability(edited), *edited.problems)


def _others(edited: Edited) -> list[str]:
    """What tools that wrote at the same moment did to it, and it to them."""
    told = []
    if edited.repeated:
        told.append(
            f"Tools that do not take the registry's lock overwrote the edit; {edited.repeated} rows were written again."
        )
    if edited.overtaken:
        told.append(f"Others changed {_sites(edited.overtaken)} at the same moment; theirs stands.")
    if edited.merged:
        merged = named(site.encode() for site in edited.merged)
        told.append(f"What others wrote about {merged} at the same moment was kept.")
    return told


def _durability(edited: Edited) -> list[str]:
    if edited.durable:
        return []
    return [UNCERTAIN]


def _sites(edits: Edits) -> str:
    return named({edit.domain.encode() for edit in edits})
