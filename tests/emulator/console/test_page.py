"""The console in a real browser: what is drawn, what happens live, what the controls do."""

import re
import shlex
import subprocess

import pytest
from tests.contract.requirements import require
from tests.contract.server import environment
from tests.emulator.console.conftest import console
from tests.emulator.console.worlds import ALIBABA, TENCENT, instance_id, interface_id, lay, subnet_id

from duolect.account import Account
from duolect.testing.process import running

ENI, INSTANCE = interface_id(0), instance_id(TENCENT)
ROOT = "/_duolect/console"


def models():
    return require("tencentcloud.vpc.v20170312.models")


def attach(account, interface=ENI, instance=INSTANCE):
    """Attach an interface by the vendor's SDK."""
    request = models().AttachNetworkInterfaceRequest()
    request.NetworkInterfaceId, request.InstanceId = interface, instance
    return account.tencent.vpc().AttachNetworkInterface(request)


def test_the_port_answers_a_browser_with_both_clouds_side_by_side(browser, account):
    for cloud in (ALIBABA, TENCENT):
        lay(account, cloud)
    with console(browser, account.duolect.endpoint) as page:
        page.page.goto(f"http://{page.address}/")
        assert page.page.url.endswith(ROOT)
        page.open(f"{ROOT}?account={account.access_key}")
        page.wait("[...map.nodes].filter((each) => each.kind === 'interface').length === 10")
        left, right = page.js("map.nodes.filter((each) => each.kind === 'partition')")
        assert left["partition"]["cloud"] == ALIBABA
        assert right["partition"]["cloud"] == TENCENT
        assert left["x1"] < right["x0"]
        for cloud in (ALIBABA, TENCENT):
            assert page.js("map.byId.get(argument).parent.kind", instance_id(cloud)) == "subnet"
        page.wait("map.painted >= 14")


def test_who_opens_it_before_anybody_calls_sees_the_clock_and_then_the_first_who_does(browser):
    with (
        running(environment=environment(), timing="manual") as started,
        console(browser, started.endpoint) as page,
    ):
        page.open(ROOT)
        page.wait("document.getElementById('status').textContent === 'live' && clock.at > 0")
        first = Account(started, "first")
        lay(first)
        page.wait("map.byId.has(argument)", ENI)
        assert page.page.locator("#account").input_value() == "first"


def test_an_sdk_call_is_seen_as_it_happens(page, account):
    lay(account)
    page.wait("map.byId.has(argument)", ENI)
    attach(account)
    page.wait("map.byId.get(argument)?.row.state === 'attaching'", ENI)
    assert page.row(ENI)["pending"]["trigger"] == "attached"
    assert page.js("map.byId.get(argument).parent.id", ENI) == INSTANCE
    assert "AttachNetworkInterface" in page.page.locator("#calls li").first.inner_text()
    page.page.get_by_role("button", name="Advance by 1 minute").click()
    page.wait("map.byId.get(argument)?.row.state === 'in-use'", ENI)
    assert page.row(ENI)["pending"] is None


def test_a_fault_from_the_form_takes_effect_on_an_sdk_call(page, account):
    lay(account)
    error = require("tencentcloud.common.exception.tencent_cloud_sdk_exception").TencentCloudSDKException
    panel = page.page
    panel.get_by_role("tab", name="Faults").click()
    panel.locator("#fault-cloud").select_option(TENCENT)
    panel.locator("#fault-action").fill("AttachNetworkInterface")
    panel.locator("#fault-action").press("Tab")
    panel.wait_for_selector("#fault-codes option[value='LimitExceeded']", state="attached")
    assert panel.locator("#fault-effect option[value='stale_ms']").count() == 0, "it reads nothing"
    panel.locator("#fault-effect").select_option("code")
    panel.locator("#fault-effect-code").fill("LimitExceeded")
    panel.get_by_role("button", name="Add the fault").click()
    panel.wait_for_selector("#faults li")
    with pytest.raises(error) as refused:
        attach(account)
    assert refused.value.code == "LimitExceeded"
    panel.wait_for_selector("#faults >> text=Struck 1 of 1")
    panel.get_by_role("button", name="Remove all").click()
    panel.wait_for_selector("#no-faults", state="visible")
    panel.locator("#fault-effect").select_option("hang")
    panel.get_by_role("button", name="Add the fault").click()
    panel.wait_for_selector("#faults li")
    attach(account)
    panel.wait_for_selector("#held li")
    page.wait("map.byId.get(argument).row.pending.held", ENI)
    panel.get_by_role("button", name="Let it fail").click()
    page.wait("map.byId.get(argument).row.state === 'available'", ENI)


def test_a_resource_is_shown_in_core_terms_and_as_its_vendor_shows_it(page, account):
    lay(account, ALIBABA)
    page.choose(interface_id(1))
    text = page.page.locator("#details")
    text.get_by_text("DescribeNetworkInterfaces").wait_for()
    shown = text.inner_text()
    assert '"network_id": "vpc-00000000"' in shown
    assert '"NetworkInterfaceName": "web-1"' in shown
    text.get_by_role("button", name=subnet_id(ALIBABA)).click()
    text.get_by_text("DescribeVSwitches").wait_for()
    assert page.js("map.chosen") == subnet_id(ALIBABA)


def test_a_call_opens_with_its_request_answer_signature_and_changes(page, account):
    lay(account)
    page.wait("store.partitions.size === 1")
    attach(account)
    page.page.locator("#calls button").first.click()
    details = page.page.locator("#details")
    details.get_by_text("What it changed").wait_for()
    details.get_by_text("Signature", exact=True).click()
    shown = details.inner_text()
    assert "AttachInterface" in shown
    assert '"RequestId"' in shown
    assert "x-tc-action: AttachNetworkInterface" in shown
    assert "does not know this key" in shown
    assert "TC3-HMAC-SHA256" in shown


def test_the_map_goes_back_to_any_version(page, account):
    lay(account)
    page.wait("map.byId.has(argument)", ENI)
    attach(account)
    page.wait("map.byId.get(argument)?.row.state === 'attaching'", ENI)
    account.clock.advance("1m")
    page.wait("map.byId.get(argument)?.row.state === 'in-use'", ENI)
    states = []
    for place in range(page.js("timeline.points.length")):
        page.page.locator("#scrub").fill(str(place))
        page.wait("store.shown?.at === timeline.points[argument].at && store.shown === store.point", place)
        row = page.js("store.find(argument)?.row ?? null", ENI)
        states.append(row["state"] if row else None)
    assert "available" in states
    assert states.index("attaching") > states.index("available")
    assert states[-1] == "in-use"
    page.page.locator("#scrub").fill(str(states.index("attaching")))
    page.wait("map.byId.get(argument)?.row.state === 'attaching'", ENI)
    page.choose(ENI)
    page.page.locator("#details >> text=attaching").first.wait_for()
    page.page.get_by_role("button", name="Back to now").click()
    page.wait("map.byId.get(argument)?.row.state === 'in-use'", ENI)


def test_a_thousand_interfaces_come_in_pages_and_only_what_is_seen_is_painted(page, account):
    lay(account, subnets=4, interfaces=250, instances=0)
    page.wait("map.nodes.filter((each) => each.kind === 'interface').length === 1000")
    limits = [int(found[1]) for url in page.asked if (found := re.search(r"limit=(\d+)", url))]
    assert max(limits) <= 500
    page.wait("map.painted > 1000")
    assert page.js("document.querySelectorAll('*').length") < 1_000, "nothing is an element of its own"
    page.page.locator("#map").focus()
    page.js("map.zoomBy(4)")
    page.wait("map.painted < 200 && map.painted > 20")
    before = page.js("map.transform.x")
    box = page.page.locator("#map").bounding_box()
    page.page.mouse.move(box["x"] + 300, box["y"] + 150)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 200, box["y"] + 100, steps=5)
    page.page.mouse.up()
    page.wait("map.transform.x < argument - 50", before)
    page.page.locator("#search").fill(interface_id(7, 3))
    page.page.locator("#search").press("Enter")
    page.wait("map.chosen === argument", interface_id(7, 3))


def test_of_many_interfaces_only_those_are_asked_for_that_can_be_told_apart(page, account):
    for place in range(4):
        lay(account, subnets=place + 1, first=place, interfaces=2_000, instances=0)
    page.page.reload()
    page.wait("map.byId.has(argument) && map.painted > 5", subnet_id(TENCENT, 3))
    assert page.js("store.find(argument).row.states", subnet_id(TENCENT)) == {"available": 2_000}
    page.asked.clear()
    page.js("(map.enter(map.byId.get(argument)), map.zoomBy(3))", subnet_id(TENCENT))
    page.wait("map.byId.has(argument)", interface_id(1_999))
    pages = [url for url in page.asked if "/data/rows" in url]
    assert sum(f"subnet={subnet_id(TENCENT)}&" in url for url in pages) == 4
    assert not [url for url in pages if f"subnet={subnet_id(TENCENT, 3)}&" in url], "it is not in view"
    assert all("limit=500" in url for url in pages)


def test_names_are_text_and_no_markup(page, account):
    lay(account)
    request = models().ModifyNetworkInterfaceAttributeRequest()
    hostile = "<img src=x onerror=alert(1)>"
    request.NetworkInterfaceId, request.NetworkInterfaceName = ENI, hostile
    account.tencent.vpc().ModifyNetworkInterfaceAttribute(request)
    page.wait("map.byId.get(argument)?.row.name.startsWith('<img')", ENI)
    page.choose(ENI)
    page.page.locator("#details h2").get_by_text(hostile).wait_for()
    assert page.page.locator("img").count() == 0


def test_a_call_can_be_copied_as_curl_as_cli_and_as_a_test(page, account):
    lay(account, ALIBABA)
    page.wait("store.partitions.size === 1")
    request = models().DescribeVpcsRequest()
    request.from_json_string('{"Filters": [{"Name": "vpc-name", "Values": ["it\'s", "b"]}], "Limit": "5"}')
    account.tencent.vpc().DescribeVpcs(request)
    ecs = require("alibabacloud_ecs20140526.models")
    account.alibaba.ecs().describe_network_interfaces(
        ecs.DescribeNetworkInterfacesRequest(region_id="cn-hangzhou", network_interface_id=[ENI])
    )
    for action in ("DescribeVpcs", "DescribeNetworkInterfaces"):
        (wanted,) = account.journal(action=action)
        script = f"""(async () => {{
            const found = await (await fetch('/_duolect/console/data/calls/{wanted["number"]}')).json();
            const copy = await import('/_duolect/console/copy.js');
            return [copy.asCurl(found.record, location.host), copy.asCli(found, location.host),
                    copy.asPytest(found)]; }})()"""
        curl, cli, test = page.js(script)
        ran = subprocess.run([*shlex.split(curl), "--silent"], capture_output=True, check=True, timeout=20)  # noqa: S603
        assert b"RequestId" in ran.stdout
        scope: dict[str, object] = {}
        exec(compile(test, "copied", "exec"), scope)  # noqa: S102 - it is what is tested
        next(value for name, value in scope.items() if name.startswith("test_"))(account)
        calls = account.journal(action=action)
        assert [each["parameters"] for each in calls] == [wanted["parameters"]] * 3
        service = "vpc" if action == "DescribeVpcs" else "ecs"
        assert shlex.split(cli.replace("\\\n", " "))[1:3] == [service, action]


def test_what_is_served_can_be_searched(page, account):
    lay(account)
    page.page.get_by_role("tab", name="Coverage").click()
    page.page.locator("#coverage-text").fill("alibaba attachnetworkinterface instanceid")
    page.page.wait_for_function("() => document.querySelectorAll('#coverage-rows tr').length === 2")
    row = page.page.locator("#coverage-rows tr").first.inner_text()
    assert row.split("\t")[:4] == ["Alibaba Cloud", "AttachNetworkInterface", "InstanceId", "served"]


def test_a_reset_is_asked_for_twice_and_a_snapshot_is_a_file(page, account):
    lay(account)
    page.wait("map.byId.has(argument)", ENI)
    page.page.get_by_role("tab", name="Control").click()
    with page.page.expect_download() as download:
        page.page.get_by_role("button", name="Download snapshot").click()
    assert b'"duolect snapshot"' in download.value.path().read_bytes()
    page.page.get_by_role("button", name="Reset this account").click()
    page.page.get_by_role("button", name="Keep it").click()
    assert account.duolect.state(access_key=account.access_key)["partitions"]
    page.page.get_by_role("button", name="Reset this account").click()
    page.page.get_by_role("button", name="Forget it").click()
    page.wait("map.nodes.length === 0")
    assert account.duolect.state(access_key=account.access_key)["partitions"] == []
    page.page.locator("#restore").set_input_files(download.value.path())
    page.wait("map.byId.has(argument)", ENI)


def test_the_page_asks_for_the_control_token_and_keeps_it_to_itself(browser):
    with (
        running(environment=environment(), timing="manual", control_token="opensesame") as emulator,
        console(browser, emulator.endpoint) as page,
    ):
        page.page.goto(f"http://{page.address}{ROOT}")
        page.page.get_by_role("textbox", name="Token").fill("wrong")
        page.page.get_by_role("button", name="Go on").click()
        page.page.wait_for_function("() => document.getElementById('token').value === ''")
        page.page.get_by_role("textbox", name="Token").fill("opensesame")
        page.page.get_by_role("button", name="Go on").click()
        page.page.wait_for_function("() => document.body.dataset.ready === 'true'")
        assert page.page.evaluate("Object.keys(localStorage).length") == 0
        assert page.page.evaluate("document.cookie") == ""
        assert not [url for url in page.asked if "opensesame" in url]
