"""What the console takes in a browser: ``python -m tests.bench.consoles``, a minute and a half.

Debian's Chromium without a screen, so that all is painted by the processor. Each figure is the best of
several runs: a machine with other work makes it worse, and nothing makes it better.
"""

import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from tests.contract.requirements import require_command
from tests.contract.server import environment
from tests.emulator.console.conftest import Console
from tests.emulator.console.worlds import TENCENT, instance_id, interface_id, lay, subnet_id

from duolect.account import Account
from duolect.control.console.assets import assets
from duolect.testing.process import running

RUNS = 5
SECONDS = 3
PAINTED = "map.first && map.painted >= argument"
PAN = """new Promise((done) => {
  const canvas = d3.select(map.canvas), frames = [], start = performance.now();
  let last = start, forth = 7;
  const step = (now) => {
    frames.push(now - last);
    last = now;
    if (frames.length % 60 === 0) forth = -forth;
    map.zoom.translateBy(canvas, forth / map.transform.k, forth / 2 / map.transform.k);
    if (now - start < argument * 1000) requestAnimationFrame(step);
    else {
      const rate = (frames.length - 1) * 1000 / (now - start);
      done({ rate, worst: Math.max(...frames.slice(2)), painted: map.painted });
    }
  };
  requestAnimationFrame(step);
})"""

SEEN = """void (window.seen = new Promise((done) => {
  const look = () => (map.byId.get(argument)?.row.pending ? done(Date.now()) : requestAnimationFrame(look));
  look();
}))"""
_SIZES = ("compressed", "content")


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def weights() -> None:
    """Say what is transferred for the page, all files and those that it begins with."""
    files = assets()
    page = files[""].content.decode()
    first = {name: each for name, each in files.items() if not name or f"/{name}" in page}
    first |= {name: files[name] for name in ("main.js",)}
    for title, some in (("at first", first), ("with every panel", files)):
        packed, unpacked = (sum(len(getattr(each, what)) for each in some.values()) for what in _SIZES)
        say(f"weight {title}: {packed:,} bytes as transferred, {unpacked:,} unpacked, {len(some)} files")


def opened(browser: Any, account: Account, width: int, height: int, painted: int) -> Console:
    """Open a page, and wait until so much is painted."""
    context = browser.new_context(viewport={"width": width, "height": height})
    page = Console(context.new_page(), account.duolect.endpoint)
    page.open(f"/_duolect/console?account={account.access_key}")
    page.wait(PAINTED, painted)
    return page


def first_paint(browser: Any, account: Account) -> None:
    """Say after how long 100 interfaces are there: the browser's first paint, and the map."""
    paints, maps = [], []
    for _ in range(RUNS):
        page = opened(browser, account, 1280, 800, 100)
        paints.append(page.js("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        maps.append(page.js("map.complete"))
        page.page.context.close()
    say(f"100 interfaces: first paint {min(paints):.0f} ms ({_all(paints)})")
    say(f"100 interfaces: all on the map after {min(maps):.0f} ms ({_all(maps)})")


def live(browser: Any, account: Account) -> None:
    """Say how long after an SDK call began its result is painted."""
    page = opened(browser, account, 1280, 800, 100)
    vpc = account.tencent.vpc()
    from tencentcloud.vpc.v20170312 import models  # noqa: PLC0415 - large

    took = []
    for place in range(RUNS):
        request = models.AttachNetworkInterfaceRequest()
        request.NetworkInterfaceId, request.InstanceId = interface_id(place), instance_id(TENCENT)
        page.js(SEEN, interface_id(place))
        began = time.time() * 1000
        vpc.AttachNetworkInterface(request)
        took.append(page.page.evaluate("window.seen") - began)
    page.page.context.close()
    say(f"an SDK call is on the map {min(took):.0f} ms after it began ({_all(took)})")


def many(browser: Any, account: Account) -> None:
    """Say how long a page with 10,000 interfaces takes to open, and how smoothly it moves."""
    opens = []
    for _ in range(RUNS):
        page = opened(browser, account, 1280, 800, 12)
        opens.append(page.js("map.first"))
        page.page.context.close()
    say(f"10,000 interfaces: open after {min(opens):.0f} ms ({_all(opens)})")
    page = opened(browser, account, 1280, 800, 12)
    _pan(page, "all in view, as counts")
    page.js("map.enter(map.byId.get(argument))", subnet_id(TENCENT))
    page.wait("map.byId.has(argument)", interface_id(999))
    page.page.wait_for_timeout(1500)
    _pan(page, "one subnet in view, row by row")
    page.page.context.close()
    page = opened(browser, account, 2560, 1440, 10_000)
    page.page.wait_for_timeout(1000)
    _pan(page, "all 10,000 in view, row by row, 2560 by 1440")
    page.page.context.close()


def _pan(page: Console, what: str) -> None:
    found = [page.js(PAN, SECONDS) for _ in range(3)]
    best = max(found, key=lambda each: each["rate"])
    say(
        f"panning, {what}: {best['rate']:.0f} frames a second, slowest frame {best['worst']:.0f} ms, "
        f"{best['painted']} things painted ({', '.join(str(round(each['rate'])) for each in found)})"
    )


def _all(values: list[float]) -> str:
    return ", ".join(f"{each:.0f}" for each in sorted(values))


def main() -> None:
    """Measure everything."""
    load = Path("/proc/loadavg").read_text("utf-8").split()[0]
    say(f"load {load}")
    weights()
    with (
        running(environment=environment(), timing="manual") as duolect,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=require_command("chromium"), env=environment())
        small, large = Account(duolect, "small"), Account(duolect, "large")
        lay(small, interfaces=99)
        for place in range(10):
            lay(large, first=place, subnets=place + 1, interfaces=1_000, instances=0)
        opened(
            browser, small, 1280, 800, 100
        ).page.context.close()  # the first page of a browser takes longer
        first_paint(browser, small)
        live(browser, small)
        many(browser, large)
        browser.close()


if __name__ == "__main__":
    main()
