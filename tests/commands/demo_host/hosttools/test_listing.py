"""`list-sites.sh`."""

from pathlib import Path

from commands.demo_host.hosttools import registry
from tests.commands.demo_host.running import LIST, rows, tool


def test_every_site_is_listed_one_a_line(demo_host: Path) -> None:
    assert tool(demo_host, LIST).stdout.splitlines() == [row.domain for row in rows(demo_host)]


def test_a_status_of_a_batch_is_listed(demo_host: Path) -> None:
    listed = tool(demo_host, LIST, "--batch", "001", "--status", "I").stdout.split()
    assert listed == [row.domain for row in rows(demo_host) if (row.batch, row.status) == ("001", "I")]
    assert len(listed) == 25


def test_case_of_a_status_matters(demo_host: Path) -> None:
    assert tool(demo_host, LIST, "--status", "i").stdout == ""


def test_a_doubled_site_is_listed_twice(demo_host: Path) -> None:
    with registry.edited(str(demo_host)) as lines:
        lines.append(next(line for line in lines if "lotus.dev" in line))
    assert tool(demo_host, LIST).stdout.split().count("lotus.dev") == 2


def test_wrong_words_are_refused(demo_host: Path) -> None:
    for words, said in (
        (["--batch", "1"], "a batch is three digits like 001, not '1'"),
        (["--batch", "042"], "batch 042 is not in the registry, which has 001, 002"),
        (["--status", "done"], "a status is one letter, one of P d D i I Q, not 'done'"),
        (["--all"], "unrecognized arguments: --all"),
        (["--stat", "I"], "unrecognized arguments: --stat I"),
    ):
        done = tool(demo_host, LIST, *words)
        assert done.returncode == 2
        assert said in done.stderr


def test_a_missing_registry_is_one_sentence(demo_host: Path) -> None:
    (demo_host / registry.PATH).unlink()
    done = tool(demo_host, LIST)
    assert done.returncode == 1
    assert "No such file or directory" in done.stderr
    assert "Traceback" not in done.stderr
