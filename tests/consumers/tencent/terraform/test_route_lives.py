"""The lives of route tables, entries and HAVIPs as terraform-provider-tencentcloud leads them: twice."""

from tests.consumers.tencent.terraform.route_resources import HaVip, RouteEntry, RouteTable
from tests.consumers.tencent.test_terraform_nat_gateway import leaked
from tests.dialects.tencent.furnished_account import TencentAccount


def test_route_tables_live_with_their_entries_from_apply_to_destroy(account: TencentAccount) -> None:
    tables, entries, havips = (kind(account) for kind in (RouteTable, RouteEntry, HaVip))
    node = account.describe_instance(account.instance_id)
    before = leaked(account)
    for _ in range(2):
        config = {"vpc_id": account.vpc_id, "name": "tf-a", "tags": {"team": "net"}}
        table_id = tables.create(config)
        place = {"vpc_id": account.vpc_id, "subnet_id": account.subnet_id, "check_associate": False}
        havip_id = havips.create({**place, "name": "tf-hop"})
        vip = havips.read(havip_id)
        assert vip is not None
        made = {}
        for number, (kind, hop) in enumerate(
            (("NORMAL_CVM", node["PrivateIpAddresses"][0]), ("HAVIP", vip["vip"]), ("EIP", "0"))
        ):
            entry = {
                "route_table_id": table_id,
                "destination_cidr_block": f"172.16.{number}.0/24",
                "next_type": kind,
                "next_hub": hop,
                "description": "tf",
                "disabled": number == 1,
            }
            made[entries.create(entry)] = entry
        for _ in range(2):
            assert tables.read(table_id) == {**config, "subnet_ids": []}
            assert {each: entries.read(each) for each in made} == made
            account.wait()
        changed = {**config, "name": "tf-b", "tags": {}}
        tables.update(table_id, config, changed)
        for each, entry in made.items():
            entries.switch(each, disabled=not entry["disabled"])
            assert entries.read(each) == {**entry, "disabled": not entry["disabled"]}
        assert tables.read(table_id) == {**changed, "subnet_ids": []}
        for each in made:
            entries.delete(each)
        havips.delete(havip_id)
        tables.delete(table_id)
    assert leaked(account) == before


def test_havips_live_from_apply_to_destroy(account: TencentAccount) -> None:
    havips = HaVip(account)
    before = leaked(account)
    for _ in range(2):
        config = {
            "vpc_id": account.vpc_id,
            "subnet_id": account.subnet_id,
            "name": "tf-a",
            "vip": str(account.subnet.block[77]),
            "check_associate": True,
        }
        havip_id = havips.create(config)
        for _ in range(2):
            assert havips.read(havip_id) == config
            account.wait()
        havips.rename(havip_id, "tf-b")
        assert havips.read(havip_id) == {**config, "name": "tf-b"}
        havips.delete(havip_id)
    assert leaked(account) == before
