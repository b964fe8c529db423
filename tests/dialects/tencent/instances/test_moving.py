"""Instances of Tencent Cloud that move to another subnet, VPC or address."""

import pytest

ACTION = "ModifyInstancesVpcAttribute"


def place(account, subnet=None, **more):
    subnet = subnet or account.subnet
    return {"VirtualPrivateCloud": {"VpcId": subnet.network_id, "SubnetId": subnet.id, **more}}


def move(account, *ids, subnet=None, **more):
    return account.call(ACTION, InstanceIds=list(ids), **place(account, subnet, **more))


def refusal(account, *ids, subnet=None, **more):
    return account.refusal(ACTION, InstanceIds=list(ids), **place(account, subnet, **more))


def another(account, block="10.0.9.0/24", **more):
    return account.add_subnet(account.network, block, **more)


def abroad(account):
    return account.add_subnet(account.add_network())


def test_instances_move_and_what_runs_is_rebooted(account):
    running, stopped = account.run_instances()[0], account.run_stopped_instance()
    subnet = another(account)
    addresses = ["10.0.9.18", "10.0.9.19"]
    reply = move(account, running, stopped, subnet=subnet, PrivateIpAddresses=addresses)
    assert account.describe_instance(running)["InstanceState"] == "REBOOTING"
    account.wait()
    for instance_id, state, address in zip(
        (running, stopped), ("RUNNING", "STOPPED"), addresses, strict=True
    ):
        shown = account.describe_instance(instance_id)
        assert shown["VirtualPrivateCloud"]["SubnetId"] == subnet.id
        assert (shown["InstanceState"], shown["PrivateIpAddresses"]) == (state, [address])
        assert (shown["LatestOperation"], shown["LatestOperationState"]) == (ACTION, "SUCCESS")
        assert shown["LatestOperationRequestId"] == reply["RequestId"]


def test_an_instance_moves_to_another_vpc_and_keeps_its_groups(account):
    (instance_id,) = account.run_instances()
    groups = account.describe_instance(instance_id)["SecurityGroupIds"]
    subnet = abroad(account)
    move(account, instance_id, subnet=subnet, AsVpcGateway=True)
    account.wait()
    shown = account.describe_instance(instance_id)
    assert shown["VirtualPrivateCloud"]["VpcId"] == subnet.network_id
    assert shown["VirtualPrivateCloud"]["AsVpcGateway"] is True
    assert shown["SecurityGroupIds"] == groups


def test_an_address_changes_within_the_subnet(account):
    (instance_id,) = account.run_instances()
    move(account, instance_id, PrivateIpAddresses=["10.0.0.99"])
    account.wait()
    assert account.describe_instance(instance_id)["PrivateIpAddresses"] == ["10.0.0.99"]
    move(account, instance_id)
    assert account.describe_instance(instance_id)["PrivateIpAddresses"] == ["10.0.0.99"]


def test_what_runs_is_not_stopped_unless_that_is_allowed(account):
    (instance_id,) = account.run_instances()
    params = {"InstanceIds": [instance_id], "ForceStop": False, **place(account)}
    assert account.refusal(ACTION, **params) == "UnsupportedOperation.InstanceStateRunning"


def test_what_is_stopped_without_charge_does_not_move(account):
    ids = account.run_instances()
    account.call("StopInstances", InstanceIds=ids, StoppedMode="STOP_CHARGING")
    account.wait()
    assert refusal(account, *ids) == "UnsupportedOperation.StoppedModeStopCharging"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"VpcId": "v"}, "InvalidParameterValue.VpcIdMalformed"),
        ({"SubnetId": "s"}, "InvalidParameterValue.SubnetIdMalformed"),
        ({"VpcId": "vpc-00000000"}, "InvalidParameterValue"),
        ({"SubnetId": "subnet-00000000"}, "InvalidParameterValue"),
        ({"PrivateIpAddresses": ["10.0"]}, "InvalidParameterValue.IPAddressMalformed"),
        ({"PrivateIpAddresses": ["10.0.0.8", "10.0.0.9"]}, "InvalidParameterValue"),
        ({"PrivateIpAddresses": ["10.0.7.7"]}, "VpcAddrNotInSubNet"),
        ({"PrivateIpAddresses": ["10.0.0.1"]}, "VpcIpIsUsed"),
    ],
)
def test_a_place_is_refused(account, more, code):
    assert refusal(account, *account.run_instances(), **more) == code


def test_the_subnet_is_in_the_vpc_and_the_zone(account):
    ids = account.run_instances()
    elsewhere = {"VpcId": abroad(account).network_id}
    assert refusal(account, *ids, **elsewhere) == "InvalidParameterValue"
    assert refusal(account, *ids, subnet=another(account, zone=1)) == "InvalidParameterValue"
    assert account.refusal(ACTION, InstanceIds=["ins-00000000"], **place(account)) == (
        "InvalidInstanceId.NotFound"
    )


def test_other_interfaces_keep_an_instance_in_its_vpc(account):
    instance = account.add_stopped_instance()
    account.attach(account.create_interface(), instance)
    code = "UnsupportedOperation.ElasticNetworkInterface"
    assert refusal(account, instance.id, subnet=abroad(account)) == code
    move(account, instance.id, subnet=another(account))


def test_more_addresses_keep_the_primary_interface(account):
    instance = account.add_stopped_instance()
    account.call(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=account.primary_interface_id(instance),
        SecondaryPrivateIpAddressCount=1,
    )
    account.wait()
    assert refusal(account, instance.id, subnet=another(account)) == "EniNotAllowedChangeSubnet"


def test_a_havip_keeps_what_may_carry_it(account):
    instance = account.add_stopped_instance()
    made = account.call("CreateHaVip", HaVipName="v", VpcId=account.network.id, SubnetId=account.subnet.id)
    account.call(
        "AssociateHaVipInstance",
        HaVipAssociationSet=[
            {
                "HaVipId": made["HaVip"]["HaVipId"],
                "InstanceId": instance.id,
                "InstanceType": "CVM",
            }
        ],
    )
    assert refusal(account, instance.id, subnet=another(account)) == "EniNotAllowedChangeSubnet"
