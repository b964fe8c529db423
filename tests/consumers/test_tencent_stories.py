"""The life of a node as programs lead it on Tencent Cloud: their calls, in their order, with their waits.

Each story makes the calls of one program through the official SDK against the server, with the parameters
that it sends, goes on where it would go on, and stops where it would stop.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.contract.polling import poll
from tests.contract.sdks.tencent import ZONE, Refused, Sdk
from tests.contract.server import Server

from duolect.client import Duolect

QUICK = 150
"""Milliseconds that attaching and detaching take here: there are many of them."""


class Cloud:
    """The SDK with what many programs ask."""

    def __init__(self, sdk: Sdk, control: Duolect, access_key: str) -> None:
        self.sdk = sdk
        self.vpc = sdk.vpc
        self.cvm = sdk.cvm
        self.control = control
        self.access_key = access_key
        self.rules: list[str] = []

    def fault(self, action: str, **effect: Any) -> str:
        """Add a fault for this account alone."""
        wish = {"cloud": "tencent", "action": action, "access_key": self.access_key, **effect}
        self.rules.append(self.control.faults.add(**wish))
        return self.rules[-1]

    def refusal(self, action: str, **params: Any) -> str:
        """Call an action of vpc and return the code of its refusal, or an empty text."""
        try:
            self.vpc(action, **params)
        except Refused as refused:
            return str(refused.code)
        return ""

    def interface(self, interface_id: str) -> Any:
        found = self.vpc("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id])
        return found.NetworkInterfaceSet[0] if found.TotalCount else None

    def ready(self, interface_id: str) -> bool:
        """Say whether the interface and all its addresses are AVAILABLE."""
        shown = self.interface(interface_id)
        states = [each.State for each in shown.PrivateIpAddressSet]
        assert None not in states
        return {shown.State, *states} == {"AVAILABLE"}

    def on(self, interface_id: str) -> str:
        """Return the instance that an interface at rest is attached to, or an empty text."""
        shown = self.interface(interface_id)
        return shown.Attachment.InstanceId if shown.State == "AVAILABLE" and shown.Attachment else ""

    def finish(self, reply: Any) -> str:
        """Wait for as long as the task of a call is RUNNING; the id of the request is the task's."""
        while True:
            status = self.vpc("DescribeVpcTaskResult", TaskId=reply.RequestId).Status
            if status != "RUNNING":
                return str(status)

    def addresses(self, interface_id: str) -> list[str]:
        return [each.PrivateIpAddress for each in self.interface(interface_id).PrivateIpAddressSet]

    def network(self) -> tuple[str, str, str]:
        vpc = self.vpc("CreateVpc", VpcName="net", CidrBlock="10.0.0.0/16").Vpc
        assert vpc.IsDefault is False
        place = {"VpcId": vpc.VpcId, "Zone": ZONE, "CidrBlock": "10.0.0.0/24"}
        subnet_id = self.vpc("CreateSubnet", SubnetName="nodes", **place).Subnet.SubnetId
        group = self.vpc("CreateSecurityGroup", GroupName="nodes", GroupDescription="of nodes")
        return vpc.VpcId, subnet_id, group.SecurityGroup.SecurityGroupId

    def node(self, vpc_id: str, subnet_id: str, group_id: str) -> str:
        (instance_id,) = self.cvm(
            "RunInstances",
            ImageId="img-487zeit5",
            InstanceType="S5.LARGE8",
            Placement={"Zone": ZONE},
            VirtualPrivateCloud={"VpcId": vpc_id, "SubnetId": subnet_id},
            SecurityGroupIds=[group_id],
        ).InstanceIdSet
        poll(lambda: self.instance_state(instance_id), "RUNNING")
        return str(instance_id)

    def instance_state(self, instance_id: str) -> str | None:
        found = self.cvm("DescribeInstances", InstanceIds=[instance_id]).InstanceSet
        return found[0].InstanceState if found else None


@pytest.fixture
def cloud(server: Server, access_key: str) -> Iterator[Cloud]:
    yield from _cloud(server, access_key)


@pytest.fixture
def older(server: Server, access_key: str) -> Iterator[Cloud]:
    """The cloud of a program that signs a flat form in the older way."""
    yield from _cloud(server, access_key, signMethod="HmacSHA256")


def _cloud(server: Server, access_key: str, **profile: Any) -> Iterator[Cloud]:
    made = Cloud(Sdk(server.address, access_key, **profile), Duolect(server.url), access_key)
    for action in ("AttachNetworkInterface", "DetachNetworkInterface"):
        made.fault(action, delay_ms=QUICK)
    yield made
    for rule in made.rules:
        made.control.faults.remove(rule)


# -- terraform --------------------------------------------------------------------------------------------


def test_terraform_applies_changes_and_destroys(cloud: Cloud) -> None:
    vpc_id, subnet_id, group_id = cloud.network()
    node = cloud.node(vpc_id, subnet_id, group_id)
    place = {"VpcId": vpc_id, "SubnetId": subnet_id, "SecurityGroupIds": [group_id]}
    created = cloud.vpc(
        "CreateNetworkInterface",
        NetworkInterfaceName="tf-eni",
        NetworkInterfaceDescription="of terraform",
        SecondaryPrivateIpAddressCount=9,
        Tags=[{"Key": "created", "Value": "tf"}],
        **place,
    ).NetworkInterface
    eni = created.NetworkInterfaceId
    assert len(created.PrivateIpAddressSet) == 10
    poll(lambda: cloud.ready(eni), until=True)
    cloud.sdk.tag(
        "ModifyResourceTags",
        Resource=f"qcs::vpc:ap-guangzhou:uin/:eni/{eni}",
        ReplaceTags=[{"TagKey": "created", "TagValue": "terraform"}],
    )
    shown = cloud.interface(eni)
    assert [(tag.Key, tag.Value) for tag in shown.TagSet] == [("created", "terraform")]

    both = {"NetworkInterfaceId": eni, "InstanceId": node}
    assert cloud.finish(cloud.vpc("AttachNetworkInterface", **both)) == "SUCCESS"
    poll(lambda: cloud.on(eni), node)

    taken = cloud.addresses(eni)[1:4]
    unassign = {"PrivateIpAddresses": [{"PrivateIpAddress": each} for each in taken]}
    reply = cloud.vpc("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, **unassign)
    assert cloud.finish(reply) == "SUCCESS"
    assert not set(taken) & set(cloud.addresses(eni))
    wish = {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 3}
    assert len(cloud.vpc("AssignPrivateIpAddresses", **wish).PrivateIpAddressSet) == 3
    poll(lambda: cloud.ready(eni), until=True)
    assert len(cloud.addresses(eni)) == 10

    assert cloud.refusal("DeleteSubnet", SubnetId=subnet_id).startswith("ResourceInUse")
    assert cloud.finish(cloud.vpc("DetachNetworkInterface", **both)) == "SUCCESS"
    poll(lambda: cloud.interface(eni).Attachment, None)
    assert cloud.refusal("DetachNetworkInterface", **both) == "UnsupportedOperation.InvalidState"
    cloud.vpc("DeleteNetworkInterface", NetworkInterfaceId=eni)
    poll(lambda: cloud.interface(eni), None)
    assert cloud.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni) == "ResourceNotFound"

    cloud.cvm("TerminateInstances", InstanceIds=[node])
    poll(lambda: cloud.instance_state(node), None)
    asked = cloud.vpc("DescribeSecurityGroupAssociationStatistics", SecurityGroupIds=[group_id])
    (held,) = asked.SecurityGroupAssociationStatisticsSet
    assert (held.CVM, held.ENI, held.CLB, held.CDB, held.SG) == (0, 0, 0, 0, 0)
    cloud.vpc("DeleteSecurityGroup", SecurityGroupId=group_id)
    cloud.vpc("DeleteSubnet", SubnetId=subnet_id)
    assert cloud.vpc("DescribeSubnets", SubnetIds=[subnet_id]).TotalCount == 0
    cloud.vpc("DeleteVpc", VpcId=vpc_id)
    assert cloud.refusal("DeleteVpc", VpcId=vpc_id) == "ResourceNotFound"


def test_terraform_sees_an_attachment_that_failed_by_its_task_and_tries_again(cloud: Cloud) -> None:
    vpc_id, subnet_id, group_id = cloud.network()
    node = cloud.node(vpc_id, subnet_id, group_id)
    wish = {"VpcId": vpc_id, "SubnetId": subnet_id, "NetworkInterfaceName": "eni"}
    eni = cloud.vpc("CreateNetworkInterface", **wish).NetworkInterface.NetworkInterfaceId
    poll(lambda: cloud.ready(eni), until=True)
    cloud.fault("AttachNetworkInterface", fail=True, times=1)
    both = {"NetworkInterfaceId": eni, "InstanceId": node}
    assert cloud.finish(cloud.vpc("AttachNetworkInterface", **both)) == "FAILED"
    assert cloud.interface(eni).Attachment is None
    assert cloud.finish(cloud.vpc("AttachNetworkInterface", **both)) == "SUCCESS"
    assert cloud.on(eni) == node


def test_terraform_gives_ipv6_addresses_and_takes_them_back_by_their_tasks(cloud: Cloud) -> None:
    vpc_id, subnet_id, _ = cloud.network()
    block = cloud.vpc("AssignIpv6CidrBlock", VpcId=vpc_id).Ipv6CidrBlock
    part = [{"SubnetId": subnet_id, "Ipv6CidrBlock": block.replace("/56", "/64")}]
    cloud.vpc("AssignIpv6SubnetCidrBlock", VpcId=vpc_id, Ipv6SubnetCidrBlocks=part)
    wish = {"VpcId": vpc_id, "SubnetId": subnet_id, "NetworkInterfaceName": "eni"}
    eni = cloud.vpc("CreateNetworkInterface", **wish).NetworkInterface.NetworkInterfaceId
    poll(lambda: cloud.ready(eni), until=True)
    assigned = cloud.vpc("AssignIpv6Addresses", NetworkInterfaceId=eni, Ipv6AddressCount=2)
    assert cloud.finish(assigned) == "SUCCESS"
    held = [each.Address for each in cloud.interface(eni).Ipv6AddressSet]
    assert sorted(held) == sorted(each.Address for each in assigned.Ipv6AddressSet)
    taken = [{"Address": each} for each in held]
    reply = cloud.vpc("UnassignIpv6Addresses", NetworkInterfaceId=eni, Ipv6Addresses=taken)
    assert cloud.finish(reply) == "SUCCESS"
    assert cloud.interface(eni).Ipv6AddressSet == []


# -- bk-bcs -----------------------------------------------------------------------------------------------


def test_bk_bcs_makes_an_interface_once_by_its_name_and_gives_its_addresses_to_pods(cloud: Cloud) -> None:
    vpc_id, subnet_id, group_id = cloud.network()
    node = cloud.node(vpc_id, subnet_id, group_id)
    (address,) = cloud.cvm("DescribeInstances", InstanceIds=[node]).InstanceSet[0].PrivateIpAddresses
    own = [{"Name": "private-ip-address", "Values": [address]}]
    (me,) = cloud.cvm("DescribeInstances", Filters=own).InstanceSet
    assert me.InstanceId == node
    (subnet,) = cloud.vpc("DescribeSubnets", SubnetIds=[subnet_id]).SubnetSet
    assert subnet.AvailableIpAddressCount == 252

    def ensure(name: str) -> str:
        by_name = [{"Name": "network-interface-name", "Values": [name]}]
        reply = cloud.vpc("DescribeNetworkInterfaces", Filters=by_name)
        if reply.TotalCount:
            return str(reply.NetworkInterfaceSet[0].NetworkInterfaceId)
        reply = cloud.vpc(
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
    poll(lambda: cloud.interface(eni).State, "AVAILABLE")
    both = {"NetworkInterfaceId": eni, "InstanceId": node}
    cloud.vpc("AttachNetworkInterface", **both)
    poll(lambda: cloud.on(eni), node)
    assert cloud.interface(eni).Attachment.DeviceIndex == 1

    limit = cloud.vpc("DescribeNetworkInterfaceLimit", InstanceId=node).EniPrivateIpAddressQuantity
    pods = []
    for _ in range(limit - 1):
        wish = {"NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 1}
        (granted,) = cloud.vpc("AssignPrivateIpAddresses", **wish).PrivateIpAddressSet
        pods.append(granted.PrivateIpAddress)
    assert len(set(pods)) == limit - 1
    assert cloud.refusal("AssignPrivateIpAddresses", **wish).startswith("LimitExceeded")
    poll(lambda: cloud.ready(eni), until=True)
    back = [{"PrivateIpAddress": each} for each in pods]
    cloud.vpc("UnassignPrivateIpAddresses", NetworkInterfaceId=eni, PrivateIpAddresses=back)
    poll(lambda: len(cloud.addresses(eni)), 1)

    cloud.vpc("DetachNetworkInterface", **both)
    poll(lambda: cloud.interface(eni).Attachment, None)
    poll(lambda: cloud.interface(eni).State, "AVAILABLE")
    cloud.vpc("DeleteNetworkInterface", NetworkInterfaceId=eni)
    by_id = [{"Name": "network-interface-id", "Values": [eni]}]
    poll(lambda: cloud.vpc("DescribeNetworkInterfaces", Filters=by_id).TotalCount, 0)


# -- others -----------------------------------------------------------------------------------------------


def test_cloudmux_lists_interfaces_by_fifties_and_follows_one_through_its_states(older: Cloud) -> None:
    cloud = older
    vpc_id, subnet_id, group_id = cloud.network()
    node = cloud.node(vpc_id, subnet_id, group_id)
    wish = {"VpcId": vpc_id, "SubnetId": subnet_id, "SecurityGroupIds": [group_id]}
    eni = cloud.vpc("CreateNetworkInterface", NetworkInterfaceName="guest", **wish).NetworkInterface
    poll(lambda: cloud.ready(eni.NetworkInterfaceId), until=True)

    def listed(**filters: str) -> list[Any]:
        found: list[Any] = []
        names = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
        while True:
            page = cloud.vpc("DescribeNetworkInterfaces", Limit=50, Offset=len(found), Filters=names)
            found += page.NetworkInterfaceSet
            if len(found) >= page.TotalCount:
                return found

    assert {each.Primary for each in listed(subnet_id=subnet_id)} == {True, False}
    both = {"NetworkInterfaceId": eni.NetworkInterfaceId, "InstanceId": node}
    cloud.vpc("AttachNetworkInterface", **both)
    seen = poll(lambda: cloud.interface(eni.NetworkInterfaceId).State, "AVAILABLE")
    assert set(seen) <= {"ATTACHING", "AVAILABLE"}
    mine = [
        each for each in listed(vpc_id=vpc_id) if each.Attachment and each.Attachment.InstanceId == node
    ]
    assert all(each.Attachment.InstanceId.startswith("ins-") for each in mine)
    assert len(mine) == 2
    cloud.vpc("DetachNetworkInterface", **both)
    seen = poll(lambda: cloud.interface(eni.NetworkInterfaceId).State, "AVAILABLE")
    assert set(seen) <= {"DETACHING", "AVAILABLE"}
    gone = "ResourceNotFound"
    delete = {"NetworkInterfaceId": eni.NetworkInterfaceId}
    assert poll(lambda: cloud.refusal("DeleteNetworkInterface", **delete), gone)[0] == ""


def test_wecube_detaches_an_interface_before_it_deletes_it(cloud: Cloud) -> None:
    vpc_id, subnet_id, group_id = cloud.network()
    node = cloud.node(vpc_id, subnet_id, group_id)
    wish = {"VpcId": vpc_id, "SubnetId": subnet_id, "NetworkInterfaceName": "wecube"}
    reply = cloud.vpc("CreateAndAttachNetworkInterface", InstanceId=node, **wish)
    eni = reply.NetworkInterface.NetworkInterfaceId
    poll(lambda: cloud.on(eni), node)
    assert cloud.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni)
    cloud.vpc("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=cloud.on(eni))
    poll(lambda: cloud.interface(eni).Attachment, None)
    poll(lambda: cloud.interface(eni).State, "AVAILABLE")
    cloud.vpc("DeleteNetworkInterface", NetworkInterfaceId=eni)
    poll(lambda: cloud.interface(eni), None)
    with pytest.raises(Refused) as refused:
        cloud.vpc("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId=node)
    assert "ResourceNotFound" in str(refused.value)
