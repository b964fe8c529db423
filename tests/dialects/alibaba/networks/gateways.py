"""IPv4 and IPv6 gateways and DHCP options sets of an account, built in one line each."""

from tests.dialects.alibaba.sdk_models import VPC


def made(account, action, answer, **params):
    """Call an action that makes something, wait, and return its id."""
    found = account.call(action, VPC, **params)[answer]
    account.wait()
    return found


def ipv4_gateway(account, *, active=False, **changes):
    """Create an IPv4 gateway, perhaps activate it, and return its id."""
    params = {"VpcId": account.network.id, **changes}
    gateway_id = made(account, "CreateIpv4Gateway", "Ipv4GatewayId", **params)
    if active:
        account.call("EnableVpcIpv4Gateway", VPC, Ipv4GatewayId=gateway_id)
        account.wait()
    return gateway_id


def show_ipv4(account, gateway_id):
    return account.call("GetIpv4GatewayAttribute", VPC, Ipv4GatewayId=gateway_id)


def ipv6_gateway(account, vpc_id=None, **changes):
    """Create an IPv6 gateway, in a new VPC where none is named, and return its id."""
    params = {"VpcId": vpc_id or account.create_vpc(EnableIpv6=True), **changes}
    return made(account, "CreateIpv6Gateway", "Ipv6GatewayId", **params)


def show_ipv6(account, gateway_id):
    return account.call("DescribeIpv6GatewayAttribute", VPC, Ipv6GatewayId=gateway_id)


def gateway_table(account, vpc_id=None):
    """Create a route table for gateways, and return its id."""
    params = {"VpcId": vpc_id or account.network.id, "AssociateType": "Gateway"}
    return made(account, "CreateRouteTable", "RouteTableId", **params)


def options_set(account, **changes):
    return made(account, "CreateDhcpOptionsSet", "DhcpOptionsSetId", **changes)


def show_options(account, set_id):
    return account.call("GetDhcpOptionsSet", VPC, DhcpOptionsSetId=set_id)


def vpc(account, vpc_id=None):
    return account.call("DescribeVpcAttribute", VPC, VpcId=vpc_id or account.network.id)


def routes(account, table_id):
    """Return the blocks and next hops of the routes that were made in a route table."""
    params = {"RouteTableId": table_id, "RouteEntryType": "Custom"}
    found = account.call("DescribeRouteEntryList", VPC, **params)["RouteEntrys"]["RouteEntry"]
    return {
        each["DestinationCidrBlock"]: (
            each["NextHops"]["NextHop"][0]["NextHopType"],
            each["NextHops"]["NextHop"][0]["NextHopId"],
        )
        for each in found
    }
