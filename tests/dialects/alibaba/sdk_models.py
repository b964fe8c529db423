"""What the official SDK's models say about answers: which fields there are, and that none is missing."""

import inspect
import re
from functools import cache
from types import ModuleType
from typing import Any

from tests.contract.requirements import require

ECS, VPC, STS, LOCATION = "2014-05-26", "2016-04-28", "2015-04-01", "2015-06-12"
RESOURCE_MANAGER = "2020-03-31"
"""The versions of the products."""
_PACKAGES = {
    ECS: "alibabacloud_ecs20140526",
    VPC: "alibabacloud_vpc20160428",
    STS: "alibabacloud_sts20150401",
    LOCATION: "alibabacloud_location20150612",
    RESOURCE_MANAGER: "alibabacloud_resourcemanager20200331",
}
_OF_INSTANCE = r"DescribeInstances?(Attribute)?ResponseBody(Instances?)*"
_OF_IMAGE = "DescribeImagesResponseBodyImagesImage"
_OF_TYPE = "DescribeInstanceTypesResponseBodyInstanceTypesInstanceType"
SOMETIMES = {
    rf"{_OF_INSTANCE}\.(Tags|KeyPairName|LocalStorage\w+)": "where there is one",
    r"DescribeKeyPairsResponseBodyKeyPairsKeyPair\.PublicKey": "where it is asked for",
    rf"{_OF_INSTANCE}EipAddress\.Bandwidth": "where an EIP is associated",
    rf"{_OF_INSTANCE}(ImageOptions|PrivateDnsNameOptions)\.\w+": "where it was given",
    r"DescribeDisksResponseBodyDisksDiskPlacement\.\w+": "of disks that several zones have",
    r"DescribeRegionsResponseBodyRegionsRegion\.Status": "in the older pages only",
    r"AllocateEipAddressResponseBody\.(OrderId|EipAddress|ResourceGroupId)": "an order or an address comes",
    r"DescribeNetworkInterface\w*\.(QueueNumber|QueuePairNumber)": "where one was chosen, or is in force",
    r"DescribeNetworkInterface\w*Attachment\.\w+": "where it is attached",
    r"DescribeNetworkInterface\w*AssociatedPublicIp\.\w+": "where it has one",
    r"DescribeNetworkInterface\w*EnhancedNetwork\.\w+": "where it was set",
    rf"{_OF_IMAGE}\.(ImageOwnerId|LicenseType|SecureBootOptions|SupplierName|Usable)": "recorded 2024",
    rf"{_OF_IMAGE}Features\.(Cpu|Memory)Online\w+": "recorded 2024",
    rf"{_OF_IMAGE}Features\.ImdsSupport": "recorded 2024",
    rf"{_OF_IMAGE}DetectionOptions\.\w+": "recorded 2024",
    rf"{_OF_TYPE}\.(Attributes|BaselineCredit|InitialCredit|SecurityOptions)": "recorded 2025, 2026",
    rf"{_OF_TYPE}\.(GPUMemorySize|LocalStorage(Amount|Capacity))": "where it has any",
    rf"{_OF_TYPE}\.(NetworkCard\w+|QueuePairNumber)": "where it has any",
    rf"{_OF_TYPE}(CpuOptions\.NestedVirtualizationSupport|(Clock|EnhancedNetwork)\.\w+)": "recorded 2026",
    rf"{_OF_TYPE}NetworkInfoBandwidthWeighting\.\w+": "recorded 2026",
    r"DescribeAvailableResource\w+SupportedResource\.StatusCategory": "of types, not of disks",
    r"Describe(RouteEntryList|RouteTables)\w+NextHop\.(NextHopRegionId|NextHopRelatedInfo|Weight)": (
        "of router interfaces"
    ),
    r"\w+NatGateway\w*ResponseBody\w*\.AccessMode": "of gateways between VPCs",
    r"GetDhcpOptionsSetResponseBody\.\w+": "of a set that exists",
    r"GetCallerIdentityResponseBody\.RoleId": "of a role",
    r"DescribeLaunchTemplateVersions\w+LaunchTemplateData\w*\.\w+": "where the version says it",
    r"DescribeLaunchTemplateVersions\w+Set\.LaunchTemplateData": "where it is asked for",
    r"DescribeAutoProvisioningGroups\w+\.(MaxPrice|MaxSpotPrice|Priority)": "where it was given",
}
"""Fields that are not always there, and when they are."""


_DISK_PARTS = (
    "AutoSnapshotPolicyId BurstingEnabled Category DeleteWithInstance Description DiskName Encrypted Iops "
    "KMSKeyId PerformanceLevel ProvisionedIops Size"
)
BEYOND = frozenset(
    {"AvailableRegions", "Descritpion", *(f"SystemDisk.{part}" for part in _DISK_PARTS.split())}
)
"""Members that the SDKs of other languages know, and that of Python does not."""
RECORDED = {"DescribeImages": frozenset({"NextToken"})}
"""Members at the top of an answer that were recorded, and that no SDK knows."""


def known(tree: Any, action: str = "") -> Any:
    """Return an answer without the members that the SDK does not know."""
    if isinstance(tree, dict):
        unknown = BEYOND | RECORDED.get(action, frozenset())
        return {name: known(value) for name, value in tree.items() if name not in unknown}
    return [known(each) for each in tree] if isinstance(tree, list) else tree


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
