"""Small well-formed pieces of Block Kit JSON, to be bent by tests."""

from typing import Any

Json = dict[str, Any]


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str) -> Json:
    return {"type": "mrkdwn", "text": words}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Approve"), **more}


def option(value: str = "5", **more: Any) -> Json:
    return {"text": plain(f"wave {value}"), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": options(2), **more}


def group(count: int = 1) -> Json:
    return {"label": plain("waves"), "options": options(count)}


def confirm(**more: Any) -> Json:
    sure = {"title": plain("Sure?"), "text": plain("All agents end."), "confirm": plain("Stop")}
    return {**sure, "deny": plain("Keep"), **more}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn("wave 5 crashed"), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def entry(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Reason"), "element": element, **more}


def words(**more: Any) -> Json:
    return {"type": "plain_text_input", **more}


def picture(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/disk.png", "alt_text": "disk", **more}


def rich(*pieces: Json) -> Json:
    line = {"type": "rich_text_section", "elements": list(pieces)}
    return {"type": "rich_text", "elements": [line]}


def table(rows: int = 1, cells: int = 1, cell: str = "x") -> Json:
    return {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": cell} for _ in range(cells)] for _ in range(rows)],
    }


def card(**more: Any) -> Json:
    return {"type": "card", "title": mrkdwn("wave 5"), **more}


def container(**more: Any) -> Json:
    return {"type": "container", "title": plain("evidence"), "child_blocks": [section()], **more}


def task(**more: Any) -> Json:
    return {"type": "task_card", "task_id": "t1", "title": "reset sites", "status": "complete", **more}


def plan(*tasks: Json, **more: Any) -> Json:
    return {"type": "plan", "title": "P-7K2Q", "tasks": list(tasks), **more}


def video(**more: Any) -> Json:
    return {
        "type": "video",
        "alt_text": "a tour",
        "title": plain("A tour"),
        "video_url": "https://example.com/embed/1",
        "thumbnail_url": "https://example.com/1.png",
        **more,
    }


def feedback(**more: Any) -> Json:
    one = {"text": plain("Good"), "value": "good"}
    return {"type": "feedback_buttons", "positive_button": one, "negative_button": one, **more}


def trash(**more: Any) -> Json:
    return {"type": "icon_button", "icon": "trash", "text": plain("Delete"), **more}


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain("Delete batch"), "blocks": [section()], **more}


def home(**more: Any) -> Json:
    return {"type": "home", "blocks": [section()], **more}
