"""Ordinary public addresses of instances, which are no EIPs, and public bandwidth.

Sources: the definitions of InternetAccessible (an address comes with bandwidth unless it is declined), of
AssociateAddress (an EIP on the primary address takes the place of the ordinary one, which is released) and
of ResetInstancesInternetMaxBandwidth.
"""

import pytest

RESET = "ResetInstancesInternetMaxBandwidth"


def run(account, **accessible):
    (instance_id,) = account.run_instances(InternetAccessible=accessible)
    return instance_id


def addresses(account, instance_id):
    return account.describe_instance(instance_id)["PublicIpAddresses"] or []


@pytest.mark.parametrize(
    ("accessible", "has_one"),
    [
        ({"InternetMaxBandwidthOut": 5, "PublicIpAssigned": True}, True),
        ({"InternetMaxBandwidthOut": 5}, True),
        ({"InternetMaxBandwidthOut": 5, "PublicIpAssigned": False}, False),
        ({"InternetMaxBandwidthOut": 0}, False),
    ],
)
def test_an_instance_has_an_address_with_bandwidth_unless_declined(account, accessible, has_one):
    found = addresses(account, run(account, **accessible))
    assert len(found) == has_one
    assert account.call("DescribeAddresses")["TotalCount"] == 0


def test_an_instance_is_found_by_its_address_which_goes_with_it(account):
    instance_id = run(account, InternetMaxBandwidthOut=5)
    account.run_instances()
    (address,) = addresses(account, instance_id)
    assert account.find_instances("public-ip-address", address) == {instance_id}
    account.call("TerminateInstances", InstanceIds=[instance_id])
    account.wait()
    assert account.find_instances("public-ip-address", address) == set()


def test_the_primary_private_address_shows_it_and_no_other_does(account):
    """What has no EIP has no AddressId."""
    instance_id = run(account, InternetMaxBandwidthOut=5)
    (address,) = addresses(account, instance_id)
    account.attach_interface(account.create_interface(), instance_id)
    here = [{"Name": "attachment.instance-id", "Values": [instance_id]}]
    found = account.call("DescribeNetworkInterfaces", Filters=here)["NetworkInterfaceSet"]
    primary = next(shown for shown in found if shown["Primary"])
    assign = {"NetworkInterfaceId": primary["NetworkInterfaceId"], "SecondaryPrivateIpAddressCount": 1}
    account.call("AssignPrivateIpAddresses", **assign)
    account.wait()
    found = account.call("DescribeNetworkInterfaces", Filters=here)["NetworkInterfaceSet"]
    shown = [
        (each["PublicIpAddress"], each["AddressId"], interface["Primary"] and each["Primary"])
        for interface in found
        for each in interface["PrivateIpAddressSet"]
    ]
    assert sorted(shown) == [("", "", False), ("", "", False), (address, "", True)]


def test_an_eip_takes_the_place_of_the_address(account):
    instance_id = run(account, InternetMaxBandwidthOut=5)
    (ordinary,) = addresses(account, instance_id)
    (address_id,) = account.call("AllocateAddresses")["AddressSet"]
    account.wait()
    account.call("AssociateAddress", AddressId=address_id, InstanceId=instance_id)
    account.wait()
    (public,) = addresses(account, instance_id)
    assert public != ordinary
    assert account.find_instances("public-ip-address", ordinary) == set()


def test_bandwidth_is_changed_at_once(account):
    ids = [run(account, InternetMaxBandwidthOut=5), run(account, InternetMaxBandwidthOut=0)]
    before = [addresses(account, each) for each in ids]
    account.call(RESET, InstanceIds=ids, InternetAccessible={"InternetMaxBandwidthOut": 20})
    for instance_id in ids:
        shown = account.describe_instance(instance_id)["InternetAccessible"]
        assert shown["InternetMaxBandwidthOut"] == 20
    assert [addresses(account, each) for each in ids] == before


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"InternetAccessible": {}}, "MissingParameter"),
        ({"InternetAccessible": None}, "MissingParameter"),
        ({"StartTime": "2026-10-30"}, "InvalidParameterValue"),
    ],
)
def test_wrong_bandwidth_is_told(account, wrong, code):
    good = {"InstanceIds": [run(account)], "InternetAccessible": {"InternetMaxBandwidthOut": 20}}
    assert account.refusal(RESET, **{**good, **wrong}).startswith(code)


def test_a_region_runs_out_of_addresses(account):
    pool = account.partition.graph.public_pool
    pool._singles.free, free = 0, pool._singles.free
    params = account.instance_params(InternetAccessible={"InternetMaxBandwidthOut": 5})
    assert account.refusal("RunInstances", **params) == "ResourcesSoldOut.EipInsufficient"
    pool._singles.free = free
