"""A site's files, and what they prove of its status: its design, and how far the site itself is built."""

from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

from commands.ops.domains import is_domain
from commands.ops.host_settings import Ladder
from commands.ops.house import House
from commands.ops.machine.files import files, glances
from commands.ops.machine.files.files import Missing, Unreadable

PAGE = "index.html"
PAGE_BYTES = 4 * 1024**2


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """What lies on disk for a site; None is what may not be read.

    design: whether it has one that is not empty. files: how many it has been generated; newest: when the last of them
    was; bytes: of them all. page: whether its index page is whole, with the styles and scripts that it loads.
    """

    design: bool | None
    files: int | None
    newest: datetime | None
    page: bool | None
    bytes: int | None = None

    def prove(self, status: str, ladder: Ladder) -> bool:
        """Whether they support this status: nothing made, a design, a site begun, a site whole; an unknown one never."""
        proofs = {
            ladder.planned: self.design is False and self.files == 0,
            ladder.designing: self.design,
            ladder.designed: self.design,
            ladder.in_progress: self.design and bool(self.files),
            ladder.implemented: self.page,
            ladder.finalized: self.page,
        }
        return bool(proofs.get(status))


NOTHING_KNOWN = SiteFiles(None, None, None, None)


def read(house: House, domain: str) -> SiteFiles:
    """Look at the files of a site; nothing is known of what is no domain, since no path is made of that."""
    if not is_domain(domain):
        return NOTHING_KNOWN
    tree, root = house.settings.tree, house.machine.root
    directory = root / tree.sites / f"{domain}-v1"
    design = root / tree.designs / f"{domain}-DESIGN.md"
    try:
        names = files.names_in(directory)
        newest = max((files.changed_at(directory / name) for name in names), default=None)
        size = sum(glances.marks(directory / name).bytes for name in names)
    except Missing:
        return SiteFiles(_has_bytes(design), 0, None, page=False, bytes=0)
    except Unreadable:
        return SiteFiles(_has_bytes(design), None, None, None)
    moment = None if newest is None else datetime.fromtimestamp(newest, UTC)
    return SiteFiles(_has_bytes(design), len(names), moment, _whole_page(directory), size)


def _has_bytes(path: Path) -> bool | None:
    try:
        return glances.marks(path).bytes > 0
    except Missing:
        return False
    except Unreadable:
        return None


def _whole_page(directory: Path) -> bool | None:
    """Whether the page has its end, and everything that it loads from beside it has bytes."""
    try:
        page = files.beginning(directory / PAGE, PAGE_BYTES).decode("utf-8", "backslashreplace")
    except Missing:
        return False
    except Unreadable:
        return None
    reader = _Page()
    reader.feed(page)
    return reader.ended and all(_has_bytes(directory / path) for path in reader.loads)


class _Page(HTMLParser):
    """Reads a page: whether it ends, and which of its own files it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.ended = False
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        style = tag == "link" and "stylesheet" in (given.get("rel") or "").lower().split()
        address = given.get("href") if style else given.get("src") if tag == "script" else None
        if address and (path := _own(address)):
            self.loads.append(path)

    def handle_endtag(self, tag: str) -> None:
        self.ended = self.ended or tag == "html"


def _own(address: str) -> str:
    """The path below the site's directory that an address means; empty for one elsewhere."""
    path = PurePosixPath(address.partition("?")[0].partition("#")[0].lstrip("/"))
    elsewhere = ":" in address or address.startswith("//") or ".." in path.parts
    return "" if elsewhere else str(path)
