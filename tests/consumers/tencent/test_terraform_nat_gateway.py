"""The life of a NAT gateway as terraform-provider-tencentcloud leads it: its calls, in its order.

Source: resource_tc_nat_gateway.go, resource_tc_nat_gateway_snat.go and resource_tc_dnat.go of the provider,
all in tencentcloud/services.
"""

from typing import Any

import attrs
from tests.consumers.tencent.terraform_addresses import BandwidthPackage, Eip, Provider, State
from tests.dialects.tencent.furnished_account import TencentAccount

from duolect.record import leaks

SNAT = "NatGatewaySourceIpTranslationNatRule"
DNAT = "NatGatewayDestinationIpPortTranslationNatRule"


@attrs.frozen
class NatGateway(Provider):
    """The resource ``tencentcloud_nat_gateway``."""

    def create(self, vpc_id: str, config: State) -> str:
        made = self.call(
            "CreateNatGateway",
            VpcId=vpc_id,
            NatGatewayName=config["name"],
            InternetMaxBandwidthOut=config["bandwidth"],
            MaxConcurrentConnection=config["max_concurrent"],
            PublicIpAddresses=config["assigned_eip_set"],
            Tags=[{"Key": key, "Value": value} for key, value in config["tags"].items()],
        )
        gateway_id = str(made["NatGatewaySet"][0]["NatGatewayId"])
        self.tag("nat", gateway_id, config["tags"])
        self.account.wait()
        (shown,) = self.find(gateway_id)
        assert shown["State"] == "AVAILABLE"
        return gateway_id

    def find(self, gateway_id: str) -> list[State]:
        shown: list[State] = self.call("DescribeNatGateways", NatGatewayIds=[gateway_id])["NatGatewaySet"]
        return shown

    def read(self, gateway_id: str) -> State | None:
        for shown in self.find(gateway_id):
            assert shown["CreatedTime"]
            assert shown["Zone"]
            return {
                "name": shown["NatGatewayName"],
                "max_concurrent": shown["MaxConcurrentConnection"],
                "bandwidth": shown["InternetMaxBandwidthOut"],
                "assigned_eip_set": [each["PublicIpAddress"] for each in shown["PublicIpAddressSet"]],
                "tags": self.tags("nat", gateway_id),
            }
        return None

    def update(self, gateway_id: str, old: State, new: State) -> None:
        """Change what differs; of addresses that all change one leaves only when new ones have come."""
        named = {"NatGatewayId": gateway_id}
        self.call(
            "ModifyNatGatewayAttribute",
            NatGatewayName=new["name"],
            InternetMaxBandwidthOut=new["bandwidth"],
            **named,
        )
        if new["max_concurrent"] != old["max_concurrent"]:
            self.call("ResetNatGatewayConnection", MaxConcurrentConnection=new["max_concurrent"], **named)
            self.account.wait()
        before, after = old["assigned_eip_set"], new["assigned_eip_set"]
        leaving = [each for each in before if each not in after]
        last = leaving.pop() if len(leaving) == len(before) else None
        coming = [each for each in after if each not in before]
        for action, ips in (
            ("DisassociateNatGatewayAddress", leaving),
            ("AssociateNatGatewayAddress", coming),
            ("DisassociateNatGatewayAddress", [last] if last else []),
        ):
            if ips:
                self.finish(self.call(action, PublicIpAddresses=ips, **named))
        self.tag("nat", gateway_id, new["tags"], *(old["tags"].keys() - new["tags"].keys()))

    def delete(self, gateway_id: str) -> None:
        self.call("DeleteNatGateway", NatGatewayId=gateway_id)
        self.account.wait()
        assert self.read(gateway_id) is None


@attrs.frozen
class Snat(Provider):
    """The resource ``tencentcloud_nat_gateway_snat``, whose id is the gateway's and the resource's."""

    def create(self, gateway_id: str, config: State) -> None:
        self.call(f"Create{SNAT}", NatGatewayId=gateway_id, SourceIpTranslationNatRules=[config])
        filters = [
            {"Name": "resource-id", "Values": [config["ResourceId"]]},
            {"Name": "public-ip-address", "Values": config["PublicIpAddresses"]},
            {"Name": "description", "Values": [config["Description"]]},
        ]
        assert len(self.rules(gateway_id, Filters=filters)) == 1

    def rules(self, gateway_id: str, **params: Any) -> list[State]:
        listed = self.call(f"Describe{SNAT}s", NatGatewayId=gateway_id, Offset=0, Limit=100, **params)
        found: list[State] = listed["SourceIpTranslationNatRuleSet"]
        return found

    def read(self, gateway_id: str, resource_id: str) -> State | None:
        for shown in self.rules(gateway_id):
            if shown["ResourceId"] == resource_id:
                assert shown["CreatedTime"]
                assert shown["NatGatewayId"] == gateway_id
                names = ("ResourceType", "PrivateIpAddress", "PublicIpAddresses", "Description")
                return {"ResourceId": resource_id, **{name: shown[name] for name in names}}
        return None

    def id_of(self, gateway_id: str, resource_id: str) -> str:
        (rule,) = (each for each in self.rules(gateway_id) if each["ResourceId"] == resource_id)
        return str(rule["NatGatewaySnatId"])

    def update(self, gateway_id: str, new: State) -> None:
        wanted = {**new, "NatGatewaySnatId": self.id_of(gateway_id, new["ResourceId"])}
        self.call(f"Modify{SNAT}", NatGatewayId=gateway_id, SourceIpTranslationNatRule=wanted)

    def delete(self, gateway_id: str, resource_id: str) -> None:
        ids = [self.id_of(gateway_id, resource_id)]
        self.call(f"Delete{SNAT}", NatGatewayId=gateway_id, NatGatewaySnatIds=ids)
        assert self.read(gateway_id, resource_id) is None


@attrs.frozen
class Dnat(Provider):
    """The resource ``tencentcloud_dnat``; of it only the description is changed."""

    def create(self, gateway_id: str, config: State) -> None:
        named = {"NatGatewayId": gateway_id}
        self.call(f"Create{DNAT}", DestinationIpPortTranslationNatRules=[config], **named)

    def read(self, gateway_id: str, config: State) -> State | None:
        filters = {
            "nat-gateway-id": gateway_id,
            "vpc-id": self.account.vpc_id,
            "public-ip-address": config["PublicIpAddress"],
            "public-port": str(config["PublicPort"]),
        }
        wanted = [{"Name": name, "Values": [value]} for name, value in filters.items()]
        listed = self.call(f"Describe{DNAT}s", Filters=wanted)
        for shown in listed["NatGatewayDestinationIpPortTranslationNatRuleSet"]:
            assert (shown["VpcId"], shown["NatGatewayId"]) == (self.account.vpc_id, gateway_id)
            return {name: shown[name] for name in config}
        return None

    def describe(self, gateway_id: str, config: State, description: str) -> None:
        self.call(
            f"Modify{DNAT}",
            NatGatewayId=gateway_id,
            SourceNatRule=self.read(gateway_id, config),
            DestinationNatRule={**config, "Description": description},
        )

    def delete(self, gateway_id: str, config: State) -> None:
        shown = self.read(gateway_id, config)
        assert shown is not None
        target = {name: value for name, value in shown.items() if name != "Description"}
        named = {"NatGatewayId": gateway_id}
        self.call(f"Delete{DNAT}", DestinationIpPortTranslationNatRules=[target], **named)
        assert self.read(gateway_id, config) is None


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
