"""Apache Libcloud's driver of ECS: signed with version 1, HMAC-SHA1, by GET; all answers in XML.

It knows no network, which a node has needed since the classic network is gone: one is made by its
connection, as users do.
"""

from collections.abc import Callable

from checks import ENDPOINT, KEY, SECRET, Checks, main, watch
from libcloud.common.exceptions import BaseHTTPError
from libcloud.compute.base import Node, NodeSize
from libcloud.compute.drivers.ecs import ECSDriver
from libcloud.compute.types import NodeState

REGION, ZONE = "cn-hangzhou", "cn-hangzhou-h"
HOST, PORT = ENDPOINT.split(":")
PAGE = 10
"""As many nodes the cloud lists where it is not asked for another number."""


def connect(secret: str = SECRET) -> ECSDriver:
    """Return a driver that finds the emulator."""
    return ECSDriver(KEY, secret, region=REGION, host=HOST, port=int(PORT), secure=False)


class Account:
    """What a user writes around the driver."""

    def __init__(self) -> None:
        self.driver = connect()

    def call(self, action: str, **parameters: str) -> dict[str | None, str | None]:
        """Call an action that the driver has no method for; return the texts that the answer holds."""
        reply = self.driver.connection.request("/", {"Action": action, "RegionId": REGION, **parameters})
        return {each.tag: each.text for each in reply.object}

    def is_free_of(self, action: str, **wanted: str) -> bool:
        """Say whether a list is empty."""
        return self.call(action, **wanted)["TotalCount"] == "0"

    def first_status(self, action: str, **wanted: str) -> str | None:
        """Return the status of the first thing on a list."""
        parameters = {"Action": action, "RegionId": REGION, **wanted}
        statuses = self.driver.connection.request("/", parameters).object.findall(".//Status")
        return statuses[0].text if statuses else None

    def node(self, node_id: str) -> Node | None:
        found = self.driver.list_nodes(ex_node_ids=[node_id])
        return found[0] if found else None

    def create(self, name: str, vswitch_id: str, group_id: str) -> Node:
        """Create a node, which the driver starts at once and waits for.

        On the cloud as here it is Pending at first, and the driver's start may come too early.
        """
        try:
            return self.create_node(name, vswitch_id, group_id)
        except BaseHTTPError as error:
            assert "IncorrectInstanceStatus" in str(error)  # noqa: PT017 - not every node is too slow
        (node,) = self.driver.list_nodes(ex_filters={"InstanceName": name})
        watch(lambda: self.state(node), NodeState.STOPPED)
        assert self.driver.start_node(node)
        return node

    def state(self, node: Node) -> str | None:
        found = self.node(node.id)
        return None if found is None else found.state

    def create_node(self, name: str, vswitch_id: str, group_id: str) -> Node:
        return self.driver.create_node(
            name=name,
            size=NodeSize("ecs.g7.large", "", ram=0, disk=0, bandwidth=0, price=0, driver=self.driver),
            image=self.driver.get_image("aliyun_3_x64_20G_alibase_20240528.vhd"),
            ex_vswitch_id=vswitch_id,
            ex_security_group_id=group_id,
            ex_description="it's (50 %) ~ready*!",
            ex_internet_max_bandwidth_out=5,
            ex_internet_charge_type=self.driver.internet_charge_types.BY_TRAFFIC,
            ex_system_disk={"category": self.driver.disk_categories.CLOUD, "size": 40},
        )


def scenario(checks: Checks, _: None) -> None:  # noqa: PLR0915 - a life, from beginning to end
    """Live the life of a node."""
    account = Account()
    driver = account.driver

    with checks.check("sign") as told:
        driver.list_nodes()
        assert "SignatureDoesNotMatch" in refusal(connect(f"not {SECRET}").list_nodes)
        told.append("another secret: SignatureDoesNotMatch")

    with checks.check("success"):
        assert REGION in [location.id for location in driver.list_locations()]
        assert ZONE in [zone.id for zone in driver.ex_list_zones()]
        # The driver reads the first page only, here and on the cloud.
        assert all(size.ram > 0 and size.extra["cpu_core_count"] > 0 for size in driver.list_sizes())
        vpc_id = account.call("CreateVpc", CidrBlock="192.168.0.0/16")["VpcId"]
        assert vpc_id is not None
        watch(lambda: account.first_status("DescribeVpcs", VpcId=vpc_id), "Available")
        made = account.call("CreateVSwitch", VpcId=vpc_id, ZoneId=ZONE, CidrBlock="192.168.0.0/24")
        vswitch_id = made["VSwitchId"]
        assert vswitch_id is not None
        watch(lambda: account.first_status("DescribeVSwitches", VSwitchId=vswitch_id), "Available")
        group_id = account.call("CreateSecurityGroup", VpcId=vpc_id, Description="nodes")["SecurityGroupId"]
        assert group_id is not None
        assert driver.ex_modify_security_group_by_id(group_id, name="nodes", description="all of them")
        assert [group.name for group in driver.ex_list_security_groups()] == ["nodes"]
        assert driver.ex_list_security_group_attributes(group_id) == []

        node = account.create("first", vswitch_id, group_id)
        found = account.node(node.id)
        assert found is not None
        assert (found.state, found.name) == (NodeState.RUNNING, "first")
        assert found.extra["description"] == "it's (50 %) ~ready*!"
        assert found.private_ips[0].startswith("192.168.0.")
        assert found.public_ips == []
        address = driver.create_public_ip(node.id)
        assert [each.public_ips for each in driver.list_nodes()] == [[address]]
        assert driver.stop_node(node)
        assert driver.start_node(node)
        assert driver.reboot_node(node)
        for number in range(PAGE):
            account.call(
                "RunInstances",
                InstanceName=f"more-{number}",
                ImageId="aliyun_3_x64_20G_alibase_20240528.vhd",
                InstanceType="ecs.g7.large",
                VSwitchId=vswitch_id,
                SecurityGroupId=group_id,
            )
        nodes = driver.list_nodes()
        assert len({each.id for each in nodes}) == len(nodes) == PAGE + 1
        assert [each.extra["instance_id"] for each in driver.list_volumes()].count(node.id) == 1
        assert len(driver.list_images()) > PAGE

    with checks.check("error") as told:
        unknown = refusal(lambda: driver.ex_delete_security_group_by_id("sg-bp1nowhere0000000000"))
        in_use = refusal(lambda: driver.ex_delete_security_group_by_id(group_id))
        incomplete = refusal(lambda: account.call("CreateVSwitch", VpcId=vpc_id))
        for said, code in (
            (unknown, "InvalidSecurityGroup.NotFound"),
            (in_use, "DependencyViolation"),
            (incomplete, "MissingParam"),
        ):
            assert code in said, said
            told.append(code)

    with checks.check("xml") as told:
        reply = driver.connection.request("/", {"Action": "DescribeInstances", "RegionId": REGION})
        assert reply.body.startswith("<?xml ")
        assert reply.object.tag == "DescribeInstancesResponse"
        assert len(reply.request_id) == len("473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E")
        told.append("all answers")

    with checks.check("success") as told:
        watch(lambda: {each.state for each in driver.list_nodes()}, until={NodeState.RUNNING})
        for each in driver.list_nodes():
            assert driver.destroy_node(each)
        watch(lambda: account.is_free_of("DescribeInstances"), until=True)
        assert driver.ex_delete_security_group_by_id(group_id)
        account.call("DeleteVSwitch", VSwitchId=vswitch_id)
        watch(lambda: account.is_free_of("DescribeVSwitches", VpcId=vpc_id), until=True)
        account.call("DeleteVpc", VpcId=vpc_id)
        told.append("all deleted")


def refusal(call: Callable[[], object]) -> str:
    """Return what the driver tells of a call that is refused."""
    try:
        call()
    except BaseHTTPError as error:
        return str(error)
    raise AssertionError("the call was expected to be refused")


main("apache-libcloud", {"v1 GET": None}, scenario)
