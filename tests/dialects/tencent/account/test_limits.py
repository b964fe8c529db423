"""What an account, a VPC, an instance and an interface may hold."""

import re

import pytest
from tests.dialects.tencent.definitions import document
from tests.dialects.tencent.furnished_account import TencentAccount


def limit(account, holder):
    reply = account.call("DescribeNetworkInterfaceLimit", InstanceId=holder)
    del reply["RequestId"]
    return reply


def only(**changes):
    names = "EniQuantity EniPrivateIpAddressQuantity ExtendEniQuantity ExtendEniPrivateIpAddressQuantity "
    names += "SubEniQuantity SubEniPrivateIpAddressQuantity"
    return {**dict.fromkeys(names.split(), 0), **changes}


@pytest.mark.parametrize(
    ("type_name", "interfaces", "addresses"),
    [
        ("S5.SMALL2", 2, 6),
        ("S5.MEDIUM4", 4, 10),
        ("S5.LARGE16", 4, 10),
        ("S5.2XLARGE16", 6, 20),
        ("S5.4XLARGE64", 8, 30),
    ],
)
def test_an_instance_has_the_limits_of_its_type(type_name, interfaces, addresses):
    account = TencentAccount.furnished()
    (instance_id,) = account.run_instances(InstanceType=type_name)
    expected = only(EniQuantity=interfaces, EniPrivateIpAddressQuantity=addresses)
    assert limit(account, instance_id) == expected


def test_an_interface_has_the_limit_of_where_it_is():
    account = TencentAccount.furnished()
    eni = account.create_interface()
    assert limit(account, eni) == only(EniPrivateIpAddressQuantity=50)
    (instance_id,) = account.run_instances(InstanceType="S5.2XLARGE16")
    account.call("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    account.wait()
    assert limit(account, eni) == only(EniPrivateIpAddressQuantity=20)
    account.call("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=instance_id)
    account.wait()
    assert limit(account, eni) == only(EniPrivateIpAddressQuantity=50)


def test_a_type_of_the_settings_has_the_limits_that_they_say():
    known = {
        "cpu": 2,
        "memory_gib": 4,
        "interfaces": 3,
        "ipv4_per_interface": 7,
        "members": 5,
        "extension_interfaces": 2,
    }
    account = TencentAccount.furnished(instance_types={"X1.MEDIUM4": known})
    (instance_id,) = account.run_instances(InstanceType="X1.MEDIUM4")
    assert limit(account, instance_id) == {
        "EniQuantity": 3,
        "EniPrivateIpAddressQuantity": 7,
        "ExtendEniQuantity": 2,
        "ExtendEniPrivateIpAddressQuantity": 7,
        "SubEniQuantity": 5,
        "SubEniPrivateIpAddressQuantity": 7,
    }


@pytest.mark.parametrize(
    ("holder", "code"),
    [
        ("ins-absent00", "InvalidInstanceId.NotFound"),
        ("eni-absent00", "ResourceNotFound"),
        ("vpc-12345678", "InvalidParameterValue.Malformed"),
        ("ins", "InvalidParameterValue.Malformed"),
    ],
)
def test_limits_of_what_is_not_there_are_refused(holder, code):
    assert TencentAccount().refusal("DescribeNetworkInterfaceLimit", InstanceId=holder) == code


# -- of an account or VPC ----------------------------------------------------------------------------------

NAMES = re.findall(r"[a-z]+(?:-[a-z0-9_]+){2,}", document("DescribeVpcLimits"))


def limits(account, *names, **more):
    reply = account.call("DescribeVpcLimits", LimitTypes=list(names), **more)
    return {each["LimitType"]: each["LimitValue"] for each in reply["VpcLimitSet"]}


@pytest.mark.parametrize("style", ["json", "get"])
def test_every_documented_limit_is_told(style):
    assert len(NAMES) >= 30
    told = limits(TencentAccount(), *NAMES, style=style)
    assert list(told) == NAMES
    assert all(value > 0 for value in told.values())


def test_the_limits_are_those_of_a_new_account():
    assert limits(
        TencentAccount(), "appid-max-vpcs", "vpc-max-subnets", "vpc-max-enis", "eni-max-private-ips"
    ) == {
        "appid-max-vpcs": 20,
        "vpc-max-subnets": 100,
        "vpc-max-enis": 1000,
        "eni-max-private-ips": 50,
    }


def test_a_limit_of_the_settings_is_told_as_it_is_kept():
    account = TencentAccount(quotas={"networks": 1, "ipv4_per_detached_interface": 2})
    vpc_id = account.create_vpc()
    assert limits(account, "appid-max-vpcs") == {"appid-max-vpcs": 1}
    assert account.refusal("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16") == "LimitExceeded"
    eni = account.create_interface(VpcId=vpc_id, SubnetId=account.create_subnet(vpc_id))
    assert limit(account, eni) == only(EniPrivateIpAddressQuantity=2)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["vpc-max-clouds"], "InvalidParameterValue"),
        (["vpc-max-enis"] * 101, "InvalidParameterValue.LimitExceeded"),
        ([], "MissingParameter"),
    ],
)
def test_limits_are_refused_for(names, code):
    assert TencentAccount().refusal("DescribeVpcLimits", LimitTypes=names) == code


def test_a_limit_is_told_once():
    assert limits(TencentAccount(), "vpc-max-enis", "vpc-max-enis") == {"vpc-max-enis": 1000}
