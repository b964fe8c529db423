"""The lives of route tables, their entries and HaVips in Terraform: twice, and nothing is left."""

from tests.consumers.alibaba.terraform.lives.test_lives import TAGS, Workspace, assert_no_change, live
from tests.consumers.alibaba.terraform.provider import State
from tests.consumers.alibaba.terraform.routes import (
    HaVip,
    HaVipAttachment,
    RouteEntry,
    RouteTable,
    RouteTableAttachment,
)


def _table(site: Workspace) -> State:
    _, vswitch_id = site.group_and_vswitch()
    shown = site.provider.call("vpc", "DescribeVSwitches", VSwitchId=vswitch_id)
    return {"vpc_id": shown["VSwitches"]["VSwitch"][0]["VpcId"], "route_table_name": "tf-a"}


def test_route_table(site: Workspace) -> None:
    config = {**_table(site), "tags": TAGS}
    for _ in range(2):
        live(RouteTable(site.provider), config, route_table_name="tf-b", description="changed")


def test_route_table_attachment(site: Workspace) -> None:
    table_id = site.apply(RouteTable, **_table(site))
    _, vswitch_id = site.group_and_vswitch()
    for _ in range(2):
        attachment = {"route_table_id": table_id, "vswitch_id": vswitch_id}
        live(RouteTableAttachment(site.provider), attachment)


def test_route_entries(site: Workspace) -> None:
    table_id = site.apply(RouteTable, **_table(site))
    node_id, interface_id = site.node(), site.interface()
    _, vswitch_id = site.group_and_vswitch()
    site.apply(RouteTableAttachment, route_table_id=table_id, vswitch_id=vswitch_id)
    havip_id = site.apply(HaVip, vswitch_id=vswitch_id)
    for _ in range(2):
        for number, (kind, hop_id) in enumerate(
            (("Instance", node_id), ("NetworkInterface", interface_id), ("HaVip", havip_id))
        ):
            entry = {"route_table_id": table_id, "nexthop_type": kind, "nexthop_id": hop_id}
            block = {"destination_cidrblock": f"172.16.{number}.0/24"}
            live(RouteEntry(site.provider), {**entry, **block})


def test_havip(site: Workspace) -> None:
    _, vswitch_id = site.group_and_vswitch()
    config = {"vswitch_id": vswitch_id, "ha_vip_name": "tf-a", "description": "one"}
    for _ in range(2):
        live(HaVip(site.provider), config, ha_vip_name="tf-b", description="two")


def test_havip_attachment(site: Workspace) -> None:
    _, vswitch_id = site.group_and_vswitch()
    havip_id = site.apply(HaVip, vswitch_id=vswitch_id, ip_address="10.1.0.9")
    attachments = HaVipAttachment(site.provider)
    for carrier in (site.node(), site.interface()):
        kind = "NetworkInterface" if carrier.startswith("eni") else "EcsInstance"
        config = {"ha_vip_id": havip_id, "instance_id": carrier, "instance_type": kind}
        for _ in range(2):
            attachment_id = attachments.create(config)
            assert_no_change(attachments, attachment_id, config)
            attachments.delete(attachment_id)
            site.provider.emulator.advance(3_000)
            assert attachments.read(attachment_id) is None
