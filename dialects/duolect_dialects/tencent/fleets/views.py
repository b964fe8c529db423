"""Launch templates and their versions as cvm shows them.

Of a version there is shown what it says; what the vendor's definition always has is filled in with what
counts where nothing is said.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from duolect_core.model.fleets import LaunchTemplate, TemplateVersion
from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.instances.creating.run import DEFAULT_TYPE
from duolect_dialects.tencent.instances.disks import DATA_DISK, SYSTEM_DISK
from duolect_dialects.tencent.instances.views import INTERNET, POSTPAID
from duolect_dialects.tencent.names import uin, utc_time

_PLACEMENT: Final[Body] = {
    "ProjectId": 0,
    "HostIds": [],
    "HostId": "",
    "DedicatedResourcePackTenancy": "",
    "DedicatedResourcePackIds": [],
    "RackId": "",
}
_PLACE: Final[Body] = {
    "VpcId": "",
    "SubnetId": "",
    "AsVpcGateway": False,
    "PrivateIpAddresses": [],
    "Ipv6AddressCount": 0,
}
_SERVICES: Final = ("SecurityService", "MonitorService", "AutomationService")
_WHOLE: Final[Mapping[str, Body]] = MappingProxyType(
    {
        "Placement": _PLACEMENT,
        "VirtualPrivateCloud": _PLACE,
        "SystemDisk": {**SYSTEM_DISK, "DiskId": "", "KmsKeyId": ""},
        "InternetAccessible": INTERNET,
        "EnhancedService": {name: {"Enabled": name != "AutomationService"} for name in _SERVICES},
    }
)
"""The objects that are always there, as they are where nothing is said of them."""
_SOMETIMES: Final = (
    "CamRoleName",
    "UserData",
    "HostName",
    "TagSpecification",
    "ClientToken",
)
"""What is shown as it was said, or not at all."""


def template(session: Session, shown: LaunchTemplate) -> Body:
    """Return a launch template."""
    return {
        "LatestVersionNumber": shown.latest,
        "LaunchTemplateId": shown.id,
        "LaunchTemplateName": shown.name,
        "DefaultVersionNumber": shown.default,
        "LaunchTemplateVersionCount": len(shown.versions),
        "CreatedBy": uin(session),
        "CreationTime": utc_time(shown.created),
    }


def version(session: Session, of: LaunchTemplate, shown: TemplateVersion) -> Body:
    """Return a version of a launch template."""
    return {
        "LaunchTemplateVersion": shown.number,
        "LaunchTemplateVersionData": _data(shown.parameters),
        "CreationTime": utc_time(shown.created),
        "LaunchTemplateId": of.id,
        "IsDefaultVersion": shown.number == of.default,
        "LaunchTemplateVersionDescription": shown.description,
        "CreatedBy": uin(session),
    }


def _data(said: Mapping[str, Any]) -> Body:
    body: Body = {name: {**whole, **said.get(name, {})} for name, whole in _WHOLE.items()}
    body["InstanceType"] = said.get("InstanceType", DEFAULT_TYPE)
    body["InstanceName"] = said.get("InstanceName", "")
    body["InstanceChargeType"] = said.get("InstanceChargeType", POSTPAID)
    body["ImageId"] = said.get("ImageId", "")
    body["SecurityGroupIds"] = said.get("SecurityGroupIds", [])
    body["InstanceCount"] = said.get("InstanceCount", 1)
    body["DisableApiTermination"] = said.get("DisableApiTermination", False)
    body["DataDisks"] = [{**DATA_DISK, "DiskId": "", **each} for each in said.get("DataDisks", ())]
    if "LoginSettings" in said:
        body["LoginSettings"] = {"KeyIds": said["LoginSettings"].get("KeyIds")}
    if "InstanceMarketOptions" in said:
        market = said["InstanceMarketOptions"]
        options = {"SpotInstanceType": "one-time", **market["SpotOptions"]}
        body["InstanceMarketOptions"] = {"MarketType": "spot", **market, "SpotOptions": options}
    return {**body, **{name: said[name] for name in _SOMETIMES if name in said}}
