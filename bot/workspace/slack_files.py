"""Images in blocks that point to uploaded files: which of them Slack shows.

A file that was shared into no channel is its app's alone, and in a view that means nobody can see it:
https://github.com/slackapi/bolt-python/issues/1251
"""

from collections.abc import Iterator

from bot.workspace.blockkit import Problem
from bot.workspace.shapes import Json
from bot.workspace.shelf import File, Shelf


def unknown_files(blocks: object, shelf: Shelf, path: str, *, shared: bool) -> Iterator[Problem]:
    """Find every ``slack_file`` that cannot be shown.

    Args:
        blocks: blocks, or anything within them.
        shelf: the files there are.
        path: where ``blocks`` stand.
        shared: whether a file must have been shared into a channel, as it must for a view.
    """
    if isinstance(blocks, list):
        for place, item in enumerate(blocks):
            yield from unknown_files(item, shelf, f"{path}[{place}]", shared=shared)
    elif isinstance(blocks, dict):
        for name, item in blocks.items():
            if name == "slack_file" and isinstance(item, dict):
                if not _can_be_shown(_meant(item, shelf), shared=shared):
                    code = "invalid_arguments" if shared else "invalid_blocks"
                    yield Problem(f"{path}.slack_file", "invalid slack file", code)
            else:
                yield from unknown_files(item, shelf, f"{path}.{name}", shared=shared)


def _meant(slack_file: Json, shelf: Shelf) -> File | None:
    """A file is named by its id, or by its URL: ``…/files/F0…/name``."""
    url = str(slack_file.get("url", ""))
    return shelf.get(str(slack_file.get("id") or url.rpartition("/files/")[2].partition("/")[0]))


def _can_be_shown(file: File | None, *, shared: bool) -> bool:
    return file is not None and file.content is not None and (file.shared or not shared)
