"""The rich text block: sections, lists, quotes, preformatted text, and what stands in a line.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Mapping

from bot.workspace.blockkit.rules import Among, Flag, Rule, String, Whole, Written
from bot.workspace.blockkit.shapes import Many, OneOf, Shape, typed

_STYLE = Shape(
    # The reference names different flags for text and for mentions; Slack takes any of them on any element.
    optional={
        name: Flag()
        for name in (
            "bold",
            "italic",
            "strike",
            "code",
            "underline",
            "highlight",
            "client_highlight",
            "unlink",
        )
    }
)


def _piece(
    kind: str, required: Mapping[str, Rule] | None = None, optional: Mapping[str, Rule] | None = None
) -> Shape:
    return typed(kind, required=required, optional={"style": _STYLE, **(optional or {})})


_TEXT = _piece("text", {"text": String()})
_LINK = _piece("link", {"url": String()}, {"text": String(), "unsafe": Flag()})
_PIECES = OneOf(
    {
        "text": _TEXT,
        "link": _LINK,
        "user": _piece("user", {"user_id": String()}),
        "usergroup": _piece("usergroup", {"usergroup_id": String()}),
        "channel": _piece("channel", {"channel_id": String()}),
        "team": _piece("team", {"team_id": String()}),
        "broadcast": _piece("broadcast", {"range": Among(("here", "channel", "everyone"))}),
        "color": _piece("color", {"value": Written("#?[0-9a-fA-F]{6}", "a hex color")}),
        "emoji": _piece(
            "emoji",
            {"name": String()},
            {"unicode": String(), "skin_tone": Whole(min=1, max=6), "url": String()},
        ),
        "date": _piece(
            "date", {"timestamp": Whole(min=0), "format": String()}, {"url": String(), "fallback": String()}
        ),
    }
)

# Lists may be empty here and nowhere else; slack_sdk keeps the same exceptions.
_LINE = Many(_PIECES, min=0)
_BORDER: Mapping[str, Rule] = {"border": Whole(min=0, max=1)}
_SECTION = typed("rich_text_section", required={"elements": _LINE})

_PARTS = OneOf(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": typed(
            "rich_text_list",
            required={
                "style": Among(("bullet", "ordered")),
                "elements": Many(OneOf({"rich_text_section": _SECTION}), min=0),
            },
            optional={"indent": Whole(min=0, max=8), "offset": Whole(min=0), **_BORDER},
        ),
        "rich_text_quote": typed("rich_text_quote", required={"elements": _LINE}, optional=_BORDER),
        "rich_text_preformatted": typed(
            "rich_text_preformatted",
            required={"elements": Many(OneOf({"text": _TEXT, "link": _LINK}), min=0)},
            optional={"language": String(), **_BORDER},
        ),
    }
)

RICH_TEXT = typed("rich_text", required={"elements": Many(_PARTS)}, optional={"block_id": String(255)})
