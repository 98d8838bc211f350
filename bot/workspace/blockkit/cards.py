"""Cards, carousels of cards, containers, alerts.

https://docs.slack.dev/reference/block-kit/blocks/card-block and its neighbours. The reference types a card's
texts as strings; Slack takes text objects only, as in the reference's own examples.
"""

from bot.workspace.blockkit import layout
from bot.workspace.blockkit.block import EVERYWHERE, MODALS, NOT_MODALS, block
from bot.workspace.blockkit.buttons import BUTTON, IMAGE_ELEMENT
from bot.workspace.blockkit.composition import CARD_ICON, plain, text
from bot.workspace.blockkit.rich_text import RICH_TEXT
from bot.workspace.blockkit.rules import Among, Flag
from bot.workspace.blockkit.shapes import Many, OneOf
from bot.workspace.blockkit.tables import TABLE
from bot.workspace.blockkit.together import at_least_one, needs, not_both, not_both_true

_PICTURE = OneOf({"image": IMAGE_ELEMENT})

ALERT = block(
    "alert",
    MODALS,
    required={"text": text(200)},
    optional={"level": Among(("default", "info", "warning", "error", "success"))},
)

CARD = block(
    "card",
    EVERYWHERE,
    optional={
        "hero_image": _PICTURE,
        "icon": _PICTURE,
        "slack_icon": CARD_ICON,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": Many(OneOf({"button": BUTTON}), 3),
    },
    together=[at_least_one("hero_image", "title", "actions", "body"), not_both("icon", "slack_icon")],
)

CAROUSEL = block("carousel", NOT_MODALS, required={"elements": Many(OneOf({"card": CARD.shape}), 10)})

_CHILDREN = (
    layout.ACTIONS,
    layout.CONTEXT,
    layout.DIVIDER,
    layout.FILE,
    layout.HEADER,
    layout.IMAGE,
    layout.INPUT,
    layout.SECTION,
    layout.VIDEO,
    TABLE,
)

CONTAINER = block(
    "container",
    NOT_MODALS,
    required={
        "child_blocks": Many(
            OneOf({**{child.type: child.shape for child in _CHILDREN}, "rich_text": RICH_TEXT}), 10
        )
    },
    optional={
        "title": plain(150),
        "rich_text_title": OneOf({"rich_text": RICH_TEXT}),
        "subtitle": text(150),
        "width": Among(("narrow", "standard", "wide", "full")),
        "icon": _PICTURE,
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "has_header_divider": Flag(),
    },
    together=[
        at_least_one("title", "rich_text_title"),
        needs("default_collapsed", "is_collapsible"),
        not_both_true("has_header_divider", "is_collapsible"),
    ],
)
