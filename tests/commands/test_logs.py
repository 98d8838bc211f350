"""`batch logs`: ends of logs, and what they say of one site and no other."""

from pathlib import Path

from commands.reply import Lines, Reply
from tests.commands.conftest import Asks


def lines(reply: Reply) -> list[str]:
    return [line for part in reply.parts if isinstance(part, Lines) for line in part.lines]


def put(root: Path, name: str, *texts: str) -> None:
    (root / name).write_text("".join(f"{text}\n" for text in texts))


def test_the_last_lines_of_a_waves_log(asks: Asks, demo_host: Path) -> None:
    put(demo_host, "logs/wave-2.log", *(f"line {number}" for number in range(200)))
    reply = asks("batch logs wave 2")
    assert lines(reply) == [f"line {number}" for number in range(100, 200)]
    assert reply.headline == "100 lines of logs/wave-2.log, no error."
    assert lines(asks("batch logs wave 2 -n 3")) == ["line 197", "line 198", "line 199"]


def test_only_errors_grouped_by_kind_in_the_headline(asks: Asks, demo_host: Path) -> None:
    put(
        demo_host,
        "logs/wave-2.log",
        "INFO  all is well",
        "ERROR cannot allocate memory",
        "ERROR read timed out after 60 s",
        "ERROR cannot allocate memory",
    )
    reply = asks("batch logs wave 2 --errors")
    assert len(lines(reply)) == 3
    assert reply.headline == "3 errors of logs/wave-2.log: 2 out of memory, 1 timeout."
    assert reply.facts["errors"] == [{"kind": "out_of_memory", "count": 2}, {"kind": "timeout", "count": 1}]


def test_the_hosts_own_log(asks: Asks, demo_host: Path) -> None:
    put(demo_host, "batch.log", "the host speaks")
    assert lines(asks("batch logs host")) == ["the host speaks"]


def test_a_sites_lines_are_its_own_and_nobody_elses(asks: Asks, demo_host: Path) -> None:
    mine = (
        "ERROR lotus.dev: no design",
        "wrote sites/lotus.dev-v1/index.html",
        "read lotus.dev-DESIGN.md",
        "gave up on lotus.dev.",
    )
    others = (
        "blue-lotus.dev",
        "lotus.dev.org",
        "lotusxdev",
        "lotus.device",
        "sub.lotus.dev",
        "lotus.dev-old",
    )
    put(demo_host, "logs/wave-2.log", *others, *mine, *others)
    (demo_host / "logs/wave-1.log").write_text("")
    for name in ("design.log", "finish.log"):
        (demo_host / "logs" / name).unlink(missing_ok=True)
    reply = asks("batch logs lotus.dev")
    assert [line for line in lines(reply) if "lotus" in line] == list(mine)
    assert lines(asks("batch logs lotus.dev --errors")) == [mine[0]]


def test_a_log_that_is_missing_is_a_finding(asks: Asks) -> None:
    reply = asks("batch logs wave 77")
    assert reply.outcome == "fine"
    assert reply.headline == "Nothing of logs/wave-77.log: no line in the logs."
    assert "There is no" in reply.problems[0]


def test_bad_words_get_one_sentence(asks: Asks) -> None:
    assert asks("batch logs wave two").error == "A wave is a number from 1, like 5: batch logs wave 5."
    assert asks("batch logs wave -1").error == "A wave is a number from 1, like 5: batch logs wave 5."
    assert asks("batch logs lotsu.dev").error == "There is no site lotsu.dev; there is lotus.dev."
    assert "is not a domain" in str(asks("batch logs ../../etc/passwd").error)
    assert "One thing has logs at a time" in str(asks("batch logs lotus.dev fern.dev").error)
    assert asks("batch logs wave 2 -n 0").outcome == "usage"
    assert asks("batch logs").outcome == "usage"


def test_a_private_key_over_several_lines_is_not_shown(asks: Asks, demo_host: Path) -> None:
    put(
        demo_host,
        "logs/wave-2.log",
        "-----BEGIN PRIVATE KEY-----",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDCdEd",
        "-----END PRIVATE KEY-----",
        "INFO  and on",
    )
    assert lines(asks("batch logs wave 2")) == ["[redacted]", "INFO  and on"]
