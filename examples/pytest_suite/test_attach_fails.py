"""An attachment that hangs and then fails, on each cloud: what no mock shows.

Run it with ``pytest examples/pytest_suite``: the fixtures come with Duolect, the SDKs are the vendors' own.
"""

from alibabacloud_ecs20140526 import models as ecs
from conftest import ALIBABA, TENCENT

from duolect.testing import Account

ATTACH_FAILS_IN_A_MINUTE = {"action": "AttachNetworkInterface", "fail": True, "delay_ms": 60_000}


def another(account):
    """Return the same account with clients of its own."""
    return Account(account.duolect, account.access_key)


def test_alibaba_cloud(duolect_account):
    duolect_account.lay("alibaba", **ALIBABA)
    mine, other = duolect_account.alibaba.ecs(), another(duolect_account).alibaba.ecs()
    duolect_account.faults.add(cloud="alibaba", **ATTACH_FAILS_IN_A_MINUTE)
    place = {"region_id": "cn-hangzhou", "v_switch_id": "vsw-a", "security_group_id": "sg-nodes"}
    made = mine.create_network_interface(ecs.CreateNetworkInterfaceRequest(**place)).body
    eni = {"region_id": "cn-hangzhou", "network_interface_id": made.network_interface_id}
    mine.attach_network_interface(ecs.AttachNetworkInterfaceRequest(**eni, instance_id="i-node"))
    look = ecs.DescribeNetworkInterfaceAttributeRequest(**eni)
    assert other.describe_network_interface_attribute(look).body.status == "Attaching"
    duolect_account.clock.advance("1m")
    assert other.describe_network_interface_attribute(look).body.status == "Available"
    mine.delete_network_interface(ecs.DeleteNetworkInterfaceRequest(**eni))
    duolect_account.assert_no_leaks()


def ask(client, action, **parameters):
    """Call an action of Tencent Cloud and return what it answers."""
    return client.call_json(action, parameters)["Response"]


def test_tencent_cloud(duolect_account):
    duolect_account.lay("tencent", **TENCENT)
    mine, other = duolect_account.tencent.vpc(), another(duolect_account).tencent.vpc()
    duolect_account.faults.add(cloud="tencent", **ATTACH_FAILS_IN_A_MINUTE)
    place = {"VpcId": "vpc-main0001", "SubnetId": "subnet-a0000001", "NetworkInterfaceName": "pods"}
    made = ask(mine, "CreateNetworkInterface", **place)["NetworkInterface"]["NetworkInterfaceId"]
    duolect_account.clock.until_idle()
    task = ask(mine, "AttachNetworkInterface", NetworkInterfaceId=made, InstanceId="ins-node0001")
    (seen,) = ask(other, "DescribeNetworkInterfaces", NetworkInterfaceIds=[made])["NetworkInterfaceSet"]
    assert seen["State"] == "ATTACHING"
    duolect_account.clock.advance("1m")
    assert ask(other, "DescribeVpcTaskResult", TaskId=task["RequestId"])["Status"] == "FAILED"
    ask(mine, "DeleteNetworkInterface", NetworkInterfaceId=made)
    duolect_account.assert_no_leaks()
