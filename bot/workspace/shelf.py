"""Files: promised by the app, then uploaded, then shared."""

import mimetypes
from dataclasses import dataclass

from bot.workspace.errors import ApiError
from bot.workspace.ids import BOT_USER, Ids
from bot.workspace.shapes import Json

PREVIEWED = 2_000  # characters of a text file that show under a message
TEXTUAL = {"application/json", "application/xml", "application/x-sh", "application/toml"}


@dataclass(slots=True)
class File:
    """A file and its bytes; None until they were uploaded."""

    id: str
    name: str
    title: str
    length: int
    alt_text: str
    content: bytes | None = None
    shared: bool = False

    @property
    def mimetype(self) -> str:
        """What the name says it is; plain text where it says nothing."""
        return mimetypes.guess_type(self.name)[0] or "text/plain"

    def described(self, url: str) -> Json:
        """Slack's file object; ``url`` is the server's."""
        content = self.content or b""
        address = f"{url}/files/{self.id}/{self.name}"
        said: Json = {
            "id": self.id,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": self.name.rpartition(".")[2] if "." in self.name else "text",
            "size": len(content),
            "user": BOT_USER,
            "mode": "hosted",
            "alt_txt": self.alt_text,
            "is_public": self.shared,
            "url_private": address,
            "url_private_download": address,
            "permalink": address,
        }
        if self.mimetype.startswith("text/") or self.mimetype in TEXTUAL:
            said["preview"] = content[: PREVIEWED * 4].decode("utf-8", "replace")[:PREVIEWED]
        return said


class Shelf:
    """All files, by id."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._files: dict[str, File] = {}

    def promise(self, name: str, length: int, alt_text: str) -> File:
        """Make room for a file to be uploaded."""
        file = File(self._ids.mint("F"), name, name, length, alt_text)
        self._files[file.id] = file
        return file

    def get(self, file_id: str) -> File | None:
        """The file of this id, uploaded or not."""
        return self._files.get(file_id)

    def uploaded(self, file_id: str) -> File:
        """A file whose bytes are here.

        Raises:
            ApiError: ``file_not_found`` if it was never promised or never uploaded.
        """
        file = self._files.get(file_id)
        if file is None or file.content is None:
            raise ApiError("file_not_found")
        return file
