"""The console for everybody: without a mouse, without sight, in the dark, on small and on large screens."""

import pytest
from tests.contract.requirements import require
from tests.emulator.console.conftest import console
from tests.emulator.console.worlds import ALIBABA, TENCENT, instance_id, interface_id, lay

TABS = ("Details", "Faults", "Control", "Coverage")


def violations(page):
    """Return what axe finds wrong with the page as it is now."""
    found = (
        require("axe_playwright_python.sync_playwright", "pip install duolect[test]").Axe().run(page.page)
    )
    return [
        f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:120]}"
        for each in found.response["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_any_panel(browser, account, scheme):
    lay(account)
    account.faults.add(cloud=TENCENT, action="AttachNetworkInterface", hang=True)
    with console(browser, account.duolect.endpoint, color_scheme=scheme) as page:
        page.open(f"/_duolect/console?account={account.access_key}")
        page.choose(interface_id(0))
        page.page.locator("#details").get_by_text("In core terms").wait_for()
        for name in TABS:
            page.page.get_by_role("tab", name=name).click()
            if name == "Faults":
                page.page.wait_for_selector("#faults li")
            if name == "Coverage":
                page.page.wait_for_selector("#coverage-rows tr")
            assert violations(page) == [], name


@pytest.mark.parametrize("width", [360, 768, 2560])
def test_everything_fits_whatever_the_width(browser, account, width):
    for cloud in (ALIBABA, TENCENT):
        lay(account, cloud)
    with console(browser, account.duolect.endpoint, viewport={"width": width, "height": 800}) as page:
        page.open(f"/_duolect/console?account={account.access_key}")
        page.wait("map.painted >= 14")
        for name in TABS:
            page.page.get_by_role("tab", name=name).click()
            assert page.js("document.documentElement.scrollWidth") <= width, name
        page.page.get_by_role("tab", name="Details").click()
        box = page.page.locator("#map").bounding_box()
        assert box["width"] > width * 0.6
        assert box["height"] > 250
        one, other = page.js("map.nodes.filter((each) => each.kind === 'partition')")
        assert (one["y1"] < other["y0"]) is (width == 360), "one below the other where it is narrow"


def test_everything_can_be_done_with_keys(page, account):
    lay(account)
    page.wait("map.byId.has(argument)", interface_id(0))
    keys = page.page.keyboard
    page.page.locator("#map").focus()
    kinds = []
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        keys.press(key)
        kinds.append(page.js("map.byId.get(map.chosen).kind"))
    assert kinds == ["partition", "network", "subnet", "instance", "interface", "instance"]
    assert instance_id(TENCENT) in page.page.locator("#map-said").inner_text()
    keys.press("c")
    page.wait("!map.byId.has(argument) && map.nodes.length === 3", interface_id(0))
    keys.press("c")
    page.wait("map.byId.has(argument)", interface_id(0))
    keys.press("ArrowRight")
    keys.press("Enter")
    page.wait("map.transform.k > 1")
    keys.press("0")
    page.wait("map.transform.k === 1")
    page.page.get_by_role("tab", name="Details").focus()
    keys.press("ArrowRight")
    assert page.page.locator("#panel-faults").is_visible()
    page.page.locator("#scrub").focus()
    keys.press("Home")
    page.page.get_by_role("button", name="Back to now").wait_for()
