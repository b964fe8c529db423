"""NAT gateways and bandwidth packages for the plausible requests."""

from collections.abc import Callable
from typing import Any

from tests.dialects.alibaba.sdk_models import VPC


def with_gateways(
    call: Callable[..., dict[str, Any]], place: dict[str, str], vswitch_id: str
) -> dict[str, str]:
    """Make two NAT gateways, one with entries, and two packages, one with an EIP; return their ids."""
    gateways = {
        "used": call("CreateNatGateway", VPC, **place, NatType="Enhanced"),
        "bare": call("CreateNatGateway", VPC, **place, NatType="Enhanced", InternetChargeType="PayBySpec"),
    }
    used = gateways["used"]
    public = [call("AllocateEipAddress", VPC) for _ in "123"]
    for each in public:
        of_gateway = {"InstanceId": used["NatGatewayId"], "InstanceType": "Nat"}
        call("AssociateEipAddress", VPC, AllocationId=each["AllocationId"], **of_gateway)
    (snat,), (forward,) = used["SnatTableIds"]["SnatTableId"], used["ForwardTableIds"]["ForwardTableId"]
    of_vswitch = {"SnatTableId": snat, "SnatIp": public[0]["EipAddress"]}
    snat_entry = call("CreateSnatEntry", VPC, SourceVSwitchId=vswitch_id, **of_vswitch)["SnatEntryId"]
    forwarding = {
        "ForwardTableId": forward, "ExternalIp": public[1]["EipAddress"], "ExternalPort": "80",
        "InternalIp": "10.2.0.9", "InternalPort": "8080", "IpProtocol": "tcp",
    }  # fmt: skip
    forward_entry = call("CreateForwardEntry", VPC, **forwarding)["ForwardEntryId"]
    packages = [call("CreateCommonBandwidthPackage", VPC, Bandwidth=20)["BandwidthPackageId"] for _ in "12"]
    packed = call("AllocateEipAddress", VPC)["AllocationId"]
    joining = {"BandwidthPackageId": packages[0], "IpInstanceId": packed}
    call("AddCommonBandwidthPackageIp", VPC, **joining)
    return {
        "NatGatewayId": used["NatGatewayId"],
        "bare gateway": gateways["bare"]["NatGatewayId"],
        "SnatTableId": snat,
        "SnatEntryId": snat_entry,
        "ForwardTableId": forward,
        "ForwardEntryId": forward_entry,
        "public of SNAT": public[0]["EipAddress"],
        "public of DNAT": public[1]["EipAddress"],
        "BandwidthPackageId": packages[0],
        "empty package": packages[1],
        "packed": packed,
    }
