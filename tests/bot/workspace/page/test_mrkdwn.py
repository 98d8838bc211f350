"""mrkdwn, as Slack reads it.

https://docs.slack.dev/messaging/formatting-message-text/
"""

import pytest

from tests.bot.workspace.page.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CASES = [
    # styles
    ("*bold* _italic_ ~gone~", "<p><strong>bold</strong> <em>italic</em> <s>gone</s></p>"),
    ("*_both_*", "<p><strong><em>both</em></strong></p>"),
    ("a*b*c 2*3*4 snake_case_name", "<p>a*b*c 2*3*4 snake_case_name</p>"),
    ("* not bold * and *not either", "<p>* not bold * and *not either</p>"),
    ("(*in brackets*), _end._", "<p>(<strong>in brackets</strong>), <em>end.</em></p>"),
    ("*two\nlines*", "<p>*two\nlines*</p>"),
    ("**twice** __twice__", "<p>**twice** __twice__</p>"),
    # code
    ("`*as is*`", "<p><code>*as is*</code></p>"),
    ("*`bold code`*", "<p><strong><code>bold code</code></strong></p>"),
    ("*a `*` b*", "<p><strong>a <code>*</code> b</strong></p>"),
    ("```\nif a &lt; b:\n    *c*\n```", "<pre><code>if a < b:\n    *c*</code></pre>"),
    ("before ```code``` after", "<p>before </p><pre><code>code</code></pre><p> after</p>"),
    ("```unclosed", "<p>```unclosed</p>"),
    ("`unclosed", "<p>`unclosed</p>"),
    # quotes
    ("&gt; quoted\nnot", "<blockquote>quoted</blockquote><p>not</p>"),
    ("> quoted\n> more", "<blockquote>quoted\nmore</blockquote>"),
    ("a &gt; b", "<p>a > b</p>"),
    ("&gt;&gt;&gt; all\nof it", "<blockquote>all\nof it</blockquote>"),
    # lists are plain text
    ("• one\n• two\n- three", "<p>• one\n• two\n- three</p>"),
    ("# no heading", "<p># no heading</p>"),
    # links
    ("<https://a.example/?x=1&amp;y=2|A>", "<p><a https://a.example/?x=1&y=2>A</a></p>"),
    ("<https://a.example>", "<p><a https://a.example>https://a.example</a></p>"),
    ("<mailto:a@b.example|a@b.example>", "<p><a mailto:a@b.example>a@b.example</a></p>"),
    ("see https://a.example/x_y_z.", "<p>see <a https://a.example/x_y_z>https://a.example/x_y_z</a>.</p>"),
    ("[not](https://a.example)", "<p>[not](<a https://a.example>https://a.example</a>)</p>"),
    ("*<https://a.example|*x*>*", "<p><strong><a https://a.example>*x*</a></strong></p>"),
    # mentions
    ("<@U0VERA> <@U0GONE|gone>", "<p>@Vera Lind @gone</p>"),
    ("<#C0OPS> <#C0OLD|old>", "<p><a #/C0OPS>#batch-ops</a> <a #/C0OLD>#old</a></p>"),
    ("<!subteam^S0ONCALL> <!subteam^S0NONE|@none>", "<p>@batch-on-call @none</p>"),
    ("<!here> <!channel> <!everyone>", "<p>@here @channel @everyone</p>"),
    # emoji
    (":white_check_mark: :rotating_light:", "<p>:white_check_mark: :rotating_light:</p>"),
    (":no_such_emoji: 12:30:45 :wave::skin-tone-3:", "<p>:no_such_emoji: 12:30:45 :wave:</p>"),
    ("\U0001f534 red", "<p>:red_circle: red</p>"),
    # the three escapes, once
    ("&lt;b&gt; &amp;amp; &quot;", "<p><b> &amp; &quot;</p>"),
    ("<what is this>", "<p><what is this></p>"),
]


@pytest.mark.parametrize(("text", "markup"), CASES)
async def test_mrkdwn_reads_as_slack_reads_it(reader: Reader, text: str, markup: str) -> None:
    shown = await reader.html(
        "text/text_object.js", "m.textObject({type: 'mrkdwn', text: args[0]}, names)", text
    )
    assert shown == markup


@pytest.mark.parametrize(
    ("text", "shown"),
    [("*as is* <@U0VERA> `x`", "*as is* <@U0VERA> `x`"), (":eyes: &amp; :none:", ":eyes: & :none:")],
)
async def test_plain_text_knows_only_emoji(reader: Reader, text: str, shown: str) -> None:
    call = "m.textObject({type: 'plain_text', text: args[0]}, names)"
    assert await reader.html("text/text_object.js", call, text) == f"<p>{shown}</p>"


@pytest.mark.parametrize("mark", ["*a ", "_a ", "~a ", "`", "<", "```", ":a", "*_~", "&gt;"])
async def test_unclosed_marks_without_end_are_read_at_once(reader: Reader, mark: str) -> None:
    text = mark * (12_000 // len(mark))
    began = (
        "(() => { const t = performance.now(); m.parse(args[0]); return String(performance.now() - t); })()"
    )
    assert float(await reader.html("text/mrkdwn.js", began, text)) < 1_000
