"""The same limits asked of two others who know Block Kit: slack_sdk's validators, and slackblocks 3.

Both accept what is at a limit and refuse one over, but for the disagreements listed here, each with its reason;
a disagreement that ends fails a test, so that the list stays true.
"""

from collections.abc import Callable
from typing import get_args

import pytest
import slackblocks as sb
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block, Option, OptionGroup
from slack_sdk.models.views import View
from slackblocks._surfaces import _BLOCK_TYPES_BY_SURFACE
from slackblocks.errors import InvalidUsageError

from bot.workspace.blockkit import Surface, check_view
from bot.workspace.blockkit.catalog import BLOCKS, NOT_TAKEN
from tests.bot.workspace.blockkit.limits import LIMITS, Limit
from tests.bot.workspace.blockkit.samples import Json, modal, plain, section
from tests.bot.workspace.blockkit.test_view import LIMITS as VIEW_LIMITS

_BY_NAME = {limit.what: limit for limit in LIMITS}


# --- slack_sdk ---------------------------------------------------------------------------------------------------

_OPTION = Option(text="x", value="x")

# Options inside a parsed block stay plain dicts, unvalidated; built by themselves they are checked.
SDK_OBJECTS: dict[str, Callable[[int], Option | OptionGroup]] = {
    "an option's text holds 75 characters": lambda n: Option(text="x" * n, value="x"),
    "an option's value holds 150 characters": lambda n: Option(text="x", value="x" * n),
    "an option group's label holds 75 characters": lambda n: OptionGroup(label="x" * n, options=[_OPTION]),
    "an option group has 100 options": lambda n: OptionGroup(label="x", options=[_OPTION] * n),
}

_NO_VALIDATOR = "slack_sdk has no validator for it"
SDK_TAKES_MORE = dict.fromkeys(
    (
        "a section's field holds 2000 characters",
        "a context's text holds 3000 characters",
        "a video's description holds 199 characters",
        "a table has 100 rows",
        "a table has 20 columns",
        "a table has 20 column settings",
        "an alert holds 200 characters",
        "a card has 3 buttons",
        "a plan has 50 tasks",
        "a rich text list is indented by 8",
        "a rich text border is 1 wide",
        "a rich text emoji has skin tone 6",
        "an icon button's value holds 2000 characters",
        "an icon button is visible to 10 people",
        "a workflow button's text holds 75 characters",
        "an overflow option's url holds 3000 characters",
        "an option's description holds 75 characters",
        "checkboxes have 10 options",
        "radio buttons have 10 options",
        "a text input's initial value holds 3000 characters",
        "a text input asks for 3000 characters at least",
        "a text input takes 3000 characters at most",
        "a file input takes 10 files",
        "a rich text input shows 100 lines",
        "a video's alt_text holds 2000 characters",
        "a video's url holds 3000 characters",
        "a video's thumbnail_url holds 3000 characters",
        "a video's title_url holds 2000 characters",
        "a video's provider_icon_url holds 2000 characters",
        "a video's provider_name holds 50 characters",
        "a Slack file's url holds 3000 characters",
        "a task's block_id holds 255 characters",
        "an icon button's text holds 75 characters",
        "a workflow's trigger url holds 3000 characters",
        "an overflow option's text holds 75 characters",
        "a text input dispatches on 2 triggers",
    ),
    _NO_VALIDATOR,
) | {"a card's subtext holds 200 characters": "slack_sdk 3.47 drops a card's subtext"}


def _sdk_takes(limit: Limit, count: int) -> bool:
    build = SDK_OBJECTS.get(limit.what)
    model = build(count) if build else Block.parse(limit.build(count))
    assert model is not None
    try:
        model.to_dict()
    except SlackObjectFormationError:
        return False
    return True


@pytest.mark.parametrize("limit", LIMITS, ids=[limit.what for limit in LIMITS])
def test_slack_sdk_takes_what_is_at_the_limit(limit: Limit) -> None:
    assert _sdk_takes(limit, limit.most)


@pytest.mark.parametrize("limit", LIMITS, ids=[limit.what for limit in LIMITS])
def test_slack_sdk_refuses_one_over_but_for_what_it_does_not_know(limit: Limit) -> None:
    assert _sdk_takes(limit, limit.most + 1) == (limit.what in SDK_TAKES_MORE)


VIEWS: dict[str, tuple[int, Callable[[int], Json]]] = {
    "title": (24, lambda n: modal(title=plain("x" * n))),
    "submit": (24, lambda n: modal(submit=plain("x" * n))),
    "close": (24, lambda n: modal(close=plain("x" * n))),
    "private_metadata": (3000, lambda n: modal(private_metadata="x" * n)),
    "callback_id": (255, lambda n: modal(callback_id="x" * n)),
    "blocks": (100, lambda n: modal(blocks=[section()] * n)),
}


@pytest.mark.parametrize("name", VIEWS)
def test_slack_sdk_agrees_on_what_a_modal_holds(name: str) -> None:
    most, build = VIEWS[name]
    View(**build(most)).to_dict()
    assert check_view(build(most), "modal") == []
    with pytest.raises(SlackObjectFormationError):
        View(**build(most + 1)).to_dict()
    assert check_view(build(most + 1), "modal") != []


# --- slackblocks -------------------------------------------------------------------------------------------------


def _options(count: int) -> list[sb.Option]:
    return [sb.Option(sb.PlainText("x"), str(number)) for number in range(count)]


def _confirm(**words: str) -> sb.ConfirmationDialogue:
    return sb.ConfirmationDialogue(**{"title": "x", "text": "x", "confirm": "x", "deny": "x", **words})  # type: ignore[arg-type]


def _picture(**words: str) -> sb.ImageBlock:
    return sb.ImageBlock(**{"image_url": "x", "alt_text": "x", **words})  # type: ignore[arg-type]


def _video(**words: str) -> sb.VideoBlock:
    needed = {"alt_text": "x", "thumbnail_url": "https://x", "title": "x", "video_url": "https://x"}
    return sb.VideoBlock(**{**needed, **words})


def _feedback(**words: str) -> sb.FeedbackButton:
    return sb.FeedbackButton(**{"text": "x", "value": "x", **words})


def _table(rows: int = 1, cells: int = 1, settings: int = 0) -> sb.TableBlock:
    return sb.TableBlock(
        rows=[[sb.RawText("x") for _ in range(cells)] for _ in range(rows)],
        column_settings=[sb.ColumnSettings(align="left") for _ in range(settings)] or None,
    )


def _tasks(count: int) -> sb.PlanBlock:
    return sb.PlanBlock(
        "x", [sb.TaskCardBlock(f"t{number}", "x", status="complete") for number in range(count)]
    )


_LINE = sb.RichTextSection(sb.RichText("x"))
_WORKFLOW = sb.Workflow(sb.Trigger("https://slack.com/shortcuts/Ft1/x", None))

SLACKBLOCKS: dict[str, Callable[[int], object]] = {
    "a block_id holds 255 characters": lambda n: sb.DividerBlock(block_id="x" * n),
    "a section's text holds 3000 characters": lambda n: sb.SectionBlock("x" * n),
    "a section has 10 fields": lambda n: sb.SectionBlock(fields=["x"] * n),
    "a section's field holds 2000 characters": lambda n: sb.SectionBlock(fields=["x" * n]),
    "a header holds 150 characters": lambda n: sb.HeaderBlock("x" * n),
    "a context has 10 elements": lambda n: sb.ContextBlock([sb.Text("x")] * n),
    "a context's text holds 3000 characters": lambda n: sb.ContextBlock([sb.Text("x" * n)]),
    "an actions block has 25 elements": lambda n: sb.ActionsBlock([sb.Button("x")] * n),
    "a context_actions block has 5 elements": lambda n: sb.ContextActionsBlock([sb.IconButton("x")] * n),
    "an input's label holds 2000 characters": lambda n: sb.InputBlock("x" * n, sb.PlainTextInput()),
    "an input's hint holds 2000 characters": lambda n: sb.InputBlock("x", sb.PlainTextInput(), hint="x" * n),
    "a markdown block holds 12000 characters": lambda n: sb.MarkdownBlock("x" * n),
    "an image's url holds 3000 characters": lambda n: _picture(image_url="x" * n),
    "an image's alt_text holds 2000 characters": lambda n: _picture(alt_text="x" * n),
    "an image's title holds 2000 characters": lambda n: _picture(title="x" * n),
    "a video's title holds 199 characters": lambda n: _video(title="x" * n),
    "a video's author holds 49 characters": lambda n: _video(author_name="x" * n),
    "a video's description holds 199 characters": lambda n: _video(description="x" * n),
    "a video's alt_text holds 2000 characters": lambda n: _video(alt_text="x" * n),
    "a video's url holds 3000 characters": lambda n: _video(video_url="x" * n),
    "a video's thumbnail_url holds 3000 characters": lambda n: _video(thumbnail_url="x" * n),
    "a video's title_url holds 2000 characters": lambda n: _video(title_url="x" * n),
    "a video's provider_icon_url holds 2000 characters": lambda n: _video(provider_icon_url="x" * n),
    "a video's provider_name holds 50 characters": lambda n: _video(provider_name="x" * n),
    "a rich text's block_id holds 255 characters": lambda n: sb.RichTextBlock(_LINE, block_id="x" * n),
    "an image accessory's url holds 3000 characters": lambda n: sb.Image(image_url="x" * n, alt_text="x"),
    "an image accessory's alt_text holds 2000 characters": lambda n: sb.Image(
        image_url="x", alt_text="x" * n
    ),
    "a task's block_id holds 255 characters": lambda n: sb.TaskCardBlock(
        "t", "x", status="error", block_id="x" * n
    ),
    "a checkbox's text holds 75 characters": lambda n: sb.Option(sb.Markdown("x" * n), "x"),
    "an overflow option's text holds 75 characters": lambda n: sb.Option(sb.PlainText("x" * n), "x", url="x"),
    "a text input dispatches on 2 triggers": lambda n: sb.DispatchActionConfiguration(
        ["on_enter_pressed"] * n
    ),
    "a table has 100 rows": lambda n: _table(rows=n),
    "a table has 20 columns": lambda n: _table(cells=n),
    "a table has 20 column settings": lambda n: _table(settings=n),
    "an alert holds 200 characters": lambda n: sb.AlertBlock("x" * n),
    "a card's title holds 150 characters": lambda n: sb.CardBlock(title="x" * n),
    "a card's subtitle holds 150 characters": lambda n: sb.CardBlock(title="x", subtitle="x" * n),
    "a card's body holds 200 characters": lambda n: sb.CardBlock(body="x" * n),
    "a card's subtext holds 200 characters": lambda n: sb.CardBlock(title="x", subtext="x" * n),
    "a card has 3 buttons": lambda n: sb.CardBlock(actions=[sb.Button("x")] * n),
    "a carousel has 10 cards": lambda n: sb.CarouselBlock([sb.CardBlock(title="x")] * n),
    "a container has 10 blocks": lambda n: sb.ContainerBlock([sb.DividerBlock()] * n, title="x"),
    "a container's title holds 150 characters": lambda n: sb.ContainerBlock(
        [sb.DividerBlock()], title="x" * n
    ),
    "a container's subtitle holds 150 characters": lambda n: sb.ContainerBlock(
        [sb.DividerBlock()], title="x", subtitle="x" * n
    ),
    "a plan has 50 tasks": _tasks,
    "a rich text list is indented by 8": lambda n: sb.RichTextList("bullet", _LINE, indent=n),
    "a rich text border is 1 wide": lambda n: sb.RichTextQuote(sb.RichText("x"), border=n),
    "an action_id holds 255 characters": lambda n: sb.Button("x", action_id="x" * n),
    "a button's text holds 75 characters": lambda n: sb.Button("x" * n),
    "a button's value holds 2000 characters": lambda n: sb.Button("x", value="x" * n),
    "a button's url holds 3000 characters": lambda n: sb.Button("x", url="x" * n),
    "a button's accessibility_label holds 75 characters": lambda n: sb.Button(
        "x", accessibility_label="x" * n
    ),
    "a button's agent_prompt holds 4000 characters": lambda n: sb.Button("x", agent_prompt="x" * n),
    "an icon button's value holds 2000 characters": lambda n: sb.IconButton("x", value="x" * n),
    "an icon button is visible to 10 people": lambda n: sb.IconButton("x", visible_to_user_ids=["U0"] * n),
    "a feedback button's text holds 75 characters": lambda n: _feedback(text="x" * n),
    "a feedback button's value holds 2000 characters": lambda n: _feedback(value="x" * n),
    "a workflow button's text holds 75 characters": lambda n: sb.WorkflowButton(
        "x" * n, _WORKFLOW, action_id="a"
    ),
    "a confirm dialog's title holds 100 characters": lambda n: _confirm(title="x" * n),
    "a confirm dialog's text holds 300 characters": lambda n: _confirm(text="x" * n),
    "a confirm dialog's confirm button holds 30 characters": lambda n: _confirm(confirm="x" * n),
    "a confirm dialog's deny button holds 30 characters": lambda n: _confirm(deny="x" * n),
    "an overflow menu has 5 options": lambda n: sb.OverflowMenu("a", _options(n)),
    "an overflow option's url holds 3000 characters": lambda n: sb.Option("x", "x", url="x" * n),
    "a select has 100 options": lambda n: sb.StaticSelectMenu("a", _options(n)),
    "a select has 100 option groups": lambda n: sb.StaticSelectMenu(
        "a", option_groups=[sb.OptionGroup("x", _options(1))] * n
    ),
    "an option group has 100 options": lambda n: sb.OptionGroup("x", _options(n)),
    "an option group's label holds 75 characters": lambda n: sb.OptionGroup("x" * n, _options(1)),
    "a multi-select has 100 options": lambda n: sb.StaticMultiSelectMenu("a", _options(n)),
    "an option's text holds 75 characters": lambda n: sb.Option("x" * n, "x"),
    "an option's value holds 150 characters": lambda n: sb.Option("x", "x" * n),
    "an option's description holds 75 characters": lambda n: sb.Option("x", "x", description="x" * n),
    "a select's placeholder holds 150 characters": lambda n: sb.StaticSelectMenu(
        "a", _options(1), placeholder="x" * n
    ),
    "checkboxes have 10 options": lambda n: sb.CheckboxGroup("a", _options(n)),
    "radio buttons have 10 options": lambda n: sb.RadioButtonGroup("a", _options(n)),
    "a text input asks for 3000 characters at least": lambda n: sb.PlainTextInput(min_length=n),
    "a text input takes 3000 characters at most": lambda n: sb.PlainTextInput(max_length=n),
    "a text input's placeholder holds 150 characters": lambda n: sb.PlainTextInput(placeholder="x" * n),
    "a file input takes 10 files": lambda n: sb.FileInput(max_files=n),
    "a rich text input shows 100 lines": lambda n: sb.RichTextInput("a", max_lines=n),
}

_LESS_THAN = "Slack's reference says less than the number; slackblocks reads it as at most"
SLACKBLOCKS_TAKES_MORE = dict.fromkeys(
    (
        "a video's title holds 199 characters",
        "a video's author holds 49 characters",
        "a video's description holds 199 characters",
    ),
    _LESS_THAN,
)

_NO_LIMIT = "slackblocks has no limit for it"
SLACKBLOCKS_SILENT = dict.fromkeys(
    (
        "a rich text emoji has skin tone 6",
        "a text input's initial value holds 3000 characters",
        "a datetime picker starts at a moment of ten digits",
        "a Slack file's url holds 3000 characters",
        "a workflow's trigger url holds 3000 characters",
        "an icon button's text holds 75 characters",
    ),
    _NO_LIMIT,
)


def _slackblocks_takes(what: str, count: int) -> bool:
    try:
        SLACKBLOCKS[what](count)
    except InvalidUsageError:
        return False
    return True


def test_slackblocks_is_asked_about_every_limit_it_knows() -> None:
    assert set(SLACKBLOCKS) | set(SLACKBLOCKS_SILENT) == set(_BY_NAME)
    assert not set(SLACKBLOCKS) & set(SLACKBLOCKS_SILENT)


@pytest.mark.parametrize("what", SLACKBLOCKS)
def test_slackblocks_takes_what_is_at_the_limit(what: str) -> None:
    assert _slackblocks_takes(what, _BY_NAME[what].most)


@pytest.mark.parametrize("what", SLACKBLOCKS)
def test_slackblocks_refuses_one_over_but_for_the_listed(what: str) -> None:
    assert _slackblocks_takes(what, _BY_NAME[what].most + 1) == (what in SLACKBLOCKS_TAKES_MORE)


SLACKBLOCKS_VIEWS: dict[str, tuple[int, Callable[[int], object]]] = {
    "title": (24, lambda n: sb.ModalView("x" * n, sb.DividerBlock())),
    "submit": (24, lambda n: sb.ModalView("x", sb.DividerBlock(), submit="x" * n)),
    "close": (24, lambda n: sb.ModalView("x", sb.DividerBlock(), close="x" * n)),
    "private_metadata": (3000, lambda n: sb.ModalView("x", sb.DividerBlock(), private_metadata="x" * n)),
    "callback_id": (255, lambda n: sb.ModalView("x", sb.DividerBlock(), callback_id="x" * n)),
    "external_id": (255, lambda n: sb.ModalView("x", sb.DividerBlock(), external_id="x" * n)),
    "blocks": (100, lambda n: sb.ModalView("x", [sb.DividerBlock() for _ in range(n)])),
}


@pytest.mark.parametrize("name", SLACKBLOCKS_VIEWS)
def test_slackblocks_agrees_on_what_a_modal_holds(name: str) -> None:
    most, build = SLACKBLOCKS_VIEWS[name]
    build(most)
    with pytest.raises(InvalidUsageError):
        build(most + 1)
    # the same number stands in test_view's table
    assert (name, most) in [limit[:2] for limit in VIEW_LIMITS]


def test_slackblocks_agrees_that_an_input_in_a_modal_needs_a_submit() -> None:
    asking = sb.InputBlock("x", sb.PlainTextInput())
    with pytest.raises(InvalidUsageError):
        sb.ModalView("x", asking)
    sb.ModalView("x", asking, submit="x")


def test_slackblocks_agrees_on_fifty_blocks_a_message() -> None:
    sb.Message("C0OPS", "x", blocks=[sb.DividerBlock() for _ in range(50)])
    with pytest.raises(InvalidUsageError):
        sb.Message("C0OPS", "x", blocks=[sb.DividerBlock() for _ in range(51)])


@pytest.mark.parametrize("surface", get_args(Surface))
def test_slackblocks_agrees_on_which_block_is_taken_where(surface: Surface) -> None:
    ours = {name for name, known in BLOCKS.items() if surface in known.surfaces}
    # Their lists have two blocks more, which this workspace does not take at all.
    assert _BLOCK_TYPES_BY_SURFACE[surface] - set(NOT_TAKEN) == ours
