"""What apps build with slack_sdk's own models passes, as they would send it."""

import pytest
from slack_sdk.models.blocks import (
    ActionsBlock,
    AlertBlock,
    Block,
    ButtonElement,
    CardBlock,
    CarouselBlock,
    ChannelMultiSelectElement,
    CheckboxesElement,
    ConfirmObject,
    ContainerBlock,
    ContextActionsBlock,
    ContextBlock,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    DateTimePickerElement,
    DividerBlock,
    EmailInputElement,
    ExternalDataSelectElement,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    FileBlock,
    HeaderBlock,
    IconButtonElement,
    ImageBlock,
    ImageElement,
    InputBlock,
    MarkdownBlock,
    MarkdownTextObject,
    NumberInputElement,
    Option,
    OptionGroup,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    PlanBlock,
    RadioButtonsElement,
    RawNumberObject,
    RawTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextInputElement,
    RichTextListElement,
    RichTextPreformattedElement,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
    TableBlock,
    TaskCardBlock,
    TimePickerElement,
    UrlInputElement,
    UrlSourceElement,
    UserSelectElement,
    VideoBlock,
)
from slack_sdk.models.blocks.basic_components import SlackFile
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from bot.workspace.blockkit import check_blocks, check_message, check_view

_OPTIONS = [Option(text="wave 5", value="5", description="25 sites"), Option(text="wave 6", value="6")]
_SURE = ConfirmObject(title="Stop?", text="All agents end.", confirm="Stop", deny="Keep", style="danger")
_PARTS = RichTextElementParts
_LINE = RichTextSectionElement(
    elements=[
        _PARTS.Text(text="wave 5 ", style=_PARTS.TextStyle(bold=True, code=True)),
        _PARTS.Link(url="https://example.com", text="log"),
        _PARTS.User(user_id="U0ASHA"),
        _PARTS.UserGroup(usergroup_id="S0ONCALL"),
        _PARTS.Channel(channel_id="C0OPS"),
        _PARTS.Emoji(name="warning"),
        _PARTS.Broadcast(range="here"),
        _PARTS.Color(value="#ff0000"),
        _PARTS.Date(timestamp=1_763_800_000, format="{date_short}", fallback="today"),
    ]
)
_RICH = RichTextBlock(
    elements=[
        _LINE,
        RichTextListElement(elements=[_LINE], style="bullet", indent=1, border=0),
        RichTextQuoteElement(elements=[_PARTS.Text(text="x")]),
        RichTextPreformattedElement(elements=[_PARTS.Text(text="Traceback")], border=1),
    ]
)

MESSAGE: dict[str, Block] = {
    "header": HeaderBlock(text="Wave 5"),
    "section": SectionBlock(
        text=MarkdownTextObject(text="*crashed*", verbatim=True),
        fields=["*Agents*", PlainTextObject(text="3 of 25", emoji=True)],
        accessory=OverflowMenuElement(action_id="more", options=_OPTIONS, confirm=_SURE),
        expand=True,
    ),
    "actions": ActionsBlock(
        elements=[
            ButtonElement(text="Stop", action_id="stop", value="5", style="danger", confirm=_SURE),
            StaticSelectElement(
                action_id="wave", placeholder="Wave", options=_OPTIONS, initial_option=_OPTIONS[0]
            ),
            StaticMultiSelectElement(
                action_id="waves",
                option_groups=[OptionGroup(label="b", options=_OPTIONS)],
                max_selected_items=2,
            ),
            UserSelectElement(action_id="who", initial_user="U0ASHA"),
            ConversationSelectElement(action_id="where", filter=ConversationFilter(include=["public"])),
            ChannelMultiSelectElement(action_id="channels", initial_channels=["C0OPS"]),
            ExternalDataSelectElement(action_id="site", min_query_length=2),
            CheckboxesElement(action_id="all", options=_OPTIONS, initial_options=_OPTIONS[:1]),
            RadioButtonsElement(action_id="one", options=_OPTIONS, initial_option=_OPTIONS[1]),
            DatePickerElement(action_id="day", initial_date="2026-11-22"),
            TimePickerElement(action_id="time", initial_time="23:59", timezone="Europe/Berlin"),
            DateTimePickerElement(action_id="moment", initial_date_time=1_763_800_000),
        ]
    ),
    "context": ContextBlock(
        elements=[
            MarkdownTextObject(text="batch 001"),
            ImageElement(image_url="https://example.com/x.png", alt_text="x"),
        ]
    ),
    "context_actions": ContextActionsBlock(
        elements=[
            FeedbackButtonsElement(
                action_id="useful",
                positive_button=FeedbackButtonObject(text="Good", value="good"),
                negative_button=FeedbackButtonObject(text="Bad", value="bad"),
            ),
            IconButtonElement(action_id="delete", icon="trash", text="Delete"),
        ]
    ),
    "divider": DividerBlock(block_id="line"),
    "image": ImageBlock(alt_text="disk", slack_file=SlackFile(id="F0DISK"), title="Disk"),
    "file": FileBlock(external_id="runbook"),
    "markdown": MarkdownBlock(text="**wave 5**"),
    "video": VideoBlock(
        alt_text="x", title="x", video_url="https://example.com/v", thumbnail_url="https://example.com/t.png"
    ),
    "rich_text": _RICH,
    "table": TableBlock(
        rows=[
            [RawTextObject(text="site"), RawNumberObject(value=5, text="5")],
            [_RICH, RawTextObject(text="x")],
        ],
        column_settings=[{"align": "left"}, None],
    ),
    "card": CardBlock(
        title="wave 5", body="degraded", actions=[ButtonElement(text="Open", action_id="open")]
    ),
    "carousel": CarouselBlock(elements=[CardBlock(title="wave 5")]),
    "container": ContainerBlock(title="evidence", child_blocks=[DividerBlock(), SectionBlock(text="x")]),
    "plan": PlanBlock(
        title="P-7K2Q",
        tasks=[TaskCardBlock(task_id="t", title="reset", status="pending", output=_RICH)],
    ),
    "task_card": TaskCardBlock(
        task_id="t",
        title="launch",
        status="in_progress",
        sources=[UrlSourceElement(url="https://example.com", text="log")],
    ),
}

INPUTS: dict[str, InputInteractiveElement] = {
    "plain_text_input": PlainTextInputElement(action_id="a", multiline=True, min_length=1, max_length=3000),
    "email_text_input": EmailInputElement(action_id="a", placeholder="you@example.com"),
    "url_text_input": UrlInputElement(action_id="a", initial_value="https://example.com"),
    "number_input": NumberInputElement(
        action_id="a", is_decimal_allowed=False, min_value="1", max_value="25"
    ),
    "rich_text_input": RichTextInputElement(action_id="a", initial_value=_RICH, focus_on_load=True),
    "checkboxes": CheckboxesElement(action_id="a", options=_OPTIONS),
}


@pytest.mark.parametrize("name", MESSAGE)
def test_a_block_of_a_message_passes(name: str) -> None:
    assert check_blocks([MESSAGE[name].to_dict()], "message") == []


def test_a_message_of_all_of_them_passes() -> None:
    assert check_message({"text": "wave 5", "blocks": [block.to_dict() for block in MESSAGE.values()]}) == []


@pytest.mark.parametrize("name", INPUTS)
def test_a_modal_with_an_input_passes(name: str) -> None:
    asking = InputBlock(label="Why?", element=INPUTS[name], hint="in a sentence", optional=True)
    careful = AlertBlock(text="no way back", level="warning")
    view = View(type="modal", title="Delete", submit="Delete", close="Keep", blocks=[careful, asking])
    assert check_view(view.to_dict(), "modal") == []


def test_an_app_home_passes() -> None:
    names = ("header", "section", "actions", "context", "rich_text", "table", "image")
    view = View(type="home", blocks=[MESSAGE[name] for name in names], private_metadata="")
    assert check_view(view.to_dict(), "home") == []
