"""What Slack makes of typed text."""

import pytest
from hypothesis import given, strategies as st

from bot.workspace.links import escape, link_addresses, link_names

HANDLES = {"wavewarden": "<@U0WARDEN>", "batch-on-call": "<!subteam^S0ONCALL>", "here": "<!here>"}
CHANNELS = {"batch-ops": "<#C0OPS|batch-ops>"}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("lotus.dev", "<http://lotus.dev|lotus.dev>"),
        ("site lotus.dev, please.", "site <http://lotus.dev|lotus.dev>, please."),
        ("Is it my-site.co.uk?", "Is it <http://my-site.co.uk|my-site.co.uk>?"),
        ("REGISTRY.md", "<http://REGISTRY.md|REGISTRY.md>"),
        ("see https://lotus.dev/a?b=c.dev.", "see <https://lotus.dev/a?b=c.dev>."),
        ("`lotus.dev` and ```a.dev\nb.dev```", "`lotus.dev` and ```a.dev\nb.dev```"),
        ("<http://lotus.dev|lotus.dev>", "<http://lotus.dev|lotus.dev>"),
        ("wave-5.log 3.5 e.g. v1.2.3", "wave-5.log 3.5 e.g. v1.2.3"),
        ("mail vera@lotus.dev", "mail vera@lotus.dev"),
    ],
)
def test_addresses_become_links(typed: str, stored: str) -> None:
    assert link_addresses(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("@wavewarden status", "<@U0WARDEN> status"),
        ("@Wavewarden: status", "<@U0WARDEN>: status"),
        ("ask @batch-on-call in #batch-ops", "ask <!subteam^S0ONCALL> in <#C0OPS|batch-ops>"),
        ("@nobody, a@wavewarden, `@here`", "@nobody, a@wavewarden, `@here`"),
    ],
)
def test_names_become_mentions(typed: str, stored: str) -> None:
    assert link_names(typed, HANDLES, CHANNELS) == stored


@given(st.text())
def test_escaped_text_holds_no_markup(text: str) -> None:
    escaped = escape(text)
    assert not set("<>") & set(escaped)
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
