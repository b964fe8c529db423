"""The ways in which programs ask."""

import json
import re
from urllib.parse import urlencode

import attrs
import pytest
from tests.dialects.alibaba.sdk_models import ECS, LOCATION, STS
from tests.harness import ApiError


@pytest.mark.parametrize("way", ["cilium-query", "terraform-form-beside-query", "ali-nuke-acs3"])
def test_one_port_takes_every_way_of_asking(account, way):
    """terway and cilium send a query, terraform a form beside a query, ali-nuke and karpenter ACS3."""
    eni = account.create_interface()
    client = account.client
    styles = {"cilium-query": "query", "ali-nuke-acs3": "acs3"}
    params = {"NetworkInterfaceId": [eni]}
    request = client.request("DescribeNetworkInterfaces", ECS, style=styles.get(way, "query"), **params)
    if way == "terraform-form-beside-query":
        own = {"NetworkInterfaceId.1": eni, "RegionId": client.region}
        query = client.request("DescribeNetworkInterfaces", ECS, style="query").query
        query = query.replace(f"&RegionId={client.region}".encode(), b"")
        assert b"RegionId" not in query
        headers = {"content-type": "application/x-www-form-urlencoded"}
        request = attrs.evolve(request, query=query, headers=headers, body=urlencode(own).encode())
    answer = account.emulator.send(request)
    assert answer.status == 200
    sets = json.loads(answer.body)["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    assert [each["NetworkInterfaceId"] for each in sets] == [eni]


def test_a_product_that_is_not_here_is_refused_at_once(account):
    """terraform asks BssOpenApi for its account's site when it is configured, and overlooks an error."""
    with pytest.raises(ApiError) as refusal:
        account.client.call("QueryAvailableInstances", "2017-12-14")
    assert refusal.value.status in {400, 404}


def test_who_asks_and_where_products_are_can_be_asked(account):
    """terraform: AccountId of the caller, and the endpoint of a product that has none configured."""
    caller = account.call("GetCallerIdentity", STS)
    assert re.fullmatch(r"\d{16}", caller["AccountId"])
    params = {"Id": "cn-hangzhou", "ServiceCode": "ecs", "Type": "openAPI"}
    request = account.client.request("DescribeEndpoints", LOCATION, **params)
    answer = account.emulator.send(attrs.evolve(request, headers={"host": "127.0.0.1:4780"}))
    endpoints = json.loads(answer.body)["Endpoints"]["Endpoint"]
    assert [each["Endpoint"] for each in endpoints] == ["127.0.0.1:4780"]
