"""A scene in which every answer is held against the official SDK, and every refusal leaves no trace.

``ask`` calls an action and returns its answer; ``refused`` returns the code and HTTP status of a refusal.
"""

import inspect
import re
from functools import cache
from types import ModuleType
from typing import Any

from tests.contract.needs import require
from tests.dialects.scenes import AlibabaScene
from tests.harness import ApiError

ECS, VPC, STS, LOCATION = "2014-05-26", "2016-04-28", "2015-04-01", "2015-06-12"
_PACKAGES = {
    ECS: "alibabacloud_ecs20140526",
    VPC: "alibabacloud_vpc20160428",
    STS: "alibabacloud_sts20150401",
    LOCATION: "alibabacloud_location20150612",
}


SOMETIMES = {
    r"AllocateEipAddressResponseBody\.(OrderId|EipAddress|ResourceGroupId)": "an order or an address comes",
    r"DescribeNetworkInterface\w*\.(QueueNumber|QueuePairNumber)": "where one was chosen, or is in force",
    r"DescribeNetworkInterface\w*Attachment\.NetworkCardIndex": "where a card was chosen",
    r"DescribeNetworkInterface\w*EnhancedNetwork\.\w+": "where it was set",
}
"""Fields that are not always there, and when they are."""


def models(version: str) -> ModuleType:
    """Return the SDK's models of a product."""
    return require(f"{_PACKAGES[version]}.models")


@cache
def members(model: type, version: str) -> dict[str, type | None]:
    """Return the wire names of a model's fields, with the model of what has fields of its own."""
    names = list(dict.fromkeys(re.findall(r"m\.get\('([^']+)'\)", inspect.getsource(model.from_map))))
    declared = [name for name in inspect.signature(model.__init__).parameters if name != "self"]
    assert len(names) == len(declared), model
    found = {}
    for name, attribute in zip(names, declared, strict=True):
        inner = re.search(r"models\.(\w+)", str(model.__init__.__annotations__[attribute]))
        found[name] = getattr(models(version), inner[1]) if inner else None
    return found


def assert_complete(body: dict[str, Any], model: type, version: str) -> None:
    """Assert that an answer has every field of its model, all the way down."""
    for name, inner in members(model, version).items():
        field = f"{model.__name__}.{name}"
        assert name in body or any(re.fullmatch(each, field) for each in SOMETIMES), f"there is no {field}"
        value = body.get(name)
        for part in value if isinstance(value, list) else [value]:
            if inner is not None and part is not None:
                assert_complete(part, inner, version)


def version_of(action: str) -> str:
    """Return the product in whose version an action is usually called."""
    return VPC if re.search("Vpc|VSwitch", action) else ECS


class Town(AlibabaScene):
    def ask(self, action: str, version: str = "", **params: Any) -> dict[str, Any]:
        """Call an action; its answer is what the SDK makes of it, and has all that the SDK knows."""
        version = version or version_of(action)
        body: dict[str, Any] = self.client.call(action, version, **params)
        model = getattr(models(version), f"{action}ResponseBody")
        assert model().from_map(body).to_map() == body
        assert_complete(body, model, version)
        return body

    def refused(self, action: str, version: str = "", **params: Any) -> tuple[str, int]:
        """Return the code and status with which an action is refused; nothing has changed."""
        before = self.dump()
        try:
            self.client.call(action, version or version_of(action), **params)
        except ApiError as error:
            assert self.dump() == before
            return error.code, error.status
        raise AssertionError(f"{action} is not refused")

    def run(self, **changes: Any) -> list[str]:
        """Run instances and wait; return their ids."""
        ids: list[str] = self.ask("RunInstances", **self.running(**changes))["InstanceIdSets"][
            "InstanceIdSet"
        ]
        self.wait()
        return ids

    def running(self, **changes: Any) -> dict[str, Any]:
        """Return the parameters of a good RunInstances, with changes; None leaves one out."""
        return {
            "ImageId": "m-1",
            "InstanceType": self.type_name,
            "VSwitchId": self.subnet.id,
            "SecurityGroupId": self.group.id,
            **changes,
        }

    def instances(self, **criteria: Any) -> list[dict[str, Any]]:
        """Return the instances that DescribeInstances lists."""
        found: list[dict[str, Any]] = self.ask("DescribeInstances", **criteria)["Instances"]["Instance"]
        return found
