"""What Terraform does to IPv4 and IPv6 gateways and DHCP options sets, and that nothing is left."""

from tests.consumers.alibaba.terraform.dhcp_options import DhcpOptionsSet, DhcpOptionsSetAttachment
from tests.consumers.alibaba.terraform.gateways import Ipv4Gateway, Ipv6Gateway
from tests.consumers.alibaba.terraform.lives.test_lives import TAGS, Workspace, live
from tests.consumers.alibaba.terraform.networks import Vpc


def test_ipv4_gateway(site: Workspace) -> None:
    config = {
        "vpc_id": site.vpc(),
        "ipv4_gateway_name": "tf-a",
        "ipv4_gateway_description": "one",
        "resource_group_id": "rg-one",
        "tags": TAGS,
    }
    for _ in range(2):
        live(
            Ipv4Gateway(site.provider),
            config,
            ipv4_gateway_name="tf-b",
            ipv4_gateway_description="other",
            resource_group_id="rg-other",
            tags={"Created": "TF-again"},
        )


def test_ipv4_gateway_that_is_active_from_the_start(site: Workspace) -> None:
    live(Ipv4Gateway(site.provider), {"vpc_id": site.vpc(), "enabled": True})


def test_ipv6_gateway(site: Workspace) -> None:
    vpc_id = site.apply(Vpc, cidr_block="10.0.0.0/8", vpc_name="tf-vpc", enable_ipv6=True)
    config = {"vpc_id": vpc_id, "ipv6_gateway_name": "tf-a", "resource_group_id": "rg-one", "tags": TAGS}
    for _ in range(2):
        live(
            Ipv6Gateway(site.provider),
            config,
            ipv6_gateway_name="tf-b",
            description="changed",
            resource_group_id="rg-other",
            tags={"Created": "TF-again"},
        )


def test_dhcp_options_set(site: Workspace) -> None:
    config = {
        "dhcp_options_set_name": "tf-a",
        "dhcp_options_set_description": "one",
        "domain_name": "example.com",
        "domain_name_servers": "100.100.2.136",
        "tags": TAGS,
    }
    for _ in range(2):
        live(
            DhcpOptionsSet(site.provider),
            config,
            dhcp_options_set_name="tf-b",
            dhcp_options_set_description="other",
            domain_name="example.org",
            domain_name_servers="192.168.0.1,192.168.0.2",
            lease_time="24h",
            tags={"Created": "TF-again"},
        )


def test_dhcp_options_set_attachment(site: Workspace) -> None:
    set_id = site.apply(DhcpOptionsSet, dhcp_options_set_name="tf", domain_name="example.com")
    config = {"vpc_id": site.vpc(), "dhcp_options_set_id": set_id}
    for _ in range(2):
        live(DhcpOptionsSetAttachment(site.provider), config)
