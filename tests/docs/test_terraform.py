"""The ways to the emulator that docs/terraform.md shows, as far as they need no Terraform."""

import json
import sys
import urllib.request
from pathlib import Path

import pytest
from tests.contract.requirements import require
from tests.contract.server import Server
from tests.test_readme import run

TEXT = (Path(__file__).parents[2] / "docs" / "terraform.md").read_text("utf-8")
ASK = """
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vpc.v20170312 import models, vpc_client

http = HttpProfile(protocol="http", rootDomain="duolect.invalid", reqTimeout=10)
profile = ClientProfile(httpProfile=http)
client = vpc_client.VpcClient(Credential("me", "any"), "ap-guangzhou", profile)
print(client.DescribeVpcs(models.DescribeVpcsRequest()).TotalCount)
"""


def test_an_invalid_domain_and_the_emulator_as_proxy_reach_it(open_server: Server) -> None:
    require("tencentcloud")
    assert "TENCENTCLOUD_DOMAIN=duolect.invalid" in TEXT
    proxy = f"http://{open_server.address}"
    assert run(sys.executable, "-W", "ignore", "-c", ASK, HTTP_PROXY=proxy) == "0\n"


@pytest.mark.parametrize("service", ["ecs", "vpc", "sts", "location"])
def test_one_endpoint_names_all_others(open_server: Server, service: str) -> None:
    assert "LOCATION_ENDPOINT=127.0.0.1:4780" in TEXT
    asked = f"Action=DescribeEndpoints&Version=2015-06-12&Format=JSON&Id=cn-hangzhou&ServiceCode={service}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://{open_server.address}/?{asked}&AccessKeyId=me", timeout=10) as answer:
        (endpoint,) = json.load(answer)["Endpoints"]["Endpoint"]
    assert endpoint["Endpoint"] == open_server.address
