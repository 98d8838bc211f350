"""Files that are seen in a thread."""

from bot.workspace.driver import Driver, Message
from bot.workspace.shapes import Json


def files_in(thread: Message) -> list[Json]:
    """Every file below a message, oldest first, as Slack describes it."""
    return [file for reply in thread.thread for file in reply.json.get("files", [])]


async def file_in(workspace: Driver, thread: Message, title: str) -> Json:
    """Wait for the file of this title below a message."""

    def look() -> Json | None:
        return next((file for file in files_in(thread) if file["title"] == title), None)

    def otherwise() -> str:
        return f"No file “{title}” but {[file['title'] for file in files_in(thread)]}."

    return await workspace.wait_until(look, otherwise)
