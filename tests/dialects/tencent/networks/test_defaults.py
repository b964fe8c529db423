"""The default VPC of Tencent Cloud and its default subnets."""

from tests.dialects.tencent.furnished_account import OTHER_ZONE, ZONE


def test_the_default_vpc_is_created_once_with_a_subnet(account):
    made = account.call("CreateDefaultVpc", Zone=ZONE, Force=True)["Vpc"]
    assert account.call("CreateDefaultVpc")["Vpc"] == made
    (vpc,) = account.call("DescribeVpcs", Filters=[{"Name": "is-default", "Values": ["true"]}])["VpcSet"]
    (subnet,) = account.call("DescribeSubnets", Filters=[{"Name": "is-default", "Values": ["true"]}])[
        "SubnetSet"
    ]
    assert made == {
        "VpcId": vpc["VpcId"],
        "SubnetId": subnet["SubnetId"],
        "VpcName": "Default-VPC",
        "SubnetName": "Default-Subnet",
        "CidrBlock": "172.16.0.0/20",
    }
    assert (vpc["CidrBlock"], vpc["IsDefault"], subnet["Zone"]) == ("172.16.0.0/16", True, ZONE)


def test_each_zone_can_have_a_default_subnet(account):
    first = account.call("CreateDefaultVpc", Zone=ZONE)["Vpc"]
    second = account.call("CreateDefaultVpc", Zone=OTHER_ZONE)["Vpc"]
    assert first["VpcId"] == second["VpcId"]
    assert second["CidrBlock"] == "172.16.16.0/20"
    assert account.call("CreateDefaultVpc", Zone=ZONE)["Vpc"] == first


def test_a_zone_that_is_not_there_creates_no_default_vpc(account):
    assert account.refusal("CreateDefaultVpc", Zone="ap-guangzhou-99") == "InvalidParameterValue"


def test_a_default_vpc_without_room_takes_no_more_subnets(account):
    vpc_id = account.call("CreateDefaultVpc", Zone=ZONE)["Vpc"]["VpcId"]
    account.create_subnet(vpc_id, CidrBlock="172.16.16.0/20")
    for octet in range(32, 256, 16):
        account.create_subnet(vpc_id, CidrBlock=f"172.16.{octet}.0/20")
    assert account.refusal("CreateDefaultVpc", Zone=OTHER_ZONE) == "ResourceInsufficient.CidrBlock"


def test_a_zone_without_a_default_subnet_can_have_one(account):
    def check(**zone):
        return account.call("CheckDefaultSubnet", **zone)["Result"]

    assert check() is check(Zone=ZONE) is True
    vpc_id = account.call("CreateDefaultVpc", Zone=ZONE)["Vpc"]["VpcId"]
    assert (check(Zone=ZONE), check(Zone=OTHER_ZONE), check()) == (False, True, True)
    for octet in range(16, 256, 16):
        account.create_subnet(vpc_id, CidrBlock=f"172.16.{octet}.0/20")
    assert check(Zone=OTHER_ZONE) is False
    assert account.refusal("CheckDefaultSubnet", Zone="ap-guangzhou-99") == "ResourceNotFound"
