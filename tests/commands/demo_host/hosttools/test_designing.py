"""`mdesign.sh`: agents really run and write designs."""

from pathlib import Path

from commands.demo_host.hosttools import design
from tests.commands.demo_host.running import DESIGN, rows, status_of, tool, wait_for_the_end


def planned(root: Path, count: int) -> list[str]:
    return [row.domain for row in rows(root) if (row.batch, row.status) == ("001", "P")][:count]


def run(root: Path, *sites: str, agents: int = 3) -> tuple[int, str]:
    words = ("--batch", "001", "--max-agents", str(agents), "--sites", ",".join(sites))
    done = tool(root, DESIGN, *words)
    wait_for_the_end(root)
    return done.returncode, done.stdout + done.stderr


def test_planned_sites_are_designed(demo_host: Path) -> None:
    sites = planned(demo_host, 4)
    assert run(demo_host, *sites)[0] == 0
    for domain in sites:
        assert status_of(demo_host, domain) == "D"
        assert Path(design.path(str(demo_host), domain)).read_text() == design.text(domain)


def test_a_lost_design_is_drawn_again(demo_host: Path) -> None:
    path = Path(design.path(str(demo_host), "lotus.dev"))
    path.unlink()
    assert run(demo_host, "lotus.dev", agents=1)[0] == 0
    assert path.read_text() == design.text("lotus.dev")
    assert status_of(demo_host, "lotus.dev") == "D"
    assert "lotus.dev: done, d -> D" in (demo_host / "logs/design.log").read_text()


def test_an_implemented_site_is_not_designed(demo_host: Path) -> None:
    [built, *_] = [row.domain for row in rows(demo_host) if row.status == "I"]
    code, said = run(demo_host, built)
    assert code == 1
    assert f"{built} is at I, only P, d and D are designed." in said


def test_a_hold_refuses_the_launch(demo_host: Path) -> None:
    (demo_host / ".smbatcher/HOLD").touch()
    code, said = run(demo_host, "lotus.dev")
    assert code == 75
    assert "on hold" in said
    assert status_of(demo_host, "lotus.dev") == "D"


def test_a_site_of_another_batch_is_refused(demo_host: Path) -> None:
    [foreign, *_] = [row.domain for row in rows(demo_host) if row.batch == "002"]
    code, said = run(demo_host, foreign)
    assert code == 2
    assert f"{foreign} is not a site of batch 001" in said
