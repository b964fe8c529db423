"""The ways in which programs ask."""

import json
from http.client import HTTPConnection

import pytest


@pytest.mark.parametrize("style", ["json", "get", "form"])
def test_one_port_takes_every_way_of_asking(account, style):
    """terraform and bk-bcs send JSON, cloudmux a flattened form with the older signature."""
    interface_id = account.create_interface()
    request = account.client.request(
        "DescribeNetworkInterfaces", style=style, NetworkInterfaceIds=[interface_id], Limit=50, Offset=0
    )
    reply = json.loads(account.emulator.send(request).body)["Response"]
    assert [each["NetworkInterfaceId"] for each in reply["NetworkInterfaceSet"]] == [interface_id]


@pytest.mark.parametrize("way", ["proxy", "root-domain"])
def test_the_emulator_answers_for_hosts_of_the_vendor(open_server, way):
    """terraform dials vpc.DOMAIN: it comes by way of a proxy, or by a name that leads here."""
    headers = {
        "X-TC-Action": "DescribeNetworkInterfaces",
        "X-TC-Version": "2017-03-12",
        "X-TC-Region": "ap-guangzhou",
        "Content-Type": "application/json",
    }
    host, target = f"vpc.emu.local:{open_server.port}", "/"
    if way == "proxy":
        host, target = "vpc.tencentcloudapi.com", "http://vpc.tencentcloudapi.com/"
    connection = HTTPConnection("127.0.0.1", open_server.port, timeout=20)
    try:
        connection.request("POST", target, b"{}", {**headers, "Host": host})
        reply = json.loads(connection.getresponse().read())["Response"]
    finally:
        connection.close()
    assert (reply["TotalCount"], reply["NetworkInterfaceSet"]) == (0, [])
