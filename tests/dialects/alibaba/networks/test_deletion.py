"""VPCs and vSwitches on their way out: both deletions go on after they were answered.

Sources: the vendor's pages DeleteVSwitch and DeleteVpc (2025, 2026), which name the states, and that a
vSwitch is not deleted while another one of its VPC is created or deleted. In packer's pull request 6418
DeleteVpc straight after DeleteVSwitch was refused, and passed a second later. Terraform's provider (pull
requests 3370 and 7252) and footmark (90) wait until ``DependencyViolation.VSwitch`` ends.
"""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import ECS, VPC

from duolect_core.model.durations import PRESETS

BOTH = pytest.mark.parametrize("version", [VPC, ECS])


def status(account, action, **named):
    return account.call(action, RegionId="cn-hangzhou", **named)["Status"]


@BOTH
def test_a_vswitch_that_is_being_deleted_is_pending_and_listed(account, version):
    subnet_id = account.subnet.id
    account.call("DeleteVSwitch", version, VSwitchId=subnet_id)
    assert status(account, "DescribeVSwitchAttributes", VSwitchId=subnet_id) == "Pending"
    (shown,) = account.call("DescribeVSwitches", version, VpcId=account.network.id)["VSwitches"]["VSwitch"]
    assert (shown["VSwitchId"], shown["Status"]) == (subnet_id, "Pending")
    account.wait()
    assert account.refusal("DescribeVSwitchAttributes", VSwitchId=subnet_id) == (
        "InvalidVSwitchId.NotFound",
        404,
    )


@BOTH
def test_a_vpc_that_is_being_deleted_is_deleting_and_listed(account, version):
    vpc_id = account.create_vpc()
    account.call("DeleteVpc", version, VpcId=vpc_id)
    assert status(account, "DescribeVpcAttribute", VpcId=vpc_id) == "Deleting"
    (shown,) = account.call("DescribeVpcs", version, VpcId=vpc_id)["Vpcs"]["Vpc"]
    assert shown["Status"] == "Deleting"
    (table,) = account.call("DescribeRouteTableList", VPC, VpcId=vpc_id)["RouterTableList"][
        "RouterTableListType"
    ]
    assert table["Status"] == "Deleting"
    account.wait()
    assert account.refusal("DescribeVpcAttribute", VpcId=vpc_id) == ("InvalidVpcId.NotFound", 404)


@BOTH
def test_a_vpc_is_kept_by_a_vswitch_that_is_being_deleted(account, version):
    vpc_id = account.create_vpc()
    vswitch_id = account.create_vswitch(vpc_id, CidrBlock="192.168.1.0/24")
    account.call("DeleteVSwitch", version, VSwitchId=vswitch_id)
    assert account.refusal("DeleteVpc", version, VpcId=vpc_id) == ("DependencyViolation.VSwitch", 400)
    account.wait()
    account.call("DeleteVpc", version, VpcId=vpc_id)


def test_a_deletion_under_way_cannot_be_asked_for_again(account):
    account.call("DeleteVSwitch", VSwitchId=account.subnet.id)
    assert account.refusal("DeleteVSwitch", VSwitchId=account.subnet.id) == ("IncorrectVSwitchStatus", 400)
    vpc_id = account.create_vpc()
    account.call("DeleteVpc", VpcId=vpc_id)
    assert account.refusal("DeleteVpc", VpcId=vpc_id) == ("IncorrectVpcStatus", 400)


def test_vswitches_of_a_vpc_are_deleted_and_created_one_by_one(account):
    other = account.create_vswitch(account.network.id, CidrBlock="10.0.9.0/24")
    account.call("DeleteVSwitch", VSwitchId=account.subnet.id)
    wanted = {"VpcId": account.network.id, "ZoneId": "cn-hangzhou-b", "CidrBlock": "10.0.10.0/24"}
    busy = ("IncorrectVSwitchStatus", 400)
    assert account.refusal("DeleteVSwitch", VSwitchId=other) == busy
    assert account.refusal("CreateVSwitch", **wanted) == busy
    account.wait()
    account.call("CreateVSwitch", **wanted)
    assert account.refusal("DeleteVSwitch", VSwitchId=other) == busy
    account.wait()
    account.call("DeleteVSwitch", VSwitchId=other)


def test_nothing_is_put_into_what_is_being_deleted(account):
    account.call("DeleteVSwitch", VSwitchId=account.subnet.id)
    assert account.refusal("CreateNetworkInterface", **account.interface_params()) == (
        "IncorrectVSwitchStatus",
        400,
    )
    vpc_id = account.create_vpc()
    account.call("DeleteVpc", VpcId=vpc_id)
    assert account.refusal("CreateSecurityGroup", VpcId=vpc_id) == ("IncorrectVpcStatus", 400)


def test_the_time_it_takes_is_a_duration():
    assert {name: preset.delete_network for name, preset in PRESETS.items()} == {
        "instant": 0,
        "fast": 200_000,
        "realistic": 1_000_000,
    }
    slow = AlibabaAccount.furnished(durations={"delete_network": "60s"})
    slow.call("DeleteVSwitch", VSwitchId=slow.subnet.id)
    slow.emulator.advance(59_000)
    assert status(slow, "DescribeVSwitchAttributes", VSwitchId=slow.subnet.id) == "Pending"
    slow.emulator.advance(1_000)
    assert slow.refusal("DescribeVSwitchAttributes", VSwitchId=slow.subnet.id)[1] == 404
