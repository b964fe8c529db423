"""What a call created is what the partition says, whatever its parameters and results are called."""

from tests.harness import emulator

ZONE = "ap-guangzhou-3"


def latest(world):
    """Return what the latest call changed."""
    journal = world.pipeline.journal
    (record,) = journal.records(journal.last - 1)
    return record.changed


def test_a_block_for_a_subnet_creates_nothing():
    world = emulator(timing="instant")
    client = world.tencent()
    vpc_id = client.call("CreateVpc", VpcName="shop", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    client.call("AssignIpv6CidrBlock", VpcId=vpc_id)
    subnet = {"VpcId": vpc_id, "SubnetName": "web", "CidrBlock": "10.0.0.0/24", "Zone": ZONE}
    subnet_id = client.call("CreateSubnet", **subnet)["Subnet"]["SubnetId"]
    assert [each.created for each in latest(world)] == [(subnet_id,)]
    block = client.call("DescribeVpcs", VpcIds=[vpc_id])["VpcSet"][0]["Ipv6CidrBlock"]
    wanted = {"SubnetId": subnet_id, "Ipv6CidrBlock": block.replace("::/56", "::/64")}
    client.call("AssignIpv6SubnetCidrBlock", VpcId=vpc_id, Ipv6SubnetCidrBlocks=[wanted])
    (changed,) = latest(world)
    assert changed.command == "GiveSubnetsIpv6"
    assert changed.created == ()
    assert {vpc_id, subnet_id} <= set(changed.resources)


def test_what_comes_with_a_resource_is_created_too():
    world = emulator(timing="instant")
    client = world.tencent()
    vpc_id = client.call("CreateVpc", VpcName="shop", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    (changed,) = latest(world)
    (table_id,) = client.partition.graph.route_tables_by_network.ids(vpc_id)
    assert set(changed.created) == {vpc_id, table_id}
    assert set(changed.created) <= set(changed.resources)


def test_a_repeated_call_creates_nothing_again():
    world = emulator(timing="instant")
    client = world.alibaba()
    wanted = {"CidrBlock": "10.0.0.0/16", "ClientToken": "once"}
    made = client.call("CreateVpc", "2016-04-28", **wanted)["VpcId"]
    assert made in latest(world)[0].created
    assert client.call("CreateVpc", "2016-04-28", **wanted)["VpcId"] == made
    record = next(iter(world.pipeline.journal.records(world.pipeline.journal.last - 1)))
    assert record.repeated
    assert [each.created for each in record.changed] == [()]
