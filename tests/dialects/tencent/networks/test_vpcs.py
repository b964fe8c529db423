"""VPCs are created, described and deleted."""

import pytest
from tests.dialects.tencent.furnished_account import TencentAccount
from tests.dialects.tencent.networks.described import described

TAGS = [{"Key": "city", "Value": "shanghai"}, {"Key": "empty", "Value": ""}]
TOO_LONG = "x" * 61


def test_a_vpc_is_described_as_it_was_created(account):
    created = account.call(
        "CreateVpc",
        VpcName="vpc",
        CidrBlock="10.8.0.0/16",
        EnableMulticast="true",
        DnsServers=["10.8.0.2", "183.60.83.19"],
        DomainName="example.com",
        Tags=TAGS,
        EnableRouteVpcPublish=True,
        EnableRouteVpcPublishIpv6=True,
    )["Vpc"]
    assert created == described(account, "DescribeVpcs", VpcIds=[created["VpcId"]])
    assert created["VpcName"] == "vpc"
    assert created["CidrBlock"] == "10.8.0.0/16"
    assert created["CreatedTime"] == "2026-09-21 22:13:20"
    assert created["EnableMulticast"] is True
    assert created["DnsServerSet"] == ["10.8.0.2", "183.60.83.19"]
    assert created["DomainName"] == "example.com"
    assert created["TagSet"] == TAGS
    assert created["EnableRouteVpcPublish"] is True
    assert created["EnableRouteVpcPublishIpv6"] is True
    assert created["IsDefault"] is False
    assert created["AssistantCidrSet"] == []


def test_a_vpc_has_the_defaults_of_the_vendor(account):
    created = account.call("CreateVpc", VpcName="vpc", CidrBlock="192.168.0.0/16")["Vpc"]
    assert created["EnableMulticast"] is False
    assert created["DnsServerSet"] == ["183.60.83.19", "183.60.82.98"]
    assert created["DomainName"] == ""
    assert created["Ipv6CidrBlock"] == ""
    assert created["Ipv6CidrBlockSet"] == []
    assert created["TagSet"] == []


def test_a_dual_stack_vpc_has_an_ipv6_block(account):
    created = account.call("CreateVpc", VpcName="vpc", CidrBlock="10.0.0.0/16", StackType="DualStack")[
        "Vpc"
    ]
    block = created["Ipv6CidrBlock"]
    assert block.endswith("::/56")
    assert created["Ipv6CidrBlockSet"] == [{"IPv6CidrBlock": block, "ISPType": "BGP", "AddressType": "GUA"}]
    assert created["StackType"] == "DualStack"


@pytest.mark.parametrize("block", ["10.0.0.0/12", "10.0.0.0/28", "172.16.0.0/12", "192.168.0.0/16"])
def test_a_vpc_may_have_any_private_block_of_the_right_size(account, block):
    vpc_id = account.create_vpc(CidrBlock=block)
    assert described(account, "DescribeVpcs", VpcIds=[vpc_id])["CidrBlock"] == block


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"CidrBlock": "10.0.0.0/11"}, "InvalidParameterValue"),
        ({"CidrBlock": "10.0.0.0/29"}, "InvalidParameterValue"),
        ({"CidrBlock": "192.168.0.0/15"}, "InvalidParameterValue"),
        ({"CidrBlock": "11.0.0.0/16"}, "InvalidParameterValue"),
        ({"CidrBlock": "10.0.0.1/16"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "10.0.0.0"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "10.0.0.0/255.255.0.0"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "10.0.0.0/33"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "ten/8"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": None}, "MissingParameter"),
        ({"VpcName": TOO_LONG}, "InvalidParameterValue.TooLong"),
        ({"DnsServers": ["10.0.0.1"] * 5}, "InvalidParameterValue.LimitExceeded"),
        ({"DnsServers": ["10.0.0.256"]}, "InvalidParameterValue.Malformed"),
        ({"EnableMulticast": "perhaps"}, "InvalidParameter"),
        ({"StackType": "IPv6Only"}, "UnsupportedOperation"),
        ({"StackType": "Single"}, "InvalidParameterValue"),
        ({"AddressType": "ULA"}, "UnsupportedOperation"),
        ({"AddressType": "any"}, "InvalidParameterValue"),
        ({"Ipv6CidrBlock": "2402:4e00:1717:8700::/56"}, "UnsupportedOperation"),
        ({"Tags": [{"Key": "a"}, {"Key": "a"}]}, "InvalidParameterValue.TagDuplicateKey"),
        ({"Tags": [{"Key": "a" * 128}]}, "InvalidParameterValue.TagInvalidKeyLen"),
        ({"Tags": [{"Key": "a?"}]}, "InvalidParameterValue.TagInvalidKey"),
        ({"Tags": [{"Key": "qcs:a"}]}, "UnsupportedOperation.TagSystemReservedTagKey"),
        ({"Tags": [{"Key": "a", "Value": "v" * 256}]}, "InvalidParameterValue.TagInvalidVal"),
        ({"Tags": [{"Key": str(n)} for n in range(51)]}, "LimitExceeded.TagKeyPerResourceExceeded"),
        ({"Tags": [{"Key": str(n)} for n in range(101)]}, "LimitExceeded.TagTagsExceeded"),
        ({"Surplus": 1}, "UnknownParameter"),
    ],
)
def test_a_vpc_is_refused_for(account, changes, code):
    params = {"VpcName": "vpc", "CidrBlock": "10.0.0.0/16", **changes}
    assert account.refusal("CreateVpc", **params) == code


def test_the_vendors_quota_of_vpcs_is_kept():
    account = TencentAccount(vendor_quotas=True)
    for _ in range(20):
        account.create_vpc()
    assert account.refusal("CreateVpc", VpcName="vpc", CidrBlock="10.0.0.0/16") == "LimitExceeded"


def test_a_vpc_goes_with_its_empty_subnets(account):
    vpc_id = account.create_vpc()
    account.create_subnet(vpc_id)
    account.call("DeleteVpc", VpcId=vpc_id)
    assert account.call("DescribeVpcs")["TotalCount"] == 0
    assert account.call("DescribeSubnets")["TotalCount"] == 0
    assert account.refusal("DeleteVpc", VpcId=vpc_id) == "ResourceNotFound"


def test_a_vpc_in_use_stays(account):
    vpc_id = account.create_vpc()
    account.create_interface(VpcId=vpc_id, SubnetId=account.create_subnet(vpc_id))
    assert account.refusal("DeleteVpc", VpcId=vpc_id) == "ResourceInUse"


def test_a_malformed_id_is_refused(account):
    for action, name, listed in (
        ("DeleteVpc", "VpcId", None),
        ("DeleteSubnet", "SubnetId", None),
        ("DescribeVpcs", None, "VpcIds"),
        ("DescribeSubnets", None, "SubnetIds"),
    ):
        params = {name: "eni-12345678"} if name else {listed: ["eni-12345678"]}
        assert account.refusal(action, **params) == "InvalidParameterValue.Malformed"
