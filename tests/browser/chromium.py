"""A headless Chromium with a clock of its own, driven as a reader would."""

from __future__ import annotations

import base64
import datetime as dt
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PHONE, DESK, WALL = (390, 844), (1440, 900), (1920, 1080)

_CLOCK = """(() => {
  const Real = Date;
  window.testNow = %d;
  window.Date = new Proxy(Real, {
    construct: (target, given) => given.length ? new Real(...given) : new Real(window.testNow),
    get: (target, key) => key === "now" ? () => window.testNow : Reflect.get(target, key),
  });
})()"""


def missing() -> str:
    """What of a browser is not there; empty if all is."""
    return ", ".join(name for name in ("chromium", "chromedriver") if shutil.which(name) is None)


class Browser:
    """One window; every page is opened anew, at a size and a time."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self._clock = ""

    def open(
        self,
        page: Path,
        fragment: str = "",
        now: dt.datetime | None = None,
        size: tuple[int, int] = DESK,
        script: bool = True,
    ) -> None:
        """Show a page; ``now`` is what its clock says."""
        self._set_clock(now)
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        width, height = size
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        self.driver.get("about:blank")
        self.driver.get(f"{page.as_uri()}{f'#{fragment}' if fragment else ''}")

    def move_clock(self, now: dt.datetime) -> None:
        """Let the clock of the page that is shown say something else."""
        self.ask(f"window.testNow = {int(now.timestamp() * 1000)}")

    def call(self, command: str, **values: object) -> Any:
        """A command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(command, values)

    def ask(self, script: str) -> Any:
        """What an expression is worth in the page."""
        return self.driver.execute_script(f"return {script}")

    def texts(self, selector: str) -> list[str]:
        """What can be read in the elements of a selector, those not shown left out."""
        return [
            text
            for text in self.ask(
                f"Array.from(document.querySelectorAll({json.dumps(selector)}))"
                ".filter(one => one.getClientRects().length).map(one => one.innerText.trim())"
            )
            if text
        ]

    def pdf(self) -> bytes:
        """The page as it is printed."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def complaints(self) -> list[str]:
        """What the browser wrote to its console since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses asked for since the last call."""
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def _set_clock(self, now: dt.datetime | None) -> None:
        if self._clock:
            self.call("Page.removeScriptToEvaluateOnNewDocument", identifier=self._clock)
            self._clock = ""
        if now is not None:
            source = _CLOCK % int(now.timestamp() * 1000)
            self._clock = self.call("Page.addScriptToEvaluateOnNewDocument", source=source)["identifier"]


@contextmanager
def started(profile: Path) -> Iterator[Browser]:
    """A browser with an empty profile; closed at the end."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
