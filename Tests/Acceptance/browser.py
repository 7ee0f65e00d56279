"""A real browser before the console: Debian's Chromium, driven by Playwright, and axe for accessibility.

`GODKEND_SCREENSHOTS` names a folder; then every page that is checked is also kept as a picture.
"""

import os
import pathlib
import shutil

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

NARROW = {"width": 320, "height": 720}
WIDE = {"width": 1280, "height": 900}
LANGUAGES = {"da": "da-DK", "en": "en-GB"}


class Browser:
    """Chromium, headless."""

    def __init__(self):
        self._playwright = sync_playwright().start()
        path = os.environ.get("GODKEND_CHROMIUM") or shutil.which("chromium")
        assert path, "Chromium is not installed: apt-get install chromium, or set GODKEND_CHROMIUM"
        self._chromium = self._playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])

    def page(self, scripts: bool = True, language: str = "da", scheme: str = "light", **options) -> Page:
        """A page of a browser without a past. Whatever the browser complains about fails the test at `close`."""
        context = self._chromium.new_context(
            java_script_enabled=scripts, locale=LANGUAGES[language], color_scheme=scheme, viewport=WIDE, **options)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
        page.on("requestfailed", lambda request: page.complaints.append(f"{request.url}: {request.failure}"))
        return page

    def like(self, page: Page, **options) -> Page:
        """Another page with the cookies of this one."""
        other = self.page(**options)
        other.context.add_cookies(page.context.cookies())
        return other

    def close(self) -> None:
        self._chromium.close()
        self._playwright.stop()


def close(page: Page) -> None:
    """Ends a page that nothing went wrong on: no script, style or request of it was refused."""
    # A picture that was under way when the page was left is no complaint.
    complaints = [told for told in page.complaints if "status of 4" not in told and "ERR_ABORTED" not in told]
    page.context.close()
    assert complaints == []


def keep(page: Page, name: str) -> None:
    """A picture of the whole page, where a folder for them is named."""
    folder = os.environ.get("GODKEND_SCREENSHOTS")
    if folder:
        path = pathlib.Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path / f"{name}.png", full_page=True)


def flaws(page: Page, without: tuple = ()) -> list[str]:
    """What axe finds on the page, with everything that can be opened opened."""
    for details in page.query_selector_all("details:not([open])"):
        details.evaluate("element => element.open = true")
    found = Axe().run(page, options={"rules": {rule: {"enabled": False} for rule in without}})
    return [f"{one['id']}: {one['help']} {one['nodes'][0]['html'][:160]}" for one in found.response["violations"]]


def overflow(page: Page) -> int:
    """CSS pixels by which a narrow page would have to be moved sideways; 0 is right."""
    page.set_viewport_size(NARROW)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_viewport_size(WIDE)
    return wide
