"""Task cards and plans of them.

https://docs.slack.dev/reference/block-kit/blocks/task-card-block and plan-block. Their titles are bare strings:
Slack refuses a text object there, whatever the reference's table says.
"""

from collections.abc import Iterator, Mapping

from bot.workspace.blockkit.block import MESSAGES, block
from bot.workspace.blockkit.composition import TASK_ICON
from bot.workspace.blockkit.problem import Problem
from bot.workspace.blockkit.rich_text import RICH_TEXT
from bot.workspace.blockkit.rules import Among, Rule, String
from bot.workspace.blockkit.shapes import Many, OneOf, Shape, typed

_UNDER_WAY = ("in_progress", "complete", "error")
_PLANNED = ("pending", *_UNDER_WAY)


def _task(statuses: tuple[str, ...]) -> tuple[Mapping[str, Rule], Mapping[str, Rule]]:
    source = OneOf({"url": typed("url", required={"url": String(), "text": String()})})
    rich = OneOf({"rich_text": RICH_TEXT})
    required: Mapping[str, Rule] = {"task_id": String(), "title": String()}
    optional: Mapping[str, Rule] = {
        "status": Among(statuses),
        "details": rich,
        "output": rich,
        "sources": Many(source),
        "icon": TASK_ICON,
    }
    return required, optional


def _distinct_tasks(value: Mapping[str, object], path: str) -> Iterator[Problem]:
    tasks = value.get("tasks")
    seen: set[str] = set()
    for place, task in enumerate(tasks if isinstance(tasks, list) else []):
        name = task.get("task_id") if isinstance(task, dict) else None
        if isinstance(name, str):
            if name in seen:
                yield Problem(f"{path}.tasks[{place}].task_id", f'`task_id` "{name}" already exists')
            seen.add(name)


# A card on its own cannot be pending: Slack's validator takes it, posting refuses it.
_alone_required, _alone_optional = _task(_UNDER_WAY)
TASK_CARD = block("task_card", MESSAGES, required=_alone_required, optional=_alone_optional)

_within_required, _within_optional = _task(_PLANNED)
PLAN = block(
    "plan",
    MESSAGES,
    required={"title": String()},
    optional={
        # The reference's own example leaves the type of a task out. The number is slackblocks'; Slack names none.
        "tasks": Many(
            Shape(
                _within_required,
                {"type": Among(("task_card",)), "block_id": String(255), **_within_optional},
            ),
            50,
        ),
        # Not in the reference, taken by Slack, without effect.
        "status": Among(_PLANNED),
    },
    together=[_distinct_tasks],
)
