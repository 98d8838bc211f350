"""`wavewarden demo` as a newcomer meets it: one command, the page in a browser, Ctrl-C."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.bot.workspace.page.conftest import CHROMIUM, FLAGS

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 60


@dataclass
class Demo:
    """A demo that runs, and all it has said."""

    process: asyncio.subprocess.Process
    said: list[str]

    async def until(self, pattern: str) -> re.Match[str]:
        """Read on until a line has this."""
        assert self.process.stdout
        async with asyncio.timeout(SECONDS):
            while line := (await self.process.stdout.readline()).decode():
                self.said.append(line)
                if match := re.search(pattern, line):
                    return match
        raise AssertionError("".join(self.said))

    async def ctrl_c(self) -> int:
        """End it as a person would; the exit code."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.stdout
        async with asyncio.timeout(SECONDS):
            self.said.append((await self.process.stdout.read()).decode())
            return await self.process.wait()


async def started(directory: Path, *more: str) -> Demo:
    """`wavewarden demo` in this directory, with few sites, on a free port."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()", "demo"),
        *("--port", "0", "--sites", "75", "--dir", str(directory / "demo"), *more),
        cwd=directory,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    return Demo(process, [])


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    demo = await started(tmp_path)
    yield demo
    if demo.process.returncode is None:
        await demo.ctrl_c()


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(SECONDS * 1000)
        yield page
        await browser.close()


@pytest.mark.browser
async def test_a_newcomer_asks_sees_the_answer_and_opens_its_thread(demo: Demo, page: Page) -> None:
    url = (await demo.until(r"Open (http://\S+) and type /batch status"))[1]
    await demo.until("connected to Batch operations")
    await page.goto(f"{url}/?as=U0OMAR")
    composer = page.get_by_role("combobox", name="Message #batch-ops").or_(
        page.get_by_role("textbox", name="Message #batch-ops")
    )
    await composer.fill("/batch status")
    await composer.press("Escape")
    await composer.press("Enter")
    await expect(page.get_by_text("Batch 001 is running: 25 agents")).to_be_visible()
    await page.get_by_role("link", name=re.compile(r"\d+ repl")).click()
    await expect(page.get_by_text("Batch 001 by status")).to_be_visible()
    await page.get_by_role("button", name="Look again").first.click()
    await expect(page.get_by_text("(edited)").first).to_be_visible()


async def test_ctrl_c_ends_everything_it_started(demo: Demo, tmp_path: Path) -> None:
    await demo.until("Open http://")
    await demo.until("connected to Batch operations")
    assert _processes_below(tmp_path), "agents and the bot run"
    assert await demo.ctrl_c() == 0
    assert _processes_below(tmp_path) == []
    assert "Ended 25 agents" in "".join(demo.said)


async def test_a_demo_can_be_started_again_in_the_same_directory(demo: Demo, tmp_path: Path) -> None:
    await demo.until("connected to Batch operations")
    await demo.ctrl_c()
    assert (tmp_path / "demo/host/.smbatcher/REGISTRY.md").exists()
    second = await started(tmp_path)
    await second.until("connected to Batch operations")
    assert await second.ctrl_c() == 0


async def test_a_directory_that_is_somebodys_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo/host").mkdir(parents=True)
    (tmp_path / "demo/host/precious").touch()
    refused = await started(tmp_path)
    said = await refused.until("wavewarden: ")
    assert await refused.process.wait() == 2
    assert refused.said == [said.string]
    assert (tmp_path / "demo/host/precious").exists()


def _processes_below(directory: Path) -> list[int]:
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(directory / "demo"):
                found.append(process.pid)
        except (psutil.Error, OSError):
            continue
    return found
