"""What Terraform does to NAT gateways, their entries and bandwidth packages, and that nothing is left."""

import pytest
from tests.consumers.alibaba.terraform.addresses import EipAddress, EipAssociation
from tests.consumers.alibaba.terraform.bandwidth_packages import (
    CommonBandwidthPackage,
    CommonBandwidthPackageAttachment,
)
from tests.consumers.alibaba.terraform.lives.test_lives import TAGS, ZONE, Workspace, assert_no_change, live
from tests.consumers.alibaba.terraform.nat_gateways import ForwardEntry, NatGateway, SnatEntry
from tests.consumers.alibaba.terraform.networks import Vpc, VSwitch
from tests.consumers.alibaba.terraform.provider import State


def gateway_config(site: Workspace) -> State:
    """Return what a NAT gateway of a new VPC and vSwitch is configured with."""
    vpc_id = site.apply(Vpc, cidr_block="10.0.0.0/8", vpc_name="tf-vpc")
    vswitch = {"vpc_id": vpc_id, "cidr_block": "10.1.0.0/24", "zone_id": ZONE, "vswitch_name": "tf"}
    return {
        "vpc_id": vpc_id,
        "vswitch_id": site.apply(VSwitch, **vswitch),
        "nat_gateway_name": "tf-a",
        "nat_type": "Enhanced",
        "internet_charge_type": "PayByLcu",
        "payment_type": "PayAsYouGo",
    }


def bound(site: Workspace, gateway_id: str) -> str:
    """Associate a new EIP with a gateway, and return its address."""
    allocation_id = site.eip()
    site.apply(EipAssociation, allocation_id=allocation_id, instance_id=gateway_id, instance_type="Nat")
    shown = EipAddress(site.provider).read(allocation_id)
    assert shown is not None
    return str(shown["ip_address"])


def test_nat_gateway(site: Workspace) -> None:
    config = {**gateway_config(site), "tags": TAGS}
    for _ in range(2):
        live(
            NatGateway(site.provider),
            config,
            nat_gateway_name="tf-b",
            description="changed",
            tags={"Created": "TF-again"},
        )


def test_nat_gateway_that_is_protected(site: Workspace) -> None:
    live(NatGateway(site.provider), gateway_config(site), deletion_protection=True)


def test_eip_association_with_a_nat_gateway(site: Workspace) -> None:
    gateway_id = site.apply(NatGateway, **gateway_config(site))
    config = {"allocation_id": site.eip(), "instance_id": gateway_id, "instance_type": "Nat"}
    for _ in range(2):
        live(EipAssociation(site.provider), config)


@pytest.mark.parametrize("source", ["source_vswitch_id", "source_cidr"])
def test_snat_entry(site: Workspace, source: str) -> None:
    config = gateway_config(site)
    gateway_id = site.apply(NatGateway, **config)
    one, other = bound(site, gateway_id), bound(site, gateway_id)
    state = NatGateway(site.provider).read(gateway_id)
    assert state is not None
    served = {
        "snat_table_id": state["snat_table_ids"],
        "snat_ip": one,
        "snat_entry_name": "tf-a",
        source: config["vswitch_id"] if source == "source_vswitch_id" else "10.1.0.0/28",
    }
    for _ in range(2):
        changed = {"snat_ip": f"{one},{other}", "snat_entry_name": "tf-b", "eip_affinity": 1}
        live(SnatEntry(site.provider), served, **changed)


def test_forward_entry(site: Workspace) -> None:
    gateway_id = site.apply(NatGateway, **gateway_config(site))
    one, other = bound(site, gateway_id), bound(site, gateway_id)
    state = NatGateway(site.provider).read(gateway_id)
    assert state is not None
    config = {
        "forward_table_id": state["forward_table_ids"],
        "external_ip": one,
        "external_port": "80",
        "internal_ip": "10.1.0.3",
        "internal_port": "8080",
        "ip_protocol": "tcp",
        "forward_entry_name": "tf-a",
    }
    changed = {"external_ip": other, "external_port": "443", "internal_port": "8443"}
    changed |= {"internal_ip": "10.1.0.4", "ip_protocol": "udp", "forward_entry_name": "tf-b"}
    for _ in range(2):
        live(ForwardEntry(site.provider), config, **changed)


def test_common_bandwidth_package(site: Workspace) -> None:
    config = {
        "bandwidth": "20",
        "internet_charge_type": "PayByTraffic",
        "bandwidth_package_name": "tf-a",
        "ratio": 100,
        "tags": TAGS,
    }
    changed = {"bandwidth": "30", "bandwidth_package_name": "tf-b", "description": "changed"}
    for _ in range(2):
        live(CommonBandwidthPackage(site.provider), config, **changed)
    live(CommonBandwidthPackage(site.provider), {**config, "bandwidth": "5"}, deletion_protection=True)


def test_common_bandwidth_package_attachment(site: Workspace) -> None:
    package_id = site.apply(CommonBandwidthPackage, bandwidth="20", bandwidth_package_name="tf")
    config = {"bandwidth_package_id": package_id, "instance_id": site.eip()}
    attachment = CommonBandwidthPackageAttachment(site.provider)
    for _ in range(2):
        live(attachment, config)
    live(attachment, {**config, "bandwidth_package_bandwidth": "5"})


def test_a_gateway_with_entries_and_a_package_is_applied_and_destroyed(site: Workspace) -> None:
    for _ in range(2):
        gateway_id = site.apply(NatGateway, **gateway_config(site))
        package_id = site.apply(CommonBandwidthPackage, bandwidth="20", bandwidth_package_name="tf")
        first, second = bound(site, gateway_id), bound(site, gateway_id)
        for resource, association in tuple(site.under):
            if isinstance(resource, EipAssociation):
                allocation_id = association.split(":")[0]
                inside = {"bandwidth_package_id": package_id, "instance_id": allocation_id}
                site.apply(CommonBandwidthPackageAttachment, **inside)
        gateway = NatGateway(site.provider).read(gateway_id)
        assert gateway is not None
        snat = {"snat_table_id": gateway["snat_table_ids"], "snat_ip": first, "source_cidr": "10.1.0.0/24"}
        snat_id = site.apply(SnatEntry, **snat)
        forward = {
            "forward_table_id": gateway["forward_table_ids"],
            "external_ip": second,
            "external_port": "any",
            "internal_ip": "10.1.0.3",
            "internal_port": "any",
            "ip_protocol": "any",
        }
        forward_id = site.apply(ForwardEntry, **forward)
        assert_no_change(SnatEntry(site.provider), snat_id, snat)
        assert_no_change(ForwardEntry(site.provider), forward_id, forward)
        for resource, resource_id in site.under:
            assert resource.read(resource_id) == resource.read(resource_id) is not None
        site.destroy()
