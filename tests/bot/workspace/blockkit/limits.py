"""The limits of blocks as a table: what is limited, to how much, a block that has so much, where it is refused."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.workspace.blockkit import Surface
from tests.bot.workspace.blockkit.samples import (
    Json,
    actions,
    button,
    card,
    confirm,
    container,
    entry,
    feedback,
    group,
    mrkdwn,
    option,
    options,
    picture,
    plain,
    plan,
    rich,
    section,
    select,
    table,
    task,
    trash,
    video,
    words,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit; `build(n)` is a block that has n of what is limited; `path` is where n = most + 1 is refused."""

    what: str
    most: int
    build: Callable[[int], Json]
    path: str
    surface: Surface = "message"


def _url(size: int) -> str:
    return "https://".ljust(size, "x")


def _checkboxes(count: int) -> Json:
    return {"type": "checkboxes", "options": options(count)}


def _menu(text: Json) -> Json:
    return section(accessory=select(options=[option(text=text)]))


def _context_actions(*elements: Json) -> Json:
    return {"type": "context_actions", "elements": list(elements)}


def _feedback(**more: object) -> Json:
    return feedback(positive_button={"text": plain("Good"), "value": "good", **more})


def _listed(**more: object) -> Json:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [], **more}],
    }


def _workflow(**more: object) -> Json:
    trigger = {"url": "https://slack.com/shortcuts/Ft1/x"}
    return {
        "type": "workflow_button",
        "action_id": "run",
        "text": plain("Run"),
        "workflow": {"trigger": trigger},
        **more,
    }


_LAYOUT = (
    Limit("a block_id holds 255 characters", 255, lambda n: section(block_id="x" * n), "block_id"),
    Limit(
        "a section's text holds 3000 characters", 3000, lambda n: section(text=mrkdwn("x" * n)), "text.text"
    ),
    Limit("a section has 10 fields", 10, lambda n: section(fields=[plain("x")] * n), "fields"),
    Limit(
        "a section's field holds 2000 characters",
        2000,
        lambda n: section(fields=[mrkdwn("x" * n)]),
        "fields[0].text",
    ),
    Limit(
        "a header holds 150 characters",
        150,
        lambda n: {"type": "header", "text": plain("x" * n)},
        "text.text",
    ),
    Limit(
        "a context has 10 elements",
        10,
        lambda n: {"type": "context", "elements": [mrkdwn("x")] * n},
        "elements",
    ),
    Limit(
        "a context's text holds 3000 characters",
        3000,
        lambda n: {"type": "context", "elements": [mrkdwn("x" * n)]},
        "elements[0].text",
    ),
    Limit("an actions block has 25 elements", 25, lambda n: actions(*[button()] * n), "elements"),
    Limit(
        "a context_actions block has 5 elements", 5, lambda n: _context_actions(*[trash()] * n), "elements"
    ),
    Limit(
        "an input's label holds 2000 characters",
        2000,
        lambda n: entry(words(), label=plain("x" * n)),
        "label.text",
    ),
    Limit(
        "an input's hint holds 2000 characters",
        2000,
        lambda n: entry(words(), hint=plain("x" * n)),
        "hint.text",
    ),
    Limit(
        "a markdown block holds 12000 characters",
        12_000,
        lambda n: {"type": "markdown", "text": "x" * n},
        "text",
    ),
    Limit("an image's url holds 3000 characters", 3000, lambda n: picture(image_url="x" * n), "image_url"),
    Limit("an image's alt_text holds 2000 characters", 2000, lambda n: picture(alt_text="x" * n), "alt_text"),
    Limit(
        "an image's title holds 2000 characters", 2000, lambda n: picture(title=plain("x" * n)), "title.text"
    ),
    Limit("a video's title holds 199 characters", 199, lambda n: video(title=plain("x" * n)), "title.text"),
    Limit("a video's author holds 49 characters", 49, lambda n: video(author_name="x" * n), "author_name"),
    Limit(
        "a video's description holds 199 characters",
        199,
        lambda n: video(description=plain("x" * n)),
        "description.text",
    ),
    Limit("a video's alt_text holds 2000 characters", 2000, lambda n: video(alt_text="x" * n), "alt_text"),
    Limit("a video's url holds 3000 characters", 3000, lambda n: video(video_url=_url(n)), "video_url"),
    Limit(
        "a video's thumbnail_url holds 3000 characters",
        3000,
        lambda n: video(thumbnail_url="x" * n),
        "thumbnail_url",
    ),
    Limit("a video's title_url holds 2000 characters", 2000, lambda n: video(title_url=_url(n)), "title_url"),
    Limit(
        "a video's provider_icon_url holds 2000 characters",
        2000,
        lambda n: video(provider_icon_url="x" * n),
        "provider_icon_url",
    ),
    Limit(
        "a video's provider_name holds 50 characters",
        50,
        lambda n: video(provider_name="x" * n),
        "provider_name",
    ),
    Limit(
        "a rich text's block_id holds 255 characters",
        255,
        lambda n: {**rich(), "block_id": "x" * n},
        "block_id",
    ),
    Limit(
        "a Slack file's url holds 3000 characters",
        3000,
        lambda n: {"type": "image", "alt_text": "x", "slack_file": {"url": "x" * n}},
        "slack_file.url",
    ),
    Limit(
        "an image accessory's url holds 3000 characters",
        3000,
        lambda n: section(accessory=picture(image_url="x" * n)),
        "accessory.image_url",
    ),
    Limit(
        "an image accessory's alt_text holds 2000 characters",
        2000,
        lambda n: section(accessory=picture(alt_text="x" * n)),
        "accessory.alt_text",
    ),
    Limit("a table has 100 rows", 100, lambda n: table(rows=n), "rows"),
    Limit("a table has 20 columns", 20, lambda n: table(cells=n), "rows[0]"),
    Limit(
        "a table has 20 column settings",
        20,
        lambda n: {**table(), "column_settings": [{}] * n},
        "column_settings",
    ),
)

_NEWER = (
    Limit(
        "an alert holds 200 characters",
        200,
        lambda n: {"type": "alert", "text": plain("x" * n)},
        "text.text",
        "modal",
    ),
    Limit("a card's title holds 150 characters", 150, lambda n: card(title=plain("x" * n)), "title.text"),
    Limit(
        "a card's subtitle holds 150 characters",
        150,
        lambda n: card(subtitle=plain("x" * n)),
        "subtitle.text",
    ),
    Limit("a card's body holds 200 characters", 200, lambda n: card(body=plain("x" * n)), "body.text"),
    Limit(
        "a card's subtext holds 200 characters", 200, lambda n: card(subtext=plain("x" * n)), "subtext.text"
    ),
    Limit("a card has 3 buttons", 3, lambda n: card(actions=[button()] * n), "actions"),
    Limit(
        "a carousel has 10 cards", 10, lambda n: {"type": "carousel", "elements": [card()] * n}, "elements"
    ),
    Limit("a container has 10 blocks", 10, lambda n: container(child_blocks=[section()] * n), "child_blocks"),
    Limit(
        "a container's title holds 150 characters",
        150,
        lambda n: container(title=plain("x" * n)),
        "title.text",
    ),
    Limit(
        "a container's subtitle holds 150 characters",
        150,
        lambda n: container(subtitle=plain("x" * n)),
        "subtitle.text",
    ),
    Limit(
        "a plan has 50 tasks",
        50,
        lambda n: plan(*(task(task_id=f"t{number}") for number in range(n))),
        "tasks",
    ),
    Limit(
        "a task's block_id holds 255 characters",
        255,
        lambda n: plan(task(block_id="x" * n)),
        "tasks[0].block_id",
    ),
    Limit("a rich text list is indented by 8", 8, lambda n: _listed(indent=n), "elements[0].indent"),
    Limit("a rich text border is 1 wide", 1, lambda n: _listed(border=n), "elements[0].border"),
    Limit(
        "a rich text emoji has skin tone 6",
        6,
        lambda n: rich({"type": "emoji", "name": "wave", "skin_tone": n}),
        "elements[0].elements[0].skin_tone",
    ),
)

_BUTTONS = (
    Limit(
        "an action_id holds 255 characters",
        255,
        lambda n: actions(button(action_id="x" * n)),
        "elements[0].action_id",
    ),
    Limit(
        "a button's text holds 75 characters",
        75,
        lambda n: actions(button(text=plain("x" * n))),
        "elements[0].text.text",
    ),
    Limit(
        "a button's value holds 2000 characters",
        2000,
        lambda n: actions(button(value="x" * n)),
        "elements[0].value",
    ),
    Limit(
        "a button's url holds 3000 characters",
        3000,
        lambda n: section(accessory=button(url="x" * n)),
        "accessory.url",
    ),
    Limit(
        "a button's accessibility_label holds 75 characters",
        75,
        lambda n: actions(button(accessibility_label="x" * n)),
        "elements[0].accessibility_label",
    ),
    Limit(
        "a button's agent_prompt holds 4000 characters",
        4000,
        lambda n: actions(button(agent_prompt="x" * n)),
        "elements[0].agent_prompt",
    ),
    Limit(
        "an icon button's text holds 75 characters",
        75,
        lambda n: _context_actions(trash(text=plain("x" * n))),
        "elements[0].text.text",
    ),
    Limit(
        "a workflow's trigger url holds 3000 characters",
        3000,
        lambda n: actions(_workflow(workflow={"trigger": {"url": "x" * n}})),
        "elements[0].workflow.trigger.url",
    ),
    Limit(
        "an icon button's value holds 2000 characters",
        2000,
        lambda n: _context_actions(trash(value="x" * n)),
        "elements[0].value",
    ),
    Limit(
        "an icon button is visible to 10 people",
        10,
        lambda n: _context_actions(trash(visible_to_user_ids=["U0VERA"] * n)),
        "elements[0].visible_to_user_ids",
    ),
    Limit(
        "a feedback button's text holds 75 characters",
        75,
        lambda n: _context_actions(_feedback(text=plain("x" * n))),
        "elements[0].positive_button.text.text",
    ),
    Limit(
        "a feedback button's value holds 2000 characters",
        2000,
        lambda n: _context_actions(_feedback(value="x" * n)),
        "elements[0].positive_button.value",
    ),
    Limit(
        "a workflow button's text holds 75 characters",
        75,
        lambda n: actions(_workflow(text=plain("x" * n))),
        "elements[0].text.text",
    ),
    Limit(
        "a confirm dialog's title holds 100 characters",
        100,
        lambda n: actions(button(confirm=confirm(title=plain("x" * n)))),
        "elements[0].confirm.title.text",
    ),
    Limit(
        "a confirm dialog's text holds 300 characters",
        300,
        lambda n: actions(button(confirm=confirm(text=mrkdwn("x" * n)))),
        "elements[0].confirm.text.text",
    ),
    Limit(
        "a confirm dialog's confirm button holds 30 characters",
        30,
        lambda n: actions(button(confirm=confirm(confirm=plain("x" * n)))),
        "elements[0].confirm.confirm.text",
    ),
    Limit(
        "a confirm dialog's deny button holds 30 characters",
        30,
        lambda n: actions(button(confirm=confirm(deny=plain("x" * n)))),
        "elements[0].confirm.deny.text",
    ),
)

_CHOICES = (
    Limit(
        "an overflow menu has 5 options",
        5,
        lambda n: section(accessory={"type": "overflow", "options": options(n)}),
        "accessory.options",
    ),
    Limit(
        "an overflow option's url holds 3000 characters",
        3000,
        lambda n: section(accessory={"type": "overflow", "options": [option(url="x" * n)]}),
        "accessory.options[0].url",
    ),
    Limit(
        "a select has 100 options",
        100,
        lambda n: section(accessory=select(options=options(n))),
        "accessory.options",
    ),
    Limit(
        "a select has 100 option groups",
        100,
        lambda n: section(accessory={"type": "static_select", "option_groups": [group()] * n}),
        "accessory.option_groups",
    ),
    Limit(
        "an option group has 100 options",
        100,
        lambda n: section(accessory={"type": "static_select", "option_groups": [group(n)]}),
        "accessory.option_groups[0].options",
    ),
    Limit(
        "an option group's label holds 75 characters",
        75,
        lambda n: section(
            accessory={"type": "static_select", "option_groups": [{**group(), "label": plain("x" * n)}]}
        ),
        "accessory.option_groups[0].label.text",
    ),
    Limit(
        "a multi-select has 100 options",
        100,
        lambda n: section(accessory={"type": "multi_static_select", "options": options(n)}),
        "accessory.options",
    ),
    Limit(
        "an option's text holds 75 characters",
        75,
        lambda n: _menu(plain("x" * n)),
        "accessory.options[0].text.text",
    ),
    Limit(
        "an option's value holds 150 characters",
        150,
        lambda n: section(accessory=select(options=[{"text": plain("x"), "value": "x" * n}])),
        "accessory.options[0].value",
    ),
    Limit(
        "an option's description holds 75 characters",
        75,
        lambda n: section(accessory=select(options=[option(description=plain("x" * n))])),
        "accessory.options[0].description.text",
    ),
    Limit(
        "a select's placeholder holds 150 characters",
        150,
        lambda n: section(accessory=select(placeholder=plain("x" * n))),
        "accessory.placeholder.text",
    ),
    Limit(
        "a checkbox's text holds 75 characters",
        75,
        lambda n: actions({"type": "checkboxes", "options": [option(text=mrkdwn("x" * n))]}),
        "elements[0].options[0].text.text",
    ),
    Limit(
        "an overflow option's text holds 75 characters",
        75,
        lambda n: section(accessory={"type": "overflow", "options": [option(text=plain("x" * n))]}),
        "accessory.options[0].text.text",
    ),
    Limit("checkboxes have 10 options", 10, lambda n: actions(_checkboxes(n)), "elements[0].options"),
    Limit(
        "radio buttons have 10 options",
        10,
        lambda n: actions({"type": "radio_buttons", "options": options(n)}),
        "elements[0].options",
    ),
)

_INPUTS = (
    Limit(
        "a text input's initial value holds 3000 characters",
        3000,
        lambda n: entry(words(initial_value="x" * n)),
        "element.initial_value",
        "modal",
    ),
    Limit(
        "a text input asks for 3000 characters at least",
        3000,
        lambda n: entry(words(min_length=n)),
        "element.min_length",
        "modal",
    ),
    Limit(
        "a text input takes 3000 characters at most",
        3000,
        lambda n: entry(words(max_length=n)),
        "element.max_length",
        "modal",
    ),
    Limit(
        "a text input's placeholder holds 150 characters",
        150,
        lambda n: entry(words(placeholder=plain("x" * n))),
        "element.placeholder.text",
        "modal",
    ),
    Limit(
        "a text input dispatches on 2 triggers",
        2,
        lambda n: entry(words(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"] * n})),
        "element.dispatch_action_config.trigger_actions_on",
        "modal",
    ),
    Limit(
        "a file input takes 10 files",
        10,
        lambda n: entry({"type": "file_input", "max_files": n}),
        "element.max_files",
        "modal",
    ),
    Limit(
        "a rich text input shows 100 lines",
        100,
        lambda n: entry({"type": "rich_text_input", "action_id": "a", "max_lines": n}),
        "element.max_lines",
        "modal",
    ),
    Limit(
        "a datetime picker starts at a moment of ten digits",
        9_999_999_999,
        lambda n: entry({"type": "datetimepicker", "initial_date_time": n}),
        "element.initial_date_time",
        "modal",
    ),
)

LIMITS = (*_LAYOUT, *_NEWER, *_BUTTONS, *_CHOICES, *_INPUTS)
