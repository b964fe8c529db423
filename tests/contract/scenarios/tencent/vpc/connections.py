"""How users look for peerings and CCNs with Tencent Cloud's SDK: there are none."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount


def describe_ccns(account: SdkAccount) -> None:
    reply = account.vpc("DescribeCcns", Filters=[{"Name": "ccn-name", "Values": ["mine"]}])
    assert (reply.TotalCount, reply.CcnSet) == (0, [])


def describe_ccn_attached_instances(account: SdkAccount) -> None:
    of_vpc = {"Name": "instance-id", "Values": [account.vpc_id]}
    reply = account.vpc("DescribeCcnAttachedInstances", Filters=[of_vpc])
    assert (reply.TotalCount, reply.InstanceSet) == (0, [])


def describe_vpc_peering_connections(account: SdkAccount) -> None:
    of_vpc = {"Name": "vpc-id", "Values": [account.vpc_id]}
    reply = account.vpc("DescribeVpcPeeringConnections", Filters=[of_vpc])
    assert (reply.TotalCount, reply.PeerConnectionSet) == (0, [])
