"""A browser, and pages in it that look at an emulator: Debian's Chromium, led by Playwright.

What a page does besides is seen too: what it logs, what it violates of its own policy, and whom it asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from tests.contract.requirements import require, require_command
from tests.contract.server import environment

from duolect.account import Account


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser for the tests of a module: with it ends the event loop that it runs in."""
    playwright = require("playwright.sync_api", "pip install duolect[test]")
    chromium = require_command("chromium", "apt-get install chromium, or your system's package of it")
    with playwright.sync_playwright() as running_playwright:
        started = running_playwright.chromium.launch(executable_path=chromium, env=environment())
        yield started
        started.close()


@pytest.fixture
def account(duolect, request):
    account = Account(duolect, f"key-{request.node.name.partition('[')[0]}")
    yield account
    account.reset()


class Console:
    """A page that is open, and what it did that it should not."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(f"{error}"))
        page.on("console", self._logged)

    def _logged(self, message: Any) -> None:
        refused = "the server responded with a status of 4" in message.text
        if message.type in {"error", "warning"} and not refused:
            self.complaints.append(message.text)

    def open(self, path: str) -> None:
        """Open a path, and wait until the page looks at an account."""
        self.page.goto(f"http://{self.address}{path}")
        self.page.wait_for_function("() => document.body.dataset.ready === 'true'")

    def js(self, expression: str, argument: Any = None) -> Any:
        """Return what an expression is in the page, where ``map``, ``store`` and ``clock`` are known."""
        return self.page.evaluate(_wrapped(expression), argument)

    def wait(self, expression: str, argument: Any = None) -> None:
        """Wait until an expression is true in the page."""
        self.page.wait_for_function(_wrapped(expression), arg=argument)

    def row(self, resource_id: str) -> Any:
        """Return the row of a resource on the map, or None where it is not there."""
        return self.js("map.byId.get(argument)?.row ?? null", resource_id)

    def choose(self, resource_id: str) -> None:
        """Click on a resource on the map, once it is there and at rest."""
        self.wait("map.byId.has(argument) && !map.tween", resource_id)
        x, y = self.js(
            "(() => { const { x0, y0, x1, y1, head, holds } = map.byId.get(argument);"
            " const box = map.canvas.getBoundingClientRect();"
            " const [x, y] = map.transform.apply([(x0 + x1) / 2, holds ? y0 + head / 2 : (y0 + y1) / 2]);"
            " return [box.left + x, box.top + y]; })()",
            resource_id,
        )
        self.page.mouse.click(x, y)

    @property
    def elsewhere(self) -> list[str]:
        """What was asked of anybody but the emulator."""
        own = (f"http://{self.address}/", f"blob:http://{self.address}/")
        return [url for url in self.asked if not url.startswith(own)]


def _wrapped(expression: str) -> str:
    names = "const { map, store, clock, timeline } = duolectConsole;"
    return f"(argument) => {{ {names} return {expression}; }}"


@contextmanager
def console(browser: Any, address: str, **context: Any) -> Iterator[Console]:
    """Open a page of its own; at the end it must have done nothing that it should not."""
    in_browser = browser.new_context(reduced_motion="reduce", **{"viewport": WIDE, **context})
    in_browser.set_default_timeout(20_000)
    opened = Console(in_browser.new_page(), address)
    try:
        yield opened
    finally:
        in_browser.close()
    assert opened.complaints == []
    assert opened.elsewhere == []


WIDE = {"width": 1280, "height": 800}


@pytest.fixture
def page(browser, account) -> Iterator[Console]:
    """A page that looks at the test's account, which need not be there yet."""
    with console(browser, account.duolect.endpoint) as opened:
        opened.open(f"/_duolect/console?account={account.access_key}")
        yield opened
