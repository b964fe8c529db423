"""The public address that an instance has of its own.

Sources: the vendor's pages RunInstances, AllocatePublicIpAddress and ModifyInstanceNetworkSpec; the
Terraform provider alicloud and packer's builder, which create an instance with bandwidth and read
PublicIpAddress.
"""

import pytest
from tests.dialects.alibaba.public_addresses.eips import associate, eip, listed

ALLOCATE, MODIFY = "AllocatePublicIpAddress", "ModifyInstanceNetworkSpec"


def own(account, instance_id):
    (shown,) = account.describe_instances(InstanceIds=f'["{instance_id}"]')
    return shown["PublicIpAddress"]["IpAddress"]


def created(account, **more):
    """Create a stopped instance with CreateInstance; return its id."""
    answer = account.call("CreateInstance", **account.instance_params(**more))
    account.wait()
    return answer["InstanceId"]


def test_instances_with_bandwidth_run_with_an_address_that_is_no_eip(account):
    ids = account.run_instances(Amount=2, InternetMaxBandwidthOut=5)
    (first,), (second,) = (own(account, each) for each in ids)
    assert first != second
    assert listed(account) == []
    assert account.partition.graph.public_pool.free == 2**17 - 2
    shown = account.describe_instances(PublicIpAddresses=f'["{first}"]')
    assert [each["InstanceId"] for each in shown] == [ids[0]]
    assert (shown[0]["InternetMaxBandwidthOut"], shown[0]["EipAddress"]["IpAddress"]) == (5, "")
    assert account.describe_instances(EipAddresses=f'["{first}"]') == []
    told = account.call("DescribeInstanceAttribute", InstanceId=ids[0])
    assert told["PublicIpAddress"] == {"IpAddress": [first]}


def test_the_address_goes_with_the_instance(account):
    (instance_id,) = account.run_instances(InternetMaxBandwidthOut=5)
    account.call("DeleteInstance", InstanceId=instance_id, Force=True)
    account.wait()
    assert account.partition.graph.public_pool.holders == {}


def test_an_instance_that_was_created_with_bandwidth_gets_its_address_when_asked(account):
    instance_id = created(account, InternetMaxBandwidthOut=5)
    assert own(account, instance_id) == []
    given = account.call(ALLOCATE, InstanceId=instance_id)["IpAddress"]
    assert own(account, instance_id) == [given]
    assert account.call(ALLOCATE, InstanceId=instance_id)["IpAddress"] == given


def test_an_address_needs_bandwidth_and_an_instance_at_rest(account):
    (instance_id,) = account.run_instances()
    assert account.refusal(ALLOCATE, InstanceId=instance_id) == ("AllocateIpInvalidInstanceBandwidth", 400)
    assert account.refusal(ALLOCATE, InstanceId="i-none") == ("InvalidInstanceId.NotFound", 404)
    account.call(MODIFY, InstanceId=instance_id, InternetMaxBandwidthOut=5)
    account.call("StopInstance", InstanceId=instance_id)
    assert account.refusal(ALLOCATE, InstanceId=instance_id) == ("IncorrectInstanceStatus", 403)


def test_there_is_either_an_address_of_its_own_or_an_eip(account):
    with_own, with_eip = (
        account.run_instances(Amount=1, InternetMaxBandwidthOut=5) + account.run_instances()
    )
    target = {"AllocationId": eip(account), "InstanceId": with_own, "InstanceType": "EcsInstance"}
    assert account.refusal("AssociateEipAddress", "2016-04-28", **target) == (
        "InvalidAssociation.Duplicated",
        400,
    )
    associate(account, target["AllocationId"], with_eip)
    account.wait()
    wanted = {"InstanceId": with_eip, "InternetMaxBandwidthOut": 5, "AllocatePublicIp": True}
    assert account.refusal(MODIFY, **wanted) == ("InvalidInstance.EipNotSupport", 403)
    account.call(MODIFY, **{**wanted, "AllocatePublicIp": False})
    assert account.refusal(ALLOCATE, InstanceId=with_eip) == ("AllocatedAlready", 403)


def test_bandwidth_alone_gives_an_address_to_subscriptions_only(account):
    (by_use,) = account.run_instances()
    (subscribed,) = account.run_instances(InstanceChargeType="PrePaid", Period=1)
    for each in (by_use, subscribed):
        account.call(MODIFY, InstanceId=each, InternetMaxBandwidthOut=7, NetworkChargeType="PayByBandwidth")
    shown = {each["InstanceId"]: each for each in account.describe_instances()}
    assert shown[by_use]["InternetMaxBandwidthOut"] == 7
    assert shown[by_use]["InternetChargeType"] == "PayByBandwidth"
    assert (len(own(account, by_use)), len(own(account, subscribed))) == (0, 1)
    account.call(MODIFY, InstanceId=by_use, AllocatePublicIp=True, ClientToken="once")
    (given,) = own(account, by_use)
    account.call(MODIFY, InstanceId=by_use, InternetMaxBandwidthOut=9)
    assert own(account, by_use) == [given]
    account.call(MODIFY, InstanceId=by_use, InternetMaxBandwidthOut=0)
    assert own(account, by_use) == []


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"AllocatePublicIp": True}, ("InvalidParam.AllocatePublicIp", 400)),
        ({"InternetMaxBandwidthOut": 999}, ("InvalidInternetMaxBandwidthOut.ValueNotSupported", 400)),
        ({"InternetMaxBandwidthIn": 0}, ("InvalidInternetMaxBandwidthIn.ValueNotSupported", 400)),
        ({"NetworkChargeType": "Free"}, ("InvalidInternetChargeType.ValueNotSupported", 400)),
        ({"StartTime": "2026-11-21T00Z"}, ("UnsupportedParameter", 400)),
        ({"InstanceId": "i-none"}, ("InvalidInstanceId.NotFound", 404)),
    ],
)
def test_a_wrong_network_specification_is_told(account, wrong, refusal):
    (instance_id,) = account.run_instances()
    assert account.refusal(MODIFY, **{"InstanceId": instance_id, **wrong}) == refusal


def test_a_region_runs_out_of_addresses(account):
    (instance_id,) = account.run_instances()
    pool = account.partition.graph.public_pool
    pool._singles.free, free = 0, pool._singles.free
    account.call(MODIFY, InstanceId=instance_id, InternetMaxBandwidthOut=5)
    wanted = account.instance_params(InternetMaxBandwidthOut=5)
    assert account.refusal("RunInstances", **wanted) == ("OperationDenied.NoStock", 403)
    assert account.refusal(ALLOCATE, InstanceId=instance_id) == ("InsufficientPublicIp", 400)
    change = {"InstanceId": instance_id, "AllocatePublicIp": True}
    assert account.refusal(MODIFY, **change) == ("IpAllocationError", 400)
    pool._singles.free = free
