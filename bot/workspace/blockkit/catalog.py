"""Every block type this workspace knows, and those it does not take."""

from bot.workspace.blockkit import cards, layout, tables, tasks
from bot.workspace.blockkit.block import EVERYWHERE, Block
from bot.workspace.blockkit.rich_text import RICH_TEXT

BLOCKS: dict[str, Block] = {
    known.type: known
    for known in (
        layout.ACTIONS,
        layout.CONTEXT,
        layout.CONTEXT_ACTIONS,
        layout.DIVIDER,
        layout.FILE,
        layout.HEADER,
        layout.IMAGE,
        layout.INPUT,
        layout.MARKDOWN,
        layout.SECTION,
        layout.VIDEO,
        cards.ALERT,
        cards.CARD,
        cards.CAROUSEL,
        cards.CONTAINER,
        tables.TABLE,
        tasks.PLAN,
        tasks.TASK_CARD,
        Block("rich_text", EVERYWHERE, RICH_TEXT),
    )
}

NOT_TAKEN: dict[str, str] = {
    "data_table": "its limits are disputed; use a table",
    "data_visualization": "its limits are disputed; post an image",
    "call": "it needs the Calls API, which is not here",
    "auth_provider": "it needs Slack's user connections, which are not here",
}
"""Real block types, each with the reason why it is refused here."""
