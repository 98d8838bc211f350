"""The markdown block and rich_text, by the same eyes as mrkdwn."""

import pytest

from tests.bot.workspace.page.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MARKDOWN = [
    ("# One\n\ntext", "<h3>One</h3><p>text</p>"),
    (
        "**bold** *italic* _italic_ ~~gone~~",
        "<p><strong>bold</strong> <em>italic</em> <em>italic</em> <s>gone</s></p>",
    ),
    ("snake_case_name 2*3*4", "<p>snake_case_name 2<em>3</em>4</p>"),
    ("`a * b` ``a ` b``", "<p><code>a * b</code> <code>a ` b</code></p>"),
    ("```sh\nls <b>\n```", "<pre><code>ls <b></code></pre>"),
    (
        "[a](https://a.example) ![pic](https://a.example/p.png)",
        "<p><a https://a.example>a</a> <a https://a.example/p.png>pic</a></p>",
    ),
    ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
    (
        "- one\n- two\n  1. deep\n- [x] done",
        "<ul><li>one</li><li>two<ol><li>deep</li></ol></li><li>☑ done</li></ul>",
    ),
    ("> quoted\n> *more*", "<blockquote><p>quoted\n<em>more</em></p></blockquote>"),
    ("a\n\n---\n\nb", "<p>a</p><hr></hr><p>b</p>"),
    (
        "| a | b |\n|---|---|\n| 1 | `2` |",
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td><code>2</code></td></tr></tbody></table>",
    ),
    ("\\*as is\\* &amp; <b>", "<p>*as is* &amp; <b></p>"),
]


@pytest.mark.parametrize(("text", "markup"), MARKDOWN)
async def test_a_markdown_block_is_standard_markdown(reader: Reader, text: str, markup: str) -> None:
    assert await reader.html("text/markdown.js", "m.markdown(args[0], names)", text) == markup


@pytest.mark.parametrize("mark", ["*a ", "**", "[", "`", "~~", "> ", "- ", "| ", "_a", "[a](", "<"])
async def test_markdown_without_end_is_read_at_once(reader: Reader, mark: str) -> None:
    text = mark * (12_000 // len(mark))
    began = "(() => { const t = performance.now(); m.markdown(args[0], names); return String(performance.now() - t); })()"
    assert float(await reader.html("text/markdown.js", began, text)) < 2_000


RICH = [
    (
        {"type": "text", "text": "a <b> &amp; *c*", "style": {"bold": True, "italic": True}},
        "<p><em><strong>a <b> &amp; *c*</strong></em></p>",
    ),
    (
        {"type": "text", "text": "x", "style": {"strike": True, "underline": True, "code": True}},
        "<p><u><s><code>x</code></s></u></p>",
    ),
    ({"type": "link", "url": "https://a.example", "text": "A"}, "<p><a https://a.example>A</a></p>"),
    ({"type": "emoji", "name": "eyes"}, "<p>:eyes:</p>"),
    ({"type": "user", "user_id": "U0VERA"}, "<p>@Vera Lind</p>"),
    ({"type": "channel", "channel_id": "C0OPS"}, "<p><a #/C0OPS>#batch-ops</a></p>"),
    ({"type": "usergroup", "usergroup_id": "S0ONCALL"}, "<p>@batch-on-call</p>"),
    ({"type": "broadcast", "range": "here"}, "<p>@here</p>"),
    ({"type": "color", "value": "#aa3300"}, "<p>#aa3300</p>"),
    ({"type": "date", "timestamp": 1, "format": "{date_num}", "fallback": "f"}, "<p>1970-01-01</p>"),
]


@pytest.mark.parametrize(("element", "markup"), RICH)
async def test_each_rich_text_element_is_shown(reader: Reader, element: object, markup: str) -> None:
    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}
    assert await reader.html("text/rich.js", "m.richText(args[0], names)", block) == markup


async def test_each_part_of_rich_text_is_shown(reader: Reader) -> None:
    text = [{"type": "text", "text": "x"}]
    section = {"type": "rich_text_section", "elements": text}
    parts = [
        {"type": "rich_text_quote", "elements": text},
        {"type": "rich_text_preformatted", "elements": text},
        {"type": "rich_text_list", "style": "bullet", "elements": [section]},
        {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": [section, section]},
    ]
    markup = await reader.html("text/rich.js", "m.richText(args[0], names)", {"elements": parts})
    assert markup == (
        "<blockquote>x</blockquote><pre><code>x</code></pre><ul><li>x</li></ul><ol><li>x</li><li>x</li></ol>"
    )
