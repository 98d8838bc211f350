"""Renews the pictures of `docs/images`: runs the demo and drives its page in Chromium. `make screenshots`."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

IMAGES = Path(__file__).parent / "images"
SIZE: ViewportSize = {"width": 1400, "height": 900}
NARROW: ViewportSize = {"width": 400, "height": 850}
ANSWER_MS = 20_000


def main() -> None:
    """Take every picture anew."""
    with demo() as url, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or sys.exit(
            "The pictures need Chromium: apt-get install chromium"
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.goto(f"{url}/?as=U0OMAR#/C0OPS")
        status(page)
        page.screenshot(path=IMAGES / "status.png")
        dark = browser.new_page(viewport=SIZE, color_scheme="dark", reduced_motion="reduce")
        dark.goto(f"{url}/?as=U0OMAR#/C0OPS")
        redeploy(dark)
        dark.screenshot(path=IMAGES / "redeploy.png")
        narrow = browser.new_page(viewport=NARROW, color_scheme="light", reduced_motion="reduce")
        narrow.goto(f"{url}/?as=U0ASHA#/C0OPS")
        narrow.get_by_role("link", name="replies").last.click(timeout=ANSWER_MS)
        expect(narrow.get_by_role("button", name="Approve").first).to_be_visible(timeout=ANSWER_MS)
        narrow.get_by_role("button", name="Approve").first.scroll_into_view_if_needed()
        narrow.mouse.move(0, 0)
        narrow.screenshot(path=IMAGES / "narrow.png")
        browser.close()


@contextmanager
def demo() -> Iterator[str]:
    """The address of a running `wavewarden demo` in a directory of its own, once the bot is connected."""
    wavewarden = Path(sys.executable).with_name("wavewarden")
    with TemporaryDirectory() as directory:
        argv = [str(wavewarden), "demo", "--port", "0", "--dir", directory]
        with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            try:
                yield _address(process)
            finally:
                process.terminate()
                process.communicate()


def status(page: Page) -> None:
    """Omar asks where the batch stands, and opens the thread with the evidence."""
    say(page, "/batch status")
    page.get_by_role("link", name="replies").first.click(timeout=ANSWER_MS)
    expect(page.get_by_text("Agents, oldest first").first).to_be_visible(timeout=ANSWER_MS)
    page.get_by_text("Batch 001 by status").scroll_into_view_if_needed()
    page.mouse.move(0, 0)


def redeploy(page: Page) -> None:
    """A wave loses its agents, Omar diagnoses it, and plans a relaunch."""
    page.get_by_role("button", name="Rehearsals").first.click()
    page.get_by_role("button", name="Crash").click()
    expect(page.get_by_text("were killed with SIGKILL").first).to_be_visible(timeout=ANSWER_MS)
    say(page, "/batch wave 5")
    expect(page.get_by_role("button", name="Redeploy wave 5").first).to_be_visible(timeout=ANSWER_MS)
    say(page, "/redeploy wave 5")
    expect(page.get_by_role("button", name="Approve").first).to_be_visible(timeout=ANSWER_MS)
    page.mouse.move(0, 0)


def say(page: Page, line: str) -> None:
    """Type a line and send it."""
    composer = page.get_by_role("combobox").first
    composer.fill(line)
    composer.press("Escape")
    composer.press("Enter")


def _address(process: "subprocess.Popen[str]") -> str:
    """What the demo prints once it is ready.

    Raises:
        SystemExit: it ended instead.
    """
    url, said = "", []
    for line in process.stdout or ():
        said.append(line)
        url = next((word for word in line.split() if word.startswith("http://")), url)
        if url and "connected to" in line:
            return url
    sys.exit(f"The demo ended:\n{''.join(said)}")


if __name__ == "__main__":
    main()
