"""The layout blocks: section, header, divider, context, actions, input, image, video, file, markdown.

https://docs.slack.dev/reference/block-kit/blocks: each block's page lists its surfaces and elements.
"""

from bot.workspace.blockkit.block import EVERYWHERE, MESSAGES, block
from bot.workspace.blockkit.buttons import (
    BUTTON,
    FEEDBACK_BUTTONS,
    ICON_BUTTON,
    IMAGE_ELEMENT,
    OVERFLOW,
    WORKFLOW_BUTTON,
)
from bot.workspace.blockkit.composition import SLACK_FILE, one_picture, plain, text
from bot.workspace.blockkit.inputs import (
    EMAIL_INPUT,
    FILE_INPUT,
    NUMBER_INPUT,
    PLAIN_TEXT_INPUT,
    RICH_TEXT_INPUT,
    URL_INPUT,
)
from bot.workspace.blockkit.pickers import CHECKBOXES, DATEPICKER, DATETIMEPICKER, RADIO_BUTTONS, TIMEPICKER
from bot.workspace.blockkit.rules import Among, Flag, String, Written
from bot.workspace.blockkit.selects import MULTI_SELECTS, SELECTS
from bot.workspace.blockkit.shapes import Many, OneOf
from bot.workspace.blockkit.together import at_least_one

_CHOICES = {
    "checkboxes": CHECKBOXES,
    "datepicker": DATEPICKER,
    "radio_buttons": RADIO_BUTTONS,
    "timepicker": TIMEPICKER,
    **SELECTS,
    **MULTI_SELECTS,
}
_PRESSED = {"button": BUTTON, "overflow": OVERFLOW, "workflow_button": WORKFLOW_BUTTON}
_ACCESSORIES = OneOf({**_PRESSED, **_CHOICES, "image": IMAGE_ELEMENT})
_ACTIONS = OneOf(
    {**_PRESSED, **_CHOICES, "datetimepicker": DATETIMEPICKER, "rich_text_input": RICH_TEXT_INPUT}
)
_INPUTS = OneOf(
    {
        **_CHOICES,
        "datetimepicker": DATETIMEPICKER,
        "email_text_input": EMAIL_INPUT,
        "file_input": FILE_INPUT,
        "number_input": NUMBER_INPUT,
        "plain_text_input": PLAIN_TEXT_INPUT,
        "rich_text_input": RICH_TEXT_INPUT,
        "url_text_input": URL_INPUT,
    }
)
_CONTEXT = OneOf({**text().shapes, "image": IMAGE_ELEMENT})


def _https(most: int) -> Written:
    beyond = most - len("https://")
    return Written(rf"https://\S{{1,{beyond}}}", f"an HTTPS URL of at most {most} characters")


SECTION = block(
    "section",
    EVERYWHERE,
    optional={
        "text": text(3000),
        "fields": Many(text(2000), 10),
        "accessory": _ACCESSORIES,
        "expand": Flag(),
    },
    together=[at_least_one("text", "fields")],
)
HEADER = block("header", EVERYWHERE, required={"text": plain(150)})
DIVIDER = block("divider", EVERYWHERE)
CONTEXT = block("context", EVERYWHERE, required={"elements": Many(_CONTEXT, 10)})
CONTEXT_ACTIONS = block(
    "context_actions",
    MESSAGES,
    required={"elements": Many(OneOf({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON}), 5)},
)
ACTIONS = block("actions", EVERYWHERE, required={"elements": Many(_ACTIONS, 25)})
INPUT = block(
    "input",
    EVERYWHERE,
    required={"label": plain(2000), "element": _INPUTS},
    optional={"hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
)
IMAGE = block(
    "image",
    EVERYWHERE,
    required={"alt_text": String(2000)},
    optional={"image_url": String(3000), "slack_file": SLACK_FILE, "title": plain(2000)},
    together=[one_picture],
)
VIDEO = block(
    "video",
    EVERYWHERE,
    required={
        "alt_text": String(2000),
        # The reference: "must be less than 200 characters", "less than 50"; the numbers it leaves out, such as
        # those of URLs, are slackblocks'.
        "title": plain(199),
        "video_url": _https(3000),
        "thumbnail_url": String(3000),
    },
    optional={
        "author_name": String(49),
        "description": plain(199),
        "provider_icon_url": String(2000),
        "provider_name": String(50),
        "title_url": _https(2000),
    },
)
# The reference says apps cannot add it to surfaces, the guide to remote files does so in messages.
FILE = block("file", MESSAGES, required={"external_id": String(), "source": Among(("remote",))})
MARKDOWN = block("markdown", MESSAGES, required={"text": String(12_000)})
