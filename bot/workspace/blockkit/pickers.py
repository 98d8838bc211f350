"""Date and time pickers, checkboxes, radio buttons.

https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element and its neighbours.
"""

from bot.workspace.blockkit.composition import CHOICE
from bot.workspace.blockkit.elements import CONFIRMABLE, FOCUSABLE, PLACEHOLDER, element
from bot.workspace.blockkit.rules import String, Whole, Written
from bot.workspace.blockkit.shapes import Many
from bot.workspace.blockkit.together import chosen_from_options

DATEPICKER = element(
    "datepicker",
    optional={
        "initial_date": Written(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "a date as YYYY-MM-DD"),
        **CONFIRMABLE,
        **FOCUSABLE,
        **PLACEHOLDER,
    },
)

TIMEPICKER = element(
    "timepicker",
    optional={
        "initial_time": Written(r"([01]\d|2[0-3]):[0-5]\d", "a time as HH:mm"),
        "timezone": String(),
        **CONFIRMABLE,
        **FOCUSABLE,
        **PLACEHOLDER,
    },
)

DATETIMEPICKER = element(
    "datetimepicker",
    # Unix seconds, "in the format of 10 digits".
    optional={"initial_date_time": Whole(min=0, max=9_999_999_999), **CONFIRMABLE, **FOCUSABLE},
)

CHECKBOXES = element(
    "checkboxes",
    required={"options": Many(CHOICE, 10)},
    optional={"initial_options": Many(CHOICE), **CONFIRMABLE, **FOCUSABLE},
    together=[chosen_from_options("initial_options")],
)

RADIO_BUTTONS = element(
    "radio_buttons",
    required={"options": Many(CHOICE, 10)},
    optional={"initial_option": CHOICE, **CONFIRMABLE, **FOCUSABLE},
    together=[chosen_from_options("initial_option")],
)
