"""The life of a network as terraform leads it."""

from tests.consumers.alibaba.program_account import AlibabaProgram, Refused
from tests.contract.polling import poll
from tests.contract.sdks.alibaba import OTHER_ZONE


def test_terraform_applies_changes_and_destroys(account: AlibabaProgram) -> None:
    vpc_id, (vswitch_id,), group_id = account.create_network("10.0.0.0/24")
    node = account.run_node(vswitch_id, group_id)
    params = {"VSwitchId": vswitch_id, "SecurityGroupIds": [group_id], "NetworkInterfaceName": "tf-eni"}
    reply = account.ecs("CreateNetworkInterface", SecondaryPrivateIpAddressCount=1, **params)
    eni = reply["NetworkInterfaceId"]
    poll(lambda: account.interface_status(eni), "Available")
    tags = {"ResourceType": "eni", "ResourceId": [eni]}
    account.ecs("TagResources", Tag=[{"Key": "created", "Value": "tf"}], **tags)
    listed = account.ecs("ListTagResources", **tags)["TagResources"]["TagResource"]
    assert [(each["TagKey"], each["TagValue"]) for each in listed] == [("created", "tf")]

    changed = {"NetworkInterfaceName": "tf-eni-2", "Description": "changed", "SecurityGroupId": [group_id]}
    account.ecs("ModifyNetworkInterfaceAttribute", NetworkInterfaceId=eni, **changed)
    (old,) = account.private_addresses(eni)[1:]
    wanted = [
        f"10.0.0.{last}" for last in (20, 21, 22) if f"10.0.0.{last}" not in account.private_addresses(eni)
    ]
    account.ecs("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=[old])
    account.ecs("AssignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddress=wanted)
    poll(lambda: set(account.private_addresses(eni)[1:]), set(wanted))
    shown = account.describe_interface(eni)
    assert shown is not None
    assert (shown["NetworkInterfaceName"], shown["Description"]) == ("tf-eni-2", "changed")

    both = {"NetworkInterfaceId": eni, "InstanceId": node}
    account.ecs("AttachNetworkInterface", **both)
    poll(lambda: account.interface_status(eni), "InUse")
    (read,) = (
        each for each in account.describe_interfaces(MaxResults=100) if each["NetworkInterfaceId"] == eni
    )
    assert read["InstanceId"] == node
    account.ecs("DetachNetworkInterface", **both)
    poll(lambda: account.interface_status(eni), "Available")
    assert account.refusal("DeleteVSwitch", VSwitchId=vswitch_id) == "DependencyViolation"  # and it retries

    account.ecs("DeleteNetworkInterface", NetworkInterfaceId=eni)
    poll(lambda: account.describe_interfaces(NetworkInterfaceId=[eni]), [])
    account.ecs("DeleteInstance", InstanceId=node, Force=True)
    poll(lambda: account.instance_status(node), None)
    account.ecs("DeleteSecurityGroup", SecurityGroupId=group_id)
    account.vpc("DeleteVSwitch", VSwitchId=vswitch_id)
    poll(lambda: found(account, "DescribeVSwitchAttributes", VSwitchId=vswitch_id), 404)
    account.vpc("DeleteVpc", VpcId=vpc_id)
    poll(lambda: found(account, "DescribeVpcAttribute", VpcId=vpc_id), 404)


def found(account: AlibabaProgram, action: str, **params: str) -> int:
    """Return the HTTP status by which terraform knows that a thing is gone."""
    try:
        account.vpc(action, **params)
    except Refused as refusal:
        return int(refusal.status_code)
    return 200


def test_terraform_retries_for_as_long_as_a_vswitch_is_not_ready(account: AlibabaProgram) -> None:
    vpc_id, _, group_id = account.create_network("10.0.0.0/24")
    params = {"VpcId": vpc_id, "ZoneId": OTHER_ZONE, "CidrBlock": "10.0.1.0/24"}
    account.add_fault("CreateVSwitch", delay_ms=400, times=1)
    vswitch_id = account.vpc("CreateVSwitch", **params)["VSwitchId"]

    params = {"VSwitchId": vswitch_id, "SecurityGroupIds": [group_id]}
    seen = poll(lambda: account.refusal("CreateNetworkInterface", **params), "")
    assert seen == ["IncorrectVSwitchStatus", ""]
