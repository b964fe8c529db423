"""The life of a NAT gateway as terraform-provider-tencentcloud leads it: its calls, in its order."""

from tests.consumers.tencent.nat_resources import BandwidthPackage, Dnat, Eip, NatGateway, Snat
from tests.dialects.tencent.furnished_account import TencentAccount

from duolect.record import leaks


def leaked(account: TencentAccount) -> set[str]:
    """Return the ids of what is left of all that was created."""
    pipeline = account.emulator.pipeline
    found = leaks.leaks(
        pipeline.partitions.items(), pipeline.partitions, pipeline.marks.start, pipeline.journal
    )
    return {each.resource.id for each in found}


def test_a_gateway_lives_with_its_rules_from_apply_to_destroy(account: TencentAccount) -> None:
    gateways, eips, snats, dnats = (kind(account) for kind in (NatGateway, Eip, Snat, Dnat))
    node = account.describe_instance(account.instance_id)
    before = leaked(account)
    for _ in range(2):
        eip_ids = [eips.create(f"tf-{number}") for number in range(3)]
        one, two, three = (eips.ip(each) for each in eip_ids)
        config = {
            "name": "tf-nat",
            "max_concurrent": 3_000_000,
            "bandwidth": 500,
            "assigned_eip_set": [one, two],
            "tags": {"team": "net"},
        }
        gateway_id = gateways.create(account.vpc_id, config)
        served = {
            "ResourceId": account.subnet_id,
            "ResourceType": "SUBNET",
            "PrivateIpAddress": str(account.subnet.block),
            "PublicIpAddresses": [one, two],
            "Description": "",
        }
        snats.create(gateway_id, served)
        forwarded = {
            "IpProtocol": "TCP",
            "PublicIpAddress": one,
            "PublicPort": 80,
            "PrivateIpAddress": node["PrivateIpAddresses"][0],
            "PrivatePort": 9001,
            "Description": "tf",
        }
        dnats.create(gateway_id, forwarded)
        for plan in ("after the first apply", "and again"):
            assert gateways.read(gateway_id) == config, plan
            assert snats.read(gateway_id, account.subnet_id) == served, plan
            assert dnats.read(gateway_id, forwarded) == forwarded, plan
            account.wait()
        snats.update(gateway_id, {**served, "PublicIpAddresses": [one], "Description": "changed"})
        dnats.describe(gateway_id, forwarded, "changed")
        changed = {**config, "name": "renamed", "bandwidth": 200, "tags": {"stage": "test"}}
        changed |= {"max_concurrent": 1_000_000, "assigned_eip_set": [one, three]}
        gateways.update(gateway_id, config, changed)
        assert gateways.read(gateway_id) == changed
        shown = snats.read(gateway_id, account.subnet_id)
        assert shown == {**served, "PublicIpAddresses": [one], "Description": "changed"}
        assert dnats.read(gateway_id, forwarded) == {**forwarded, "Description": "changed"}
        dnats.delete(gateway_id, forwarded)
        snats.delete(gateway_id, account.subnet_id)
        gateways.delete(gateway_id)
        for each in eip_ids:
            eips.delete(each)
        assert leaked(account) == before


def test_all_addresses_of_a_gateway_are_exchanged(account: TencentAccount) -> None:
    gateways, eips = NatGateway(account), Eip(account)
    ips = [eips.ip(eips.create(f"tf-{number}")) for number in range(4)]
    config = {
        "name": "tf-nat",
        "max_concurrent": 1_000_000,
        "bandwidth": 100,
        "assigned_eip_set": ips[:2],
        "tags": {},
    }
    gateway_id = gateways.create(account.vpc_id, {**config, "tags": {"team": "net"}})
    changed = {**config, "assigned_eip_set": ips[2:]}
    gateways.update(gateway_id, {**config, "tags": {"team": "net"}}, changed)
    assert gateways.read(gateway_id) == changed
    gateways.delete(gateway_id)


def test_a_bandwidth_package_lives_with_the_addresses_of_a_gateway(account: TencentAccount) -> None:
    packages, gateways, eips = BandwidthPackage(account), NatGateway(account), Eip(account)
    before = leaked(account)
    config = {
        "network_type": "BGP",
        "charge_type": "TOP5_POSTPAID_BY_MONTH",
        "bandwidth_package_name": "tf-package",
        "internet_max_bandwidth": 300,
        "tags": {"team": "net"},
    }
    for _ in range(2):
        package_id, eip_id = packages.create(config), eips.create("tf")
        packages.attach(package_id, eip_id)
        nat = {"name": "tf-nat", "max_concurrent": 1_000_000, "bandwidth": 100, "tags": {"a": "b"}}
        nat["assigned_eip_set"] = [eips.ip(eip_id)]
        gateway_id = gateways.create(account.vpc_id, nat)
        for plan in ("after the first apply", "and again"):
            assert packages.read(package_id) == config, plan
            assert packages.attached(package_id) == [(eip_id, "Address")], plan
            assert gateways.read(gateway_id) == nat, plan
        changed = {**config, "bandwidth_package_name": "renamed", "internet_max_bandwidth": 100}
        changed["tags"] = {"stage": "test"}
        packages.update(package_id, config, changed)
        assert packages.read(package_id) == changed
        gateways.delete(gateway_id)
        packages.detach(package_id, eip_id)
        assert packages.attached(package_id) == []
        eips.delete(eip_id)
        packages.delete(package_id)
        assert leaked(account) == before
