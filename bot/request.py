"""One request from Slack: what is asked, and where its answer goes."""

from dataclasses import dataclass, field

from commands.reply import Ask


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the caller stood.

    thread_ts: the thread to answer in, if any. message_ts: the message whose button was pressed.
    response_url: Slack's own way back to the caller, 5 times in 30 minutes.
    trigger_id: opens one form, within 3 seconds.
    """

    channel: str
    user: str
    thread_ts: str | None = None
    message_ts: str | None = None
    response_url: str | None = field(default=None, repr=False)
    trigger_id: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """`key` is the same when Slack delivers the same request again."""

    key: str
    line: str
    ask: Ask
    origin: Origin
