"""What cloudmux and wecube do."""

from typing import Any

import pytest
from tests.consumers.tencent.program_account import TencentProgram
from tests.contract.polling import poll
from tests.contract.sdks.tencent import Refused


def test_cloudmux_lists_interfaces_by_fifties_and_follows_one_through_its_states(
    older_account: TencentProgram,
) -> None:
    account = older_account
    vpc_id, subnet_id, group_id = account.create_network()
    node = account.run_node(vpc_id, subnet_id, group_id)
    params = {"VpcId": vpc_id, "SubnetId": subnet_id, "SecurityGroupIds": [group_id]}
    eni = account.vpc("CreateNetworkInterface", NetworkInterfaceName="guest", **params).NetworkInterface
    poll(lambda: account.is_available(eni.NetworkInterfaceId), until=True)

    def listed(**filters: str) -> list[Any]:
        found: list[Any] = []
        names = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
        while True:
            page = account.vpc("DescribeNetworkInterfaces", Limit=50, Offset=len(found), Filters=names)
            found += page.NetworkInterfaceSet
            if len(found) >= page.TotalCount:
                return found

    assert {each.Primary for each in listed(subnet_id=subnet_id)} == {True, False}
    both = {"NetworkInterfaceId": eni.NetworkInterfaceId, "InstanceId": node}
    account.vpc("AttachNetworkInterface", **both)
    seen = poll(lambda: account.describe_interface(eni.NetworkInterfaceId).State, "AVAILABLE")
    assert set(seen) <= {"ATTACHING", "AVAILABLE"}
    mine = [
        each for each in listed(vpc_id=vpc_id) if each.Attachment and each.Attachment.InstanceId == node
    ]
    assert all(each.Attachment.InstanceId.startswith("ins-") for each in mine)
    assert len(mine) == 2
    account.vpc("DetachNetworkInterface", **both)
    seen = poll(lambda: account.describe_interface(eni.NetworkInterfaceId).State, "AVAILABLE")
    assert set(seen) <= {"DETACHING", "AVAILABLE"}
    gone = "ResourceNotFound"
    delete = {"NetworkInterfaceId": eni.NetworkInterfaceId}
    assert poll(lambda: account.refusal("DeleteNetworkInterface", **delete), gone)[0] == ""


def test_wecube_detaches_an_interface_before_it_deletes_it(account: TencentProgram) -> None:
    vpc_id, subnet_id, group_id = account.create_network()
    node = account.run_node(vpc_id, subnet_id, group_id)
    params = {"VpcId": vpc_id, "SubnetId": subnet_id, "NetworkInterfaceName": "wecube"}
    reply = account.vpc("CreateAndAttachNetworkInterface", InstanceId=node, **params)
    eni = reply.NetworkInterface.NetworkInterfaceId
    poll(lambda: account.attached_to(eni), node)
    assert account.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni)
    account.vpc("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=account.attached_to(eni))
    poll(lambda: account.describe_interface(eni).Attachment, None)
    poll(lambda: account.describe_interface(eni).State, "AVAILABLE")
    account.vpc("DeleteNetworkInterface", NetworkInterfaceId=eni)
    poll(lambda: account.describe_interface(eni), None)
    with pytest.raises(Refused) as refused:
        account.vpc("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=node)
    assert "ResourceNotFound" in str(refused.value)
