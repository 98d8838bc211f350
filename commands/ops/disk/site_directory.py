"""A site's generated files, as one thing that can be packed, moved and told from what it was."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from commands.ops.disk.usage import SITE_ENDING
from commands.ops.errors import Refusal
from commands.ops.machine.files import trees
from commands.ops.machine.files.trees import Tree


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """What lies in a site's directory.

    names: how many, the directory itself included. bytes: allocated; size: what the files hold. digest: of every
    name with its kind, inode, size and time: another one is another site.
    """

    domain: str
    names: int
    bytes: int
    size: int
    digest: str


def name_of(domain: str) -> str:
    """How a site's directory is called."""
    return f"{domain}{SITE_ENDING}"


def read(directory: Path, domain: str) -> SiteFiles | None:
    """The files of a site below a directory; None where it has none.

    Raises:
        Refusal: they cannot be packed or moved as they are: a link, a mount, something that may not be read.
    """
    try:
        found = trees.read(directory / name_of(domain))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refusal(f"{name_of(domain)} cannot be taken: {error.strerror}.") from None
    if why := _why_not(found):
        raise Refusal(f"{name_of(domain)} cannot be taken: {why}.")
    told = sorted(
        (one.path, one.kind, one.inode, one.size if one.kind == "file" else 0, one.modified_ns)
        for one in found.entries
    )
    return SiteFiles(
        domain=domain,
        names=len(found.entries) + 1,
        bytes=sum(one.bytes for one in found.entries),
        size=sum(one.size for one in found.entries if one.kind == "file"),
        digest=hashlib.blake2b(json.dumps(told).encode(), digest_size=16).hexdigest(),
    )


def _why_not(found: Tree) -> str:
    if found.problems:
        return found.problems[0].removesuffix(".")
    odd = [one for one in found.entries if one.kind in ("mount", "special")]
    return (
        f"{odd[0].path} in it is a {'mount' if odd[0].kind == 'mount' else 'pipe or device'}" if odd else ""
    )
