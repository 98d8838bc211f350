"""``files.*``: an upload in three steps, of which the second goes to the URL of the first.

https://docs.slack.dev/messaging/working-with-files#uploading_files
"""

from bot.workspace import posting
from bot.workspace.api.call import Call, invalid
from bot.workspace.api.chat import place
from bot.workspace.api.method import Method
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.ids import BOT_USER
from bot.workspace.room import Room
from bot.workspace.shapes import Json
from bot.workspace.shelf import File

FILES = ("files:write",)


def upload_url(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.getUploadURLExternal."""
    name = call.required("filename")
    length = call.number("length", 0)
    if length < 1:
        raise invalid("length must be 1 or more")
    file = core.shelf.promise(name, length, call.text("alt_txt"))
    return {"upload_url": f"{core.url}/upload/{file.id}", "file_id": file.id}


def complete_upload(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal."""
    files = [_file(core, entry) for entry in _entries(call)]
    rooms = [_room(core, channel) for channel in _channels(call)]
    for file in files:
        file.shared = file.shared or bool(rooms)
    described = [file.described(core.url) for file in files]
    for room in rooms:
        message = {
            **core.app.message(),
            "text": call.text("initial_comment"),
            "files": described,
            "upload": True,
        }
        posting.post(core, room, message | place(call, room))
    return {"files": described}


def _entries(call: Call) -> list[Json]:
    entries = call.json("files")
    if not isinstance(entries, list) or not entries or not all(isinstance(e, dict) for e in entries):
        raise invalid("missing required field: files")
    return entries


def _file(core: Core, entry: Json) -> File:
    file = core.shelf.uploaded(str(entry.get("id")))
    file.title = entry.get("title") or file.title
    return file


def _channels(call: Call) -> list[str]:
    given = call.text("channel_id") or call.text("channels")
    return [channel for channel in given.split(",") if channel]


def _room(core: Core, channel: str) -> Room:
    room = core.rooms.for_app(channel)
    if BOT_USER not in room.members:
        raise ApiError("not_in_channel")
    return room


METHODS = (
    Method("files.getUploadURLExternal", upload_url, tier=4, scopes=FILES),
    Method("files.completeUploadExternal", complete_upload, tier=4, scopes=FILES),
)
