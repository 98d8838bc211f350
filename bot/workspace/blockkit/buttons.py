"""Buttons of every kind, the overflow menu, and the image that may stand among them.

https://docs.slack.dev/reference/block-kit/block-elements/button-element and its neighbours.
"""

from bot.workspace.blockkit.composition import OVERFLOW_OPTION, SLACK_FILE, STYLE, one_picture, plain
from bot.workspace.blockkit.elements import ACTION_ID, CONFIRMABLE, LABEL, element
from bot.workspace.blockkit.rules import Among, Scalar, String
from bot.workspace.blockkit.shapes import Many, Shape, typed
from bot.workspace.blockkit.together import needs

BUTTON = element(
    "button",
    required={"text": plain(75)},
    optional={
        "url": String(3000),
        # Nobody saw Slack refuse an empty value, so it is taken here.
        "value": String(2000, min=0),
        "style": STYLE,
        "accessibility_label": LABEL,
        "agent_prompt": String(4000),
        "agent_prompt_display": String(),
        **CONFIRMABLE,
    },
    together=[needs("agent_prompt_display", "agent_prompt")],
)

ICON_BUTTON = element(
    "icon_button",
    required={"icon": Among(("trash",)), "text": plain(75)},
    optional={
        "value": String(2000),
        "accessibility_label": LABEL,
        "visible_to_user_ids": Many(String(), 10),
        **CONFIRMABLE,
    },
)

_FEEDBACK = Shape(
    required={"text": plain(75), "value": String(2000)},
    optional={"accessibility_label": LABEL},
)
FEEDBACK_BUTTONS = element(
    "feedback_buttons", required={"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}
)

_PARAMETER = Shape(required={"name": String(), "value": Scalar()})
_TRIGGER = Shape(
    required={"url": String(3000)},
    optional={"customizable_input_parameters": Many(_PARAMETER)},
)
# The only element whose action_id must be given.
WORKFLOW_BUTTON = typed(
    "workflow_button",
    required={
        "text": plain(75),
        "workflow": Shape(required={"trigger": _TRIGGER}),
        "action_id": ACTION_ID,
    },
    optional={"style": STYLE, "accessibility_label": LABEL, **CONFIRMABLE},
)

OVERFLOW = element("overflow", required={"options": Many(OVERFLOW_OPTION, 5)}, optional=CONFIRMABLE)

IMAGE_ELEMENT = typed(
    "image",
    required={"alt_text": String(2000)},
    optional={"image_url": String(3000), "slack_file": SLACK_FILE},
    together=[one_picture],
)
