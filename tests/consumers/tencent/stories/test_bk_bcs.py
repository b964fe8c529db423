"""The life of a node as bk-bcs leads it."""

from tests.consumers.tencent.program_account import TencentProgram
from tests.contract.polling import poll


def test_bk_bcs_makes_an_interface_once_by_its_name_and_gives_its_addresses_to_pods(
    account: TencentProgram,
) -> None:
    vpc_id, subnet_id, group_id = account.create_network()
    node = account.run_node(vpc_id, subnet_id, group_id)
    (address,) = account.cvm("DescribeInstances", InstanceIds=[node]).InstanceSet[0].PrivateIpAddresses
    own = [{"Name": "private-ip-address", "Values": [address]}]
    (me,) = account.cvm("DescribeInstances", Filters=own).InstanceSet
    assert me.InstanceId == node
    (subnet,) = account.vpc("DescribeSubnets", SubnetIds=[subnet_id]).SubnetSet
    assert subnet.AvailableIpAddressCount == 252

    def ensure(name: str) -> str:
        by_name = [{"Name": "network-interface-name", "Values": [name]}]
        reply = account.vpc("DescribeNetworkInterfaces", Filters=by_name)
        if reply.TotalCount:
            return str(reply.NetworkInterfaceSet[0].NetworkInterfaceId)
        reply = account.vpc(
            "CreateNetworkInterface",
            VpcId=vpc_id,
            SubnetId=subnet_id,
            NetworkInterfaceName=name,
            NetworkInterfaceDescription="bcs-cloud-netcontroller",
            SecurityGroupIds=[group_id],
            SecondaryPrivateIpAddressCount=0,
        )
        return str(reply.NetworkInterface.NetworkInterfaceId)

    eni = ensure(f"eni-{address}-0")
    assert ensure(f"eni-{address}-0") == eni
    poll(lambda: account.describe_interface(eni).State, "AVAILABLE")
    both = {"NetworkInterfaceId": eni, "InstanceId": node}
    account.vpc("AttachNetworkInterface", **both)
    poll(lambda: account.attached_to(eni), node)
    assert account.describe_interface(eni).Attachment.DeviceIndex == 1

    limit = account.vpc("DescribeNetworkInterfaceLimit", InstanceId=node).EniPrivateIpAddressQuantity
    pods = []
    for _ in range(limit - 1):
        params = {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1}
        (granted,) = account.vpc("AssignPrivateIpAddresses", **params).PrivateIpAddressSet
        pods.append(granted.PrivateIpAddress)
    assert len(set(pods)) == limit - 1
    assert account.refusal("AssignPrivateIpAddresses", **params).startswith("LimitExceeded")
    poll(lambda: account.is_available(eni), until=True)
    back = [{"PrivateIpAddress": each} for each in pods]
    account.vpc("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddresses=back)
    poll(lambda: len(account.private_addresses(eni)), 1)

    account.vpc("DetachNetworkInterface", **both)
    poll(lambda: account.describe_interface(eni).Attachment, None)
    poll(lambda: account.describe_interface(eni).State, "AVAILABLE")
    account.vpc("DeleteNetworkInterface", NetworkInterfaceId=eni)
    by_id = [{"Name": "network-interface-id", "Values": [eni]}]
    poll(lambda: account.vpc("DescribeNetworkInterfaces", Filters=by_id).TotalCount, 0)
