"""NAT gateways and bandwidth packages for the plausible requests, and what their actions take."""

from collections.abc import Callable
from typing import Any

Call = Callable[..., dict[str, Any]]


def nat_gateway_requests(call: Call, values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Make a NAT gateway with a rule of each kind; return what its actions take besides."""
    named = {"NatGatewayName": "nat", "VpcId": values["VpcId"]}
    gateway_id = call("CreateNatGateway", AddressCount=2, **named)["NatGatewaySet"][0]["NatGatewayId"]
    (shown,) = call("DescribeNatGateways", NatGatewayIds=[gateway_id])["NatGatewaySet"]
    ip, spare = (each["PublicIpAddress"] for each in shown["PublicIpAddressSet"])
    free = call("DescribeAddresses", AddressIds=[values["AddressId"]])["AddressSet"][0]["AddressIp"]
    (private,) = call("DescribeInstances", InstanceIds=[values["InstanceId"]])["InstanceSet"][0][
        "PrivateIpAddresses"
    ]
    forwarding = {
        "IpProtocol": "TCP", "PublicIpAddress": ip, "PublicPort": 80,
        "PrivateIpAddress": private, "PrivatePort": 8080,
    }  # fmt: skip
    create = "CreateNatGatewayDestinationIpPortTranslationNatRule"
    call(create, NatGatewayId=gateway_id, DestinationIpPortTranslationNatRules=[forwarding])
    subnet = {"ResourceType": "SUBNET", "ResourceId": values["SubnetId"], "PrivateIpAddress": "10.0.0.0/24"}
    snat = {**subnet, "PublicIpAddresses": [ip], "Description": "snat"}
    create = "CreateNatGatewaySourceIpTranslationNatRule"
    call(create, NatGatewayId=gateway_id, SourceIpTranslationNatRules=[snat])
    (rule,) = call("DescribeNatGatewaySourceIpTranslationNatRules", NatGatewayId=gateway_id)[
        "SourceIpTranslationNatRuleSet"
    ]
    other = {**forwarding, "PublicPort": 81}
    block = {"ResourceType": "USERDEFINED", "ResourceId": "", "PrivateIpAddress": "10.0.7.0/24"}
    values |= {"NatGatewayId": gateway_id, "NatGatewaySnatId": rule["NatGatewaySnatId"]}
    return {
        "CreateNatGateway": {"AddressCount": 1},
        "AssociateNatGatewayAddress": {"PublicIpAddresses": [free]},
        "DisassociateNatGatewayAddress": {"PublicIpAddresses": [spare]},
        "CreateNatGatewayDestinationIpPortTranslationNatRule": {
            "DestinationIpPortTranslationNatRules": [other]
        },
        "DeleteNatGatewayDestinationIpPortTranslationNatRule": {
            "DestinationIpPortTranslationNatRules": [forwarding]
        },
        "ModifyNatGatewayDestinationIpPortTranslationNatRule": {
            "SourceNatRule": forwarding,
            "DestinationNatRule": other,
        },
        "CreateNatGatewaySourceIpTranslationNatRule": {"SourceIpTranslationNatRules": [{**snat, **block}]},
        "ModifyNatGatewaySourceIpTranslationNatRule": {
            "SourceIpTranslationNatRule": {**snat, "NatGatewaySnatId": rule["NatGatewaySnatId"]}
        },
    }


def bandwidth_package_requests(call: Call, values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Make two bandwidth packages, an address in one; return what their actions take beside."""
    made = call("CreateBandwidthPackage", BandwidthPackageCount=2)["BandwidthPackageIds"]
    packed = call("AllocateAddresses", BandwidthPackageId=made[0])["AddressSet"]
    values |= {"BandwidthPackageId": made[0]}
    named = {"BandwidthPackageId": made[0]}
    return {
        "AddBandwidthPackageResources": {**named, "ResourceIds": [values["AddressId"]]},
        "RemoveBandwidthPackageResources": {**named, "ResourceIds": packed},
        "ModifyBandwidthPackageAttribute": {**named, "BandwidthPackageName": "name"},
        "DeleteBandwidthPackage": {"BandwidthPackageId": made[1]},
    }
