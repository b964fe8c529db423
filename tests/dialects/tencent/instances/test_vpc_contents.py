"""What is in a VPC of Tencent Cloud: its instances as the VPC service lists them, and counts by kind."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, TencentAccount


@pytest.fixture
def account():
    return TencentAccount()


def test_the_instances_of_a_vpc_are_listed():
    account = TencentAccount.furnished()
    first, second = (
        *account.run_instances(InstanceName="web-1"),
        *account.run_instances(InstanceName="db-1"),
    )

    def found(name, *values, **more):
        chosen = [{"Name": name, "Values": list(values)}]
        return account.call("DescribeVpcInstances", Filters=chosen, **more)

    (shown,) = found("instance-id", first)["InstanceSet"]
    kind = account.client.partition.rules.instance_types[shown["InstanceType"]]
    assert (shown["InstanceName"], shown["InstanceState"]) == ("web-1", "RUNNING")
    assert (shown["VpcId"], shown["SubnetId"]) == (account.vpc_id, account.subnet_id)
    assert (shown["EniLimit"], shown["EniIpLimit"]) == (kind.interfaces, kind.ipv4_per_interface)
    assert (shown["CPU"], shown["Memory"], shown["InstanceEniCount"]) == (kind.cpu, kind.memory_gib, 1)
    for reply, ids in (
        (found("vpc-id", account.vpc_id), [second, first]),
        (found("vpc-id", ABSENT["vpc"]), []),
        (found("instance-name", "web"), [first]),
        (found("vpc-id", account.vpc_id, Offset=1, Limit=1), [first]),
    ):
        assert [each["InstanceId"] for each in reply["InstanceSet"]] == ids
    assert found("vpc-id", account.vpc_id, Limit=1)["TotalCount"] == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({}, "MissingParameter"),
        ({"Filters": []}, "MissingParameter"),
        ({"Filters": [{"Name": "colour", "Values": ["x"]}]}, "InvalidParameter.FilterInvalidKey"),
        ({"Filters": [{"Name": "vpc-id", "Values": ["x"]}], "Limit": 101}, "InvalidParameterValue.Range"),
    ],
)
def test_a_wrong_question_for_instances_is_refused(account, wrong, code):
    assert account.refusal("DescribeVpcInstances", **wrong) == code


def test_what_vpcs_hold_is_counted():
    account = TencentAccount.furnished()
    account.run_instances()
    place = {"VpcId": account.vpc_id}
    account.call("CreateNatGateway", NatGatewayName="n", AddressCount=1, **place)
    account.call("CreateHaVip", HaVipName="h", SubnetId=account.subnet_id, **place)
    bare = account.create_vpc()
    wanted = [account.vpc_id, bare, bare]
    first, second = account.call("DescribeVpcResourceDashboard", VpcIds=wanted)["ResourceDashboardSet"]
    assert {name: count for name, count in first.items() if count} == {
        "VpcId": account.vpc_id,
        "CVM": 1,
        "Ip": 1,
        "Nat": 1,
        "Subnet": 1,
        "RouteTable": 1,
    }
    assert (second["VpcId"], second["CVM"], second["Subnet"], second["RouteTable"]) == (bare, 0, 0, 1)


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        ([], "MissingParameter"),
        (["v-1"], "InvalidParameterValue.Malformed"),
        ([ABSENT["vpc"]], "ResourceNotFound"),
        ([ABSENT["vpc"]] * 101, "InvalidParameterValue.LimitExceeded"),
    ],
)
def test_what_is_not_a_vpc_is_not_counted(account, ids, code):
    assert account.refusal("DescribeVpcResourceDashboard", VpcIds=ids) == code
