"""Instances of Alibaba Cloud that move to another vSwitch, VPC or address."""

import json

import pytest

ACTION = "ModifyInstanceVpcAttribute"
ECS, VPC = "2014-05-26", "2016-04-28"


@pytest.fixture
def instance_id(account):
    return stopped(account)


def stopped(account, **params):
    (instance_id,) = account.run_instances(**params)
    account.call("StopInstance", InstanceId=instance_id)
    account.wait()
    return instance_id


def restart(account, instance_id):
    for action in ("StartInstance", "StopInstance"):
        account.call(action, InstanceId=instance_id)
        account.wait()


def move(account, instance_id, vswitch_id=None, **params):
    vswitch_id = vswitch_id or account.subnet.id
    account.call(ACTION, ECS, InstanceId=instance_id, VSwitchId=vswitch_id, **params)
    (shown,) = account.describe_instances(InstanceIds=json.dumps([instance_id]))
    return shown["VpcAttributes"]


def refusal(account, instance_id, vswitch_id=None, **params):
    vswitch_id = vswitch_id or account.subnet.id
    return account.refusal(ACTION, ECS, InstanceId=instance_id, VSwitchId=vswitch_id, **params)


def another(account, block="10.0.9.0/24", vpc_id=None, **params):
    """Return a new vSwitch of the VPC, or of another one."""
    found = account.call(
        "CreateVSwitch",
        VPC,
        CidrBlock=block,
        VpcId=vpc_id or account.network.id,
        **{"ZoneId": account.subnet.zone, **params},
    )
    account.wait()
    return found["VSwitchId"]


def abroad(account):
    """Return another VPC with a vSwitch and a security group of it, as the action takes them."""
    vpc_id = account.call("CreateVpc", VPC, CidrBlock="10.0.0.0/8")["VpcId"]
    account.wait()
    group = account.call("CreateSecurityGroup", VpcId=vpc_id)["SecurityGroupId"]
    return another(account, "10.7.0.0/16", vpc_id), {"VpcId": vpc_id, "SecurityGroupId": [group]}


def free(account):
    interface_id = account.create_interface()
    account.wait()
    return interface_id


def test_an_instance_moves_within_its_vpc(account, instance_id):
    vswitch = another(account)
    shown = move(account, instance_id, vswitch, PrivateIpAddress="10.0.9.77")
    assert (shown["VSwitchId"], shown["VpcId"]) == (vswitch, account.network.id)
    assert shown["PrivateIpAddress"]["IpAddress"] == ["10.0.9.77"]
    found = account.call("DescribeNetworkInterfaces", VSwitchId=vswitch)
    (primary,) = found["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    assert (primary["Type"], primary["PrivateIpAddress"]) == ("Primary", "10.0.9.77")


def test_within_its_vswitch_it_gets_another_address(account, instance_id):
    (before,) = account.describe_instances()
    shown = move(account, instance_id)
    assert shown["VSwitchId"] == account.subnet.id
    assert shown["PrivateIpAddress"] != before["VpcAttributes"]["PrivateIpAddress"]


def test_an_instance_moves_to_another_vpc_and_into_its_groups(account, instance_id):
    vswitch, more = abroad(account)
    shown = move(account, instance_id, vswitch, **more)
    assert (shown["VSwitchId"], shown["VpcId"]) == (vswitch, more["VpcId"])
    (instance,) = account.describe_instances()
    assert instance["SecurityGroupIds"]["SecurityGroupId"] == more["SecurityGroupId"]


def test_it_is_started_before_it_moves_once_more(account, instance_id):
    move(account, instance_id)
    assert refusal(account, instance_id) == ("InvalidPrivateIp.Changing", 400)
    account.wait()
    restart(account, instance_id)
    move(account, instance_id)


def test_a_new_instance_is_started_before_it_moves(account):
    created = account.call(
        "CreateInstance",
        ImageId="m-1",
        InstanceType="ecs.g7.large",
        SecurityGroupId=account.group.id,
        VSwitchId=account.subnet.id,
    )
    account.wait()
    assert refusal(account, created["InstanceId"]) == ("InvalidPrivateIp.Changing", 400)


def test_it_must_be_stopped_and_there(account):
    (running,) = account.run_instances()
    assert refusal(account, running) == ("IncorrectInstanceStatus", 400)
    assert refusal(account, "i-absent") == ("InvalidInstanceId.NotFound", 404)


def test_the_place_must_be_there(account, instance_id):
    vswitch, more = abroad(account)
    assert refusal(account, instance_id, "vsw-absent") == ("InvalidVSwitchId.NotFound", 404)
    assert refusal(account, instance_id, vswitch) == ("InvalidVSwitchId.NotFound", 404)
    assert refusal(account, instance_id, **more) == ("InvalidVSwitch.NotBelongToVpc", 404)
    absent = {**more, "VpcId": "vpc-absent"}
    assert refusal(account, instance_id, vswitch, **absent) == ("NoSuchResource", 404)
    far = another(account, ZoneId="cn-hangzhou-h")
    assert refusal(account, instance_id, far) == ("InvalidVSwitchId.Mismatch", 400)
    here = {**more, "VpcId": account.network.id}
    assert refusal(account, instance_id, **here) == ("InvalidParameter.AlreadyInTargetVpc", 404)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("10.0.9", "InvalidPrivateIpAddress.Malformed"),
        ("10.0.9.77", "InvalidPrivateIpAddress.Duplicated"),
        ("10.0.9.0", "InvalidPrivateIpAddress.Mismatch"),
        ("172.16.0.1", "InvalidPrivateIpAddress.Mismatch"),
    ],
)
def test_the_address_must_be_free(account, instance_id, address, code):
    vswitch = another(account)
    account.create_interface(VSwitchId=vswitch, PrimaryIpAddress="10.0.9.77")
    assert refusal(account, instance_id, vswitch, PrivateIpAddress=address) == (code, 400)


def test_the_groups_go_with_the_vpc(account, instance_id):
    vswitch, more = abroad(account)
    groups = {"SecurityGroupId": more.pop("SecurityGroupId")}
    assert refusal(account, instance_id, **groups) == ("InvalidParameter.MustBeEmpty", 404)
    assert refusal(account, instance_id, vswitch, **more) == ("InvalidParameter.SecurityGroupId", 400)
    more["SecurityGroupId"] = [account.group.id]
    code = ("InvalidSecurityGroupVpc.NotBelongToOneVpc", 404)
    assert refusal(account, instance_id, vswitch, **more) == code
    more["SecurityGroupId"] = ["sg-absent"]
    assert refusal(account, instance_id, vswitch, **more) == ("InvalidSecurityGroupId.NotFound", 404)


def test_other_interfaces_keep_an_instance_in_its_vpc(account, instance_id):
    vswitch, more = abroad(account)
    account.call(
        "AttachNetworkInterface",
        NetworkInterfaceId=free(account),
        InstanceId=instance_id,
    )
    account.wait()
    assert refusal(account, instance_id, vswitch, **more) == ("InvalidInstance.AttachedEni", 404)
    move(account, instance_id, another(account))


def test_what_the_primary_interface_has_keeps_it(account, instance_id):
    vswitch, more = abroad(account)
    (shown,) = account.describe_instances()
    (primary,) = shown["NetworkInterfaces"]["NetworkInterface"]
    account.call(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=primary["NetworkInterfaceId"],
        SecondaryPrivateIpAddressCount=1,
    )
    account.wait()
    assert refusal(account, instance_id, another(account)) == ("PrimaryEniHasSubIp", 400)
    assert refusal(account, instance_id, vswitch, **more) == ("InvalidIp.MultiPrimaryIp", 404)


def test_a_havip_keeps_what_is_associated_with_it(account, instance_id):
    vswitch, more = abroad(account)
    havip = account.call("CreateHaVip", VPC, VSwitchId=account.subnet.id)["HaVipId"]
    account.wait()
    account.call("AssociateHaVip", VPC, HaVipId=havip, InstanceId=instance_id)
    account.wait()
    assert refusal(account, instance_id, another(account)) == ("VSwitchIdNotMatch", 400)
    assert refusal(account, instance_id, vswitch, **more) == ("InvalidDependence.HaVip", 404)


def test_a_route_keeps_its_next_hop_in_the_vpc(account, instance_id):
    vswitch, more = abroad(account)
    (vpc,) = account.call("DescribeVpcs", VPC, VpcId=account.network.id)["Vpcs"]["Vpc"]
    table = vpc["RouterTableIds"]["RouterTableIds"][0]
    account.call(
        "CreateRouteEntry",
        VPC,
        RouteTableId=table,
        DestinationCidrBlock="172.20.0.0/16",
        NextHopId=instance_id,
    )
    account.wait()
    code = ("InvalidDependence.NextHopOfCustomRouter", 404)
    assert refusal(account, instance_id, vswitch, **more) == code


def test_a_route_table_of_its_own_keeps_the_vswitch_in_the_vpc(account, instance_id):
    vswitch, more = abroad(account)
    table = account.call("CreateRouteTable", VPC, VpcId=account.network.id)["RouteTableId"]
    account.wait()
    account.call("AssociateRouteTable", VPC, RouteTableId=table, VSwitchId=account.subnet.id)
    account.wait()
    assert refusal(account, instance_id, vswitch, **more) == ("OperationDenied", 400)
