"""Block Kit, checked as Slack checks it: every limit is a line of data, every refusal names its path.

Read `rules` and `shapes` for the vocabulary, then any family of blocks (`layout`, `cards`, `tables`, `tasks`) or elements
(`buttons`, `selects`, `pickers`, `inputs`, `rich_text`) for its limits. Numbers are those of Slack's reference
(https://docs.slack.dev/reference/block-kit) and of what its API was seen to answer.
"""

from bot.workspace.blockkit.block import Surface
from bot.workspace.blockkit.blocks import check_blocks
from bot.workspace.blockkit.ids import assign_ids, find_element
from bot.workspace.blockkit.message import check_message, kept_text
from bot.workspace.blockkit.problem import Problem, slack_messages
from bot.workspace.blockkit.view import View, check_view

__all__ = [
    "Problem",
    "Surface",
    "View",
    "assign_ids",
    "check_blocks",
    "check_message",
    "check_view",
    "find_element",
    "kept_text",
    "slack_messages",
]
