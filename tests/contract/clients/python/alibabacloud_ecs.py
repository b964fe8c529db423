"""Alibaba Cloud's SDK for Python: typed requests, signed with ACS3-HMAC-SHA256 or version 1.

This is the program of the current line and of the older one, whose errors are of another class.
"""

import json
from typing import Any

from alibabacloud_ecs20140526 import models as ecs_models
from alibabacloud_ecs20140526.client import Client as Ecs
from alibabacloud_tea_openapi.models import Config
from alibabacloud_vpc20160428 import models as vpc_models
from alibabacloud_vpc20160428.client import Client as Vpc
from checks import ENDPOINT, KEY, SCHEME, SECRET, Checks, main, watch

try:
    from alibabacloud_tea_openapi.exceptions import ClientException as Refusal

    OLDER = False
except ImportError:  # before alibabacloud-tea-openapi 0.4
    from Tea.exceptions import TeaException as Refusal

    OLDER = True

REGION = "cn-hangzhou"
ZONE, OTHER_ZONE = "cn-hangzhou-h", "cn-hangzhou-i"
WAYS: dict[str, dict[str, str]] = {"ACS3": {}, "v1": {"signature_algorithm": "v2"}}


class Account:
    """What a user of the SDK writes around it."""

    def __init__(self, way: dict[str, str], secret: str = SECRET) -> None:
        config = Config(
            access_key_id=KEY,
            access_key_secret=secret,
            region_id=REGION,
            endpoint=ENDPOINT,
            protocol=SCHEME if ENDPOINT else None,
            **way,
        )
        self.ecs = Ecs(config)
        self.vpc = Vpc(config)

    def network_status(self, vpc_id: str) -> str | None:
        request = vpc_models.DescribeVpcsRequest(region_id=REGION, vpc_id=vpc_id)
        found = self.vpc.describe_vpcs(request).body.vpcs.vpc
        return found[0].status if found else None

    def subnet_status(self, vswitch_id: str) -> str | None:
        request = vpc_models.DescribeVSwitchesRequest(region_id=REGION, v_switch_id=vswitch_id)
        found = self.vpc.describe_vswitches(request).body.v_switches.v_switch
        return found[0].status if found else None

    def create_subnet(self, vpc_id: str, zone: str, block: str) -> str:
        request = vpc_models.CreateVSwitchRequest(
            region_id=REGION, vpc_id=vpc_id, zone_id=zone, cidr_block=block
        )
        vswitch_id: str = self.vpc.create_vswitch(request).body.v_switch_id
        watch(lambda: self.subnet_status(vswitch_id), "Available")
        return vswitch_id

    def instance_status(self, instance_id: str) -> str | None:
        request = ecs_models.DescribeInstancesRequest(
            region_id=REGION, instance_ids=json.dumps([instance_id])
        )
        found = self.ecs.describe_instances(request).body.instances.instance
        return found[0].status if found else None

    def create_interface(self, vswitch_id: str, group_id: str) -> Any:
        request = ecs_models.CreateNetworkInterfaceRequest(
            region_id=REGION,
            v_switch_id=vswitch_id,
            security_group_ids=[group_id],
            network_interface_name="second",
            description="it's (50 %) ~ready*!",
            secondary_private_ip_address_count=1,
            tag=[ecs_models.CreateNetworkInterfaceRequestTag(key="team", value="\u7f51\u7edc +")],
        )
        return self.ecs.create_network_interface(request).body

    def find_interface(self, interface_id: str) -> Any:
        request = ecs_models.DescribeNetworkInterfacesRequest(
            region_id=REGION, network_interface_id=[interface_id]
        )
        found = self.ecs.describe_network_interfaces(
            request
        ).body.network_interface_sets.network_interface_set
        return found[0] if found else None

    def interface_status(self, interface_id: str) -> str | None:
        found = self.find_interface(interface_id)
        return found.status if found else None

    def attach(self, interface_id: str, instance_id: str) -> None:
        self.ecs.attach_network_interface(
            ecs_models.AttachNetworkInterfaceRequest(
                region_id=REGION, network_interface_id=interface_id, instance_id=instance_id
            )
        )

    def delete_interface(self, interface_id: str) -> None:
        self.ecs.delete_network_interface(
            ecs_models.DeleteNetworkInterfaceRequest(region_id=REGION, network_interface_id=interface_id)
        )
        watch(lambda: self.interface_status(interface_id), None)


def scenario(checks: Checks, way: dict[str, str]) -> None:  # noqa: PLR0915 - a life, from beginning to end
    """Live the life of an interface."""
    account = Account(way)
    ecs, vpc = account.ecs, account.vpc

    with checks.check("sign") as told:
        request = ecs_models.DescribeNetworkInterfacesRequest(region_id=REGION)
        ecs.describe_network_interfaces(request)
        error = refusal(lambda: Account(way, f"not {SECRET}").ecs.describe_network_interfaces(request))
        assert error.code == "SignatureDoesNotMatch"
        told.append(f"another secret: {error.code}")

    with checks.check("success"):
        vpc_id = vpc.create_vpc(
            vpc_models.CreateVpcRequest(region_id=REGION, cidr_block="10.0.0.0/16")
        ).body.vpc_id
        watch(lambda: account.network_status(vpc_id), "Available")
        subnet_id = account.create_subnet(vpc_id, ZONE, "10.0.0.0/24")
        other_subnet_id = account.create_subnet(vpc_id, OTHER_ZONE, "10.0.1.0/24")
        group_id = ecs.create_security_group(
            ecs_models.CreateSecurityGroupRequest(region_id=REGION, vpc_id=vpc_id)
        ).body.security_group_id
        run = ecs_models.RunInstancesRequest(
            region_id=REGION,
            image_id="aliyun_3_x64_20G_alibase_20240528.vhd",
            instance_type="ecs.g7.large",
            v_switch_id=subnet_id,
            security_group_id=group_id,
        )
        (instance_id,) = ecs.run_instances(run).body.instance_id_sets.instance_id_set
        watch(lambda: account.instance_status(instance_id), "Running")

        near = account.create_interface(subnet_id, group_id)
        assert near.status == "Available"
        assert near.zone_id == ZONE
        assert near.description == "it's (50 %) ~ready*!"
        assert near.security_group_ids.security_group_id == [group_id]
        assert [each.primary for each in near.private_ip_sets.private_ip_set] == [True, False]
        assert [(tag.tag_key, tag.tag_value) for tag in near.tags.tag] == [("team", "\u7f51\u7edc +")]
        near_id = near.network_interface_id
        far_id = account.create_interface(other_subnet_id, group_id).network_interface_id

    with checks.check("error") as told:
        unknown = refusal(lambda: account.attach("eni-bp1nowhere0000000000", instance_id))
        assert (unknown.code, status(unknown)) == ("InvalidEniId.NotFound", 404)
        assert len(request_id(unknown)) == 36
        assert request_id(unknown) in unknown.message
        distant = refusal(lambda: account.attach(far_id, instance_id))
        assert (distant.code, status(distant)) == ("InvalidOperation.AvailabilityZoneMismatch", 403)
        assert account.interface_status(far_id) == "Available"
        incomplete = refusal(
            lambda: ecs.create_network_interface(ecs_models.CreateNetworkInterfaceRequest(region_id=REGION))
        )
        assert status(incomplete) == 400
        assert incomplete.code.startswith("Missing")
        assert "VSwitchId" in incomplete.message
        told += [unknown.code, distant.code, incomplete.code]

    with checks.check("poll") as told:
        account.attach(near_id, instance_id)
        attaching = watch(lambda: account.interface_status(near_id), "InUse")
        assert attaching == ["Attaching", "InUse"]
        shown = account.find_interface(near_id)
        assert shown.attachment.instance_id == instance_id
        assert shown.attachment.device_index == 1
        ecs.detach_network_interface(
            ecs_models.DetachNetworkInterfaceRequest(
                region_id=REGION, network_interface_id=near_id, instance_id=instance_id
            )
        )
        detaching = watch(lambda: account.interface_status(near_id), "Available")
        assert detaching == ["Detaching", "Available"]
        told += [" ".join(attaching), " ".join(detaching)]

    with checks.check("success") as told:
        account.delete_interface(near_id)
        account.delete_interface(far_id)
        ecs.delete_instance(ecs_models.DeleteInstanceRequest(instance_id=instance_id, force=True))
        watch(lambda: account.instance_status(instance_id), None)
        ecs.delete_security_group(
            ecs_models.DeleteSecurityGroupRequest(region_id=REGION, security_group_id=group_id)
        )
        for vswitch_id in (subnet_id, other_subnet_id):
            vpc.delete_vswitch(vpc_models.DeleteVSwitchRequest(region_id=REGION, v_switch_id=vswitch_id))
            watch(lambda: account.subnet_status(vswitch_id), None)  # noqa: B023 - called at once
        vpc.delete_vpc(vpc_models.DeleteVpcRequest(region_id=REGION, vpc_id=vpc_id))
        watch(lambda: account.network_status(vpc_id), None)
        told.append("all deleted")


def refusal(call: Any) -> Refusal:
    """Return what a call is refused with."""
    try:
        call()
    except Refusal as error:
        return error
    raise AssertionError("the call was expected to be refused")


def status(error: Refusal) -> int:
    """Return the HTTP status that an error tells."""
    found: int = error.statusCode if OLDER else error.status_code
    return found


def request_id(error: Refusal) -> str:
    """Return the id of the request that was refused."""
    found: str = error.data["RequestId"] if OLDER else error.request_id
    return found


main("alibabacloud-ecs20140526", WAYS, scenario)
