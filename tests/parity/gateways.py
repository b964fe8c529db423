"""NAT gateways, their rules, route tables, HaVips and bandwidth packages, in the words of each cloud.

Common ground: one cloud keeps what routes, rules or carriers stand on until they are gone or it is
forced, the other takes them along (``Rules.routes_hold``, ``Rules.virtual_addresses_keep_carriers``);
so gateways are deleted by force and without routes that lead there, tables and HaVips only when they
are empty. A gateway keeps an address (``Rules.nat_gateway_keeps_an_address``), and a subnet leaves a
custom table before it uses another one. The route to everywhere that one cloud makes for a gateway by
itself is left out. DNAT leads to an instance of the gateway's network (``Rules.dnat_needs_instance``),
and to each of its ports once (``Rules.dnat_targets_unique``).
"""

from typing import Any

from tests.parity.alibaba_driver import AlibabaDriver
from tests.parity.tencent_driver import TencentDriver

from duolect_core.addressing.pools import format_ipv4
from duolect_core.engine.partition import Partition

_VPC = "2016-04-28"
_HOPS = {
    "instance": ("Instance", "NORMAL_CVM"),
    "gateway": ("NatGateway", "NAT"),
    "vip": ("HaVip", "HAVIP"),
}
"""What each cloud calls a next hop of a kind, which its name begins with."""
SNAT = "NatGatewaySourceIpTranslationNatRule"
DNAT = "NatGatewayDestinationIpPortTranslationNatRule"


def _ip(driver: AlibabaDriver | TencentDriver, public: str) -> str:
    """Return a public address; of one that is gone, any other."""
    found = driver.client.partition.graph.public_addresses.get(driver.names[public])
    return "198.19.255.1" if found is None else format_ipv4(found.ip)


def _private_ip(driver: AlibabaDriver | TencentDriver, instance: str) -> str:
    graph = driver.client.partition.graph
    return format_ipv4(graph.interfaces[graph.primary_interfaces[driver.names[instance]]].primary_ip)


class AlibabaGateways(AlibabaDriver):
    """Gateways in Alibaba Cloud's words."""

    def _call(self, action: str, **params: Any) -> dict[str, Any]:
        return self.client.call(action, _VPC, **params)

    def create_gateway(self, name: str, network: str, subnet: str, public: str) -> None:
        """Create one, and bind an address that is free when it is there."""
        place = {"VpcId": self.names[network], "VSwitchId": self.names[subnet]}
        made = self._call("CreateNatGateway", NatType="Enhanced", Name=name, **place)
        self.names[name] = made["NatGatewayId"]
        self.client.emulator.advance(1_000)
        self.bind(public, name)

    def rename_gateway(self, gateway: str, name: str) -> None:
        self._call("ModifyNatGatewayAttribute", NatGatewayId=self.names[gateway], Name=name)

    def protect_gateway(self, gateway: str, *, on: bool) -> None:
        named = {"InstanceId": self.names[gateway], "Type": "NATGW"}
        self._call("DeletionProtection", ProtectionEnable=on, **named)

    def delete_gateway(self, gateway: str) -> None:
        self._call("DeleteNatGateway", NatGatewayId=self.names[gateway], Force=True)

    def bind(self, public: str, gateway: str) -> None:
        pair = {"AllocationId": self.names[public], "InstanceId": self.names[gateway]}
        self._call("AssociateEipAddress", InstanceType="Nat", **pair)

    def unbind(self, public: str, gateway: str) -> None:
        pair = {"AllocationId": self.names[public], "InstanceId": self.names[gateway]}
        self._call("UnassociateEipAddress", InstanceType="Nat", Force=True, **pair)

    def _tables(self, gateway: str) -> tuple[str, str]:
        """Return the ids of a gateway's tables; of one that is not there, some that are of no gateway."""
        shown = self._call("DescribeNatGateways", NatGatewayId=self.names[gateway])
        for each in shown["NatGateways"]["NatGateway"]:
            return each["SnatTableIds"]["SnatTableId"][0], each["ForwardTableIds"]["ForwardTableId"][0]
        return "stb-bp1gone", "ftb-bp1gone"

    def create_snat(self, name: str, gateway: str, subnet: str, publics: list[str]) -> None:
        made = self._call(
            "CreateSnatEntry",
            SnatTableId=self._tables(gateway)[0],
            SourceVSwitchId=self.names[subnet],
            SnatIp=",".join(_ip(self, each) for each in publics),
        )
        self.names[name] = made["SnatEntryId"]

    def change_snat(self, name: str, gateway: str, publics: list[str]) -> None:
        named = {"SnatTableId": self._tables(gateway)[0], "SnatEntryId": self.names[name]}
        self._call("ModifySnatEntry", SnatIp=",".join(_ip(self, each) for each in publics), **named)

    def delete_snat(self, name: str, gateway: str) -> None:
        named = {"SnatTableId": self._tables(gateway)[0], "SnatEntryId": self.names[name]}
        self._call("DeleteSnatEntry", **named)

    def create_dnat(self, name: str, gateway: str, public: str, instance: str, port: int) -> None:
        made = self._call(
            "CreateForwardEntry",
            ForwardTableId=self._tables(gateway)[1],
            ExternalIp=_ip(self, public),
            ExternalPort=str(port),
            InternalIp=_private_ip(self, instance),
            InternalPort=str(port),
            IpProtocol="tcp",
        )
        self.names[name] = made["ForwardEntryId"]

    def delete_dnat(self, name: str, gateway: str, _rule: tuple[str, str, int]) -> None:
        named = {"ForwardTableId": self._tables(gateway)[1], "ForwardEntryId": self.names[name]}
        self._call("DeleteForwardEntry", **named)

    def create_table(self, name: str, network: str) -> None:
        made = self._call("CreateRouteTable", VpcId=self.names[network], RouteTableName=name)
        self.names[name] = made["RouteTableId"]

    def use_table(self, table: str, subnet: str) -> None:
        pair = {"RouteTableId": self.names[table], "VSwitchId": self.names[subnet]}
        self._call("AssociateRouteTable", **pair)

    def leave_table(self, table: str, subnet: str) -> None:
        pair = {"RouteTableId": self.names[table], "VSwitchId": self.names[subnet]}
        self._call("UnassociateRouteTable", **pair)

    def delete_table(self, table: str) -> None:
        self._call("DeleteRouteTable", RouteTableId=self.names[table])

    def create_route(self, name: str, table: str, octet: int, hop: str) -> None:
        made = self._call(
            "CreateRouteEntry",
            RouteTableId=self.names[table],
            DestinationCidrBlock=f"172.16.{octet}.0/24",
            NextHopId=self.names[hop],
            NextHopType=_HOPS[hop.partition("-")[0]][0],
        )
        self.names[name] = made["RouteEntryId"]

    def lead_route(self, route: str, table: str, hop: str) -> None:
        del table
        hops = {"NewNextHopId": self.names[hop], "NewNextHopType": _HOPS[hop.partition("-")[0]][0]}
        self._call("ModifyRouteEntry", RouteEntryId=self.names[route], **hops)

    def delete_route(self, route: str, table: str) -> None:
        del table
        self._call("DeleteRouteEntry", RouteEntryId=self.names[route])

    def create_vip(self, name: str, network: str, subnet: str) -> None:
        del network
        self.names[name] = self._call("CreateHaVip", VSwitchId=self.names[subnet])["HaVipId"]

    def carry(self, vip: str, carrier: str) -> None:
        pair = {"HaVipId": self.names[vip], "InstanceId": self.names[carrier]}
        self._call("AssociateHaVip", **pair)

    def drop(self, vip: str, carrier: str) -> None:
        pair = {"HaVipId": self.names[vip], "InstanceId": self.names[carrier]}
        self._call("UnassociateHaVip", **pair)

    def delete_vip(self, vip: str) -> None:
        self._call("DeleteHaVip", HaVipId=self.names[vip])

    def create_package(self, name: str) -> None:
        made = self._call("CreateCommonBandwidthPackage", Bandwidth=20, Name=name)
        self.names[name] = made["BandwidthPackageId"]

    def put_in(self, package: str, public: str) -> None:
        pair = {"BandwidthPackageId": self.names[package], "IpInstanceId": self.names[public]}
        self._call("AddCommonBandwidthPackageIp", **pair)

    def take_out(self, package: str, public: str) -> None:
        pair = {"BandwidthPackageId": self.names[package], "IpInstanceId": self.names[public]}
        self._call("RemoveCommonBandwidthPackageIp", **pair)

    def delete_package(self, package: str) -> None:
        self._call("DeleteCommonBandwidthPackage", BandwidthPackageId=self.names[package])


class TencentGateways(TencentDriver):
    """Gateways in Tencent Cloud's words."""

    def create_gateway(self, name: str, network: str, subnet: str, public: str) -> None:
        made = self.client.call(
            "CreateNatGateway",
            VpcId=self.names[network],
            NatGatewayName=name,
            Zone=self.client.partition.graph.subnets[self.names[subnet]].zone,
            PublicIpAddresses=[_ip(self, public)],
        )
        self.names[name] = made["NatGatewaySet"][0]["NatGatewayId"]

    def rename_gateway(self, gateway: str, name: str) -> None:
        named = {"NatGatewayId": self.names[gateway]}
        self.client.call("ModifyNatGatewayAttribute", NatGatewayName=name, **named)

    def protect_gateway(self, gateway: str, *, on: bool) -> None:
        named = {"NatGatewayId": self.names[gateway]}
        self.client.call("ModifyNatGatewayAttribute", DeletionProtectionEnabled=on, **named)

    def delete_gateway(self, gateway: str) -> None:
        self.client.call("DeleteNatGateway", NatGatewayId=self.names[gateway])

    def _bound(self, action: str, public: str, gateway: str) -> None:
        ips = [_ip(self, public)]
        self.client.call(action, NatGatewayId=self.names[gateway], PublicIpAddresses=ips)

    def bind(self, public: str, gateway: str) -> None:
        self._bound("AssociateNatGatewayAddress", public, gateway)

    def unbind(self, public: str, gateway: str) -> None:
        self._bound("DisassociateNatGatewayAddress", public, gateway)

    def create_snat(self, name: str, gateway: str, subnet: str, publics: list[str]) -> None:
        found = self.client.partition.graph.subnets[self.names[subnet]]
        rule = {
            "ResourceId": found.id,
            "ResourceType": "SUBNET",
            "PrivateIpAddress": str(found.block),
            "PublicIpAddresses": [_ip(self, each) for each in publics],
            "Description": name,
        }
        named = {"NatGatewayId": self.names[gateway]}
        self.client.call(f"Create{SNAT}", SourceIpTranslationNatRules=[rule], **named)
        self.names[name] = list(self.client.partition.graph.snat_rules)[-1]

    def change_snat(self, name: str, gateway: str, publics: list[str]) -> None:
        rule = {
            "ResourceId": "",
            "ResourceType": "SUBNET",
            "PrivateIpAddress": "",
            "PublicIpAddresses": [_ip(self, each) for each in publics],
            "Description": name,
            "NatGatewaySnatId": self.names[name],
        }
        named = {"NatGatewayId": self.names[gateway]}
        self.client.call(f"Modify{SNAT}", SourceIpTranslationNatRule=rule, **named)

    def delete_snat(self, name: str, gateway: str) -> None:
        named = {"NatGatewayId": self.names[gateway]}
        self.client.call(f"Delete{SNAT}", NatGatewaySnatIds=[self.names[name]], **named)

    def _forwarding(self, public: str, instance: str, port: int) -> dict[str, Any]:
        rule = {
            "IpProtocol": "TCP",
            "PublicIpAddress": _ip(self, public),
            "PublicPort": port,
            "PrivateIpAddress": _private_ip(self, instance),
            "PrivatePort": port,
        }
        return {"DestinationIpPortTranslationNatRules": [rule]}

    def create_dnat(self, name: str, gateway: str, public: str, instance: str, port: int) -> None:
        named = {"NatGatewayId": self.names[gateway]}
        self.client.call(f"Create{DNAT}", **self._forwarding(public, instance, port), **named)
        self.names[name] = list(self.client.partition.graph.dnat_rules)[-1]

    def delete_dnat(self, name: str, gateway: str, rule: tuple[str, str, int]) -> None:
        del name
        named = {"NatGatewayId": self.names[gateway]}
        self.client.call(f"Delete{DNAT}", **self._forwarding(*rule), **named)

    def create_table(self, name: str, network: str) -> None:
        made = self.client.call("CreateRouteTable", VpcId=self.names[network], RouteTableName=name)
        self.names[name] = made["RouteTable"]["RouteTableId"]

    def use_table(self, table: str, subnet: str) -> None:
        pair = {"RouteTableId": self.names[table], "SubnetId": self.names[subnet]}
        self.client.call("ReplaceRouteTableAssociation", **pair)

    def leave_table(self, table: str, subnet: str) -> None:
        del table
        graph = self.client.partition.graph
        main = graph.networks[graph.subnets[self.names[subnet]].network_id].route_table_id
        pair = {"RouteTableId": main, "SubnetId": self.names[subnet]}
        self.client.call("ReplaceRouteTableAssociation", **pair)

    def delete_table(self, table: str) -> None:
        self.client.call("DeleteRouteTable", RouteTableId=self.names[table])

    def _hop(self, hop: str) -> dict[str, str]:
        return {"GatewayType": _HOPS[hop.partition("-")[0]][1], "GatewayId": self.names[hop]}

    def create_route(self, name: str, table: str, octet: int, hop: str) -> None:
        route = {"DestinationCidrBlock": f"172.16.{octet}.0/24", **self._hop(hop)}
        self.client.call("CreateRoutes", RouteTableId=self.names[table], Routes=[route])
        self.names[name] = list(self.client.partition.graph.routes)[-1]

    def lead_route(self, route: str, table: str, hop: str) -> None:
        changed = {"RouteItemId": self.names[route], **self._hop(hop)}
        self.client.call("ReplaceRoutes", RouteTableId=self.names[table], Routes=[changed])

    def delete_route(self, route: str, table: str) -> None:
        routes = [{"RouteItemId": self.names[route]}]
        self.client.call("DeleteRoutes", RouteTableId=self.names[table], Routes=routes)

    def create_vip(self, name: str, network: str, subnet: str) -> None:
        place = {"VpcId": self.names[network], "SubnetId": self.names[subnet]}
        self.names[name] = self.client.call("CreateHaVip", HaVipName=name, **place)["HaVip"]["HaVipId"]

    def carry(self, vip: str, carrier: str) -> None:
        pairs = [{"HaVipId": self.names[vip], "InstanceId": self.names[carrier]}]
        self.client.call("AssociateHaVipInstance", HaVipAssociationSet=pairs)

    def drop(self, vip: str, carrier: str) -> None:
        pairs = [{"HaVipId": self.names[vip], "InstanceId": self.names[carrier]}]
        self.client.call("DisassociateHaVipInstance", HaVipAssociationSet=pairs)

    def delete_vip(self, vip: str) -> None:
        self.client.call("DeleteHaVip", HaVipId=self.names[vip])

    def create_package(self, name: str) -> None:
        made = self.client.call("CreateBandwidthPackage", BandwidthPackageName=name)
        self.names[name] = made["BandwidthPackageId"]

    def _packed(self, action: str, package: str, public: str) -> None:
        resources = {"ResourceIds": [self.names[public]], "ResourceType": "Address"}
        self.client.call(action, BandwidthPackageId=self.names[package], **resources)

    def put_in(self, package: str, public: str) -> None:
        self._packed("AddBandwidthPackageResources", package, public)

    def take_out(self, package: str, public: str) -> None:
        self._packed("RemoveBandwidthPackageResources", package, public)

    def delete_package(self, package: str) -> None:
        self.client.call("DeleteBandwidthPackage", BandwidthPackageId=self.names[package])


def gateway_shape(partition: Partition, names: dict[str, str]) -> dict[str, Any]:
    """Return what there is of gateways and routes by the machine's names."""
    graph = partition.graph
    named = {resource_id: name for name, resource_id in names.items()}
    at = {each.ip: named[each.id] for each in graph.public_addresses.values()}
    zones = partition.rules.zones
    holders = {
        graph.interfaces[interface_id].primary_ip: named[instance_id]
        for instance_id, interface_id in graph.primary_interfaces.items()
    }
    return {
        "gateways": {
            named[each.id]: (
                each.name,
                named[each.network_id],
                zones.index(each.zone),
                each.state,
                each.protected,
            )
            for each in graph.nat_gateways.values()
        },
        "bound": {
            named[each.id]: (each.state, named.get(each.gateway_id or ""), named.get(each.package_id or ""))
            for each in graph.public_addresses.values()
        },
        "snat": {
            named[each.id]: (named[each.gateway_id], str(each.source), [at[ip] for ip in each.public_ips])
            for each in graph.snat_rules.values()
        },
        "dnat": {
            named[each.id]: (
                named[each.gateway_id],
                at[each.public_ip],
                each.public_ports,
                holders[each.private_ip],
                each.private_ports,
            )
            for each in graph.dnat_rules.values()
        },
        "tables": {
            named[each.id]: (
                each.name,
                [named[subnet] for subnet in graph.subnets_by_route_table.ids(each.id)],
            )
            for each in graph.route_tables.values()
            if each.id in named
        },
        "routes": {
            named[each.id]: (named[each.table_id], str(each.block), [named[hop.id] for hop in each.hops])
            for each in graph.routes.values()
            if each.id in named
        },
        "HaVips": {
            named[each.id]: (
                named[each.subnet_id],
                each.state,
                [named[carrier] for carrier in each.carrier_ids],
            )
            for each in graph.virtual_addresses.values()
        },
        "packages": {
            named[each.id]: (each.name, each.state, each.protected)
            for each in graph.bandwidth_packages.values()
        },
    }
