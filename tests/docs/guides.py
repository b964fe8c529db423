"""What the guides show, read from them, and a program where they leave a place for the reader's own."""

import json
import re
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from duolect.testing import Account

ROOT = Path(__file__).parents[2]
GUIDES = ("testing", "faults", "snapshots", "reach")
TEXTS = {name: (ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in GUIDES}
CLUSTER = {
    "networks": [{"id": "vpc-1", "CidrBlock": "10.0.0.0/8"}],
    "subnets": [{"id": "vsw-1", "VpcId": "vpc-1", "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.0.0/24"}],
    "groups": [{"id": "sg-1", "VpcId": "vpc-1"}],
    "instances": [
        {
            "id": "i-1",
            "InstanceType": "ecs.g7.large",
            "ImageId": "aliyun_3_x64_20G_alibase_20240528.vhd",
            "VSwitchId": "vsw-1",
            "SecurityGroupId": "sg-1",
        }
    ],
}


def blocks(guide: str, language: str) -> list[str]:
    """Return the blocks of a language in a guide."""
    return re.findall(rf"^```{language}\n(.*?)^```", TEXTS[guide], re.MULTILINE | re.DOTALL)


def call(account: Account, action: str, **parameters: str) -> dict[str, Any]:
    """Call an action of Alibaba Cloud without an SDK."""
    asked = {
        "Action": action,
        "Version": "2014-05-26",
        "Format": "JSON",
        "RegionId": "cn-hangzhou",
        "AccessKeyId": account.access_key,
        **parameters,
    }
    connection = HTTPConnection(account.duolect.host, account.duolect.port)
    connection.request("GET", f"/?{urlencode(asked)}", headers={"connection": "close"})
    return dict(json.loads(connection.getresponse().read()))


class Program:
    """The reader's program, in its place."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def create(self) -> str:
        place = {"VSwitchId": "vsw-1", "SecurityGroupId": "sg-1"}
        made = call(self.account, "CreateNetworkInterface", **place)["NetworkInterfaceId"]
        self.account.clock.until_idle()
        return str(made)

    def attach(self, interface: str, instance: str) -> None:
        names = {"NetworkInterfaceId": interface, "InstanceId": instance}
        assert "Code" not in call(self.account, "AttachNetworkInterface", **names)

    def lead_a_life(self) -> str:
        """Create, attach, detach and delete an interface."""
        made = self.create()
        self.attach(made, "i-1")
        self.account.clock.until_idle()
        call(self.account, "DetachNetworkInterface", NetworkInterfaceId=made, InstanceId="i-1")
        self.account.clock.until_idle()
        call(self.account, "DeleteNetworkInterface", NetworkInterfaceId=made)
        self.account.clock.until_idle()
        return made
