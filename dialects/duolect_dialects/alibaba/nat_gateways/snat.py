"""SNAT entries: whose traffic leaves by which EIPs of a NAT gateway.

Sources: the vendor's pages CreateSnatEntry, ModifySnatEntry, DeleteSnatEntry and DescribeSnatTableEntries,
and the models of its Python SDK.
"""

from typing import Final

import attrs

from duolect_core.addressing.blocks import parse_ipv4_block
from duolect_core.errors import SnatRuleNotFound
from duolect_core.model.nat_gateways import NatGateway, SnatRule
from duolect_core.nat_gateways import snat as commands
from duolect_core.relations import named_gateways
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.nat_gateways import views
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, refused, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count

_BAD_NAME: Final = "InvalidParameter.Name.Malformed"
_BAD_IP: Final = "InvalidSnatIp.Malformed"
_BETWEEN_VPCS: Final = "concerns gateways between VPCs, which are not modelled"
_NAME: Final = (networks.NAME_LENGTH, common.NOT_A_LINK)


def _gateway(session: Session, table_id: str) -> NatGateway:
    """Return the gateway of an SNAT table, or raise ``Refusal`` where there is none."""
    found = session.graph.nat_gateways.get(views.of_snat_table(table_id))
    if found is None:
        raise Refusal("InvalidSnatTableId.NotFound", f"The SNAT table {table_id} does not exist.", 404)
    return found


def _ips(text: str) -> tuple[int, ...]:
    """Return the addresses of a list that is separated by commas."""
    return tuple(common.ipv4(each.strip(), _BAD_IP, 400) for each in text.split(","))


@attrs.frozen(kw_only=True)
class CreateSnatEntry:
    """Let a vSwitch, or a block of addresses, reach the Internet by EIPs of a NAT gateway."""

    RegionId: str = required()
    SnatTableId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    EipAffinity: int = stored(Between(0, 1), default=0)
    NetworkInterfaceId: str | None = refused(_BETWEEN_VPCS)
    SnatEntryName: str | None = param(*_NAME, code=_BAD_NAME)
    SnatIp: str | None = param(note="required: EIPs of the gateway, separated by commas")
    SourceCIDR: str | None = param(note="this, or SourceVSwitchId")
    SourceVSwitchId: str | None = param()


@vpc_action(idempotent_by="ClientToken")
def create_snat_entry(session: Session, request: CreateSnatEntry) -> Body:
    """Create the entry: Pending, then Available."""
    if request.SnatIp is None:
        raise missing("SnatIp")
    if request.SourceCIDR is not None and request.SourceVSwitchId is not None:
        message = "SourceCIDR and SourceVSwitchId cannot be used together."
        raise Refusal("INVALID_PARAMETER", message, 400)
    if request.SourceCIDR is None and request.SourceVSwitchId is None:
        raise missing("SourceVSwitchId")
    source = None
    if request.SourceCIDR is not None:
        source = parse_ipv4_block(request.SourceCIDR)
        if source is None:
            raise Refusal("INVALID_PARAMETER", f"{request.SourceCIDR} is not an IPv4 CIDR block.", 400)
    elif request.SourceVSwitchId not in session.graph.subnets:
        message = f"The vSwitch {request.SourceVSwitchId} does not exist."
        raise Refusal("InvalidVSwitchId.NotFound", message, 404)
    wanted = commands.NewSnatRule(
        source=source,
        source_id=request.SourceVSwitchId or "",
        public_ips=_ips(request.SnatIp),
        name=request.SnatEntryName or "",
        extras={"EipAffinity": request.EipAffinity},
    )
    gateway = _gateway(session, request.SnatTableId)
    command = commands.CreateSnatRules(gateway_id=gateway.id, rules=(wanted,))
    (created,) = common.execute(session, command, request)
    return {"SnatEntryId": created.id}


def _entry(session: Session, table_id: str, entry_id: str) -> SnatRule:
    """Return an entry of a table, or raise where there is none."""
    gateway, rule = _gateway(session, table_id), named_gateways.snat_rule(session.graph, entry_id)
    if rule.gateway_id != gateway.id:
        raise SnatRuleNotFound(entry_id)
    return rule


@attrs.frozen(kw_only=True)
class ModifySnatEntry:
    """Rename an SNAT entry, or let it use other EIPs."""

    RegionId: str = required()
    SnatEntryId: str = required()
    SnatTableId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    EipAffinity: int | None = stored(Between(0, 1))
    NetworkInterfaceId: str | None = refused(_BETWEEN_VPCS)
    SnatEntryName: str | None = param(*_NAME, code=_BAD_NAME, clearable=True)
    SnatIp: str | None = param()


@vpc_action(idempotent_by="ClientToken")
def modify_snat_entry(session: Session, request: ModifySnatEntry) -> Body:
    """Change what is given: other EIPs while the entry is Pending, the rest at once."""
    rule = _entry(session, request.SnatTableId, request.SnatEntryId)
    affinity = request.EipAffinity
    command = commands.ModifySnatRule(
        rule_id=rule.id,
        name=request.SnatEntryName,
        public_ips=None if request.SnatIp is None else _ips(request.SnatIp),
        extras={} if affinity is None else {"EipAffinity": affinity},
    )
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class DeleteSnatEntry:
    """Take an entry out of an SNAT table."""

    RegionId: str = required()
    SnatEntryId: str = required()
    SnatTableId: str = required()
    ClientToken: str | None = param(*common.TOKEN)


@vpc_action(idempotent_by="ClientToken")
def delete_snat_entry(session: Session, request: DeleteSnatEntry) -> Body:
    """Delete the entry: Deleting, then gone."""
    rule = _entry(session, request.SnatTableId, request.SnatEntryId)
    session.execute(commands.DeleteSnatRules((rule.id,)))
    return {}


@attrs.frozen(kw_only=True)
class DescribeSnatTableEntries:
    """List SNAT entries of a table or a NAT gateway, newest first; all criteria must hold."""

    RegionId: str = required()
    NatGatewayId: str | None = param(note="this, or SnatTableId")
    NetworkInterfaceIds: tuple[str, ...] = param(Count(0, 100), default=(), note=_BETWEEN_VPCS)
    PageNumber: int = param(networks.PAGES, default=1)
    PageSize: int = param(networks.SIZES, default=10)
    SnatEntryId: str | None = param()
    SnatEntryName: str | None = param()
    SnatIp: str | None = param()
    SnatTableId: str | None = param()
    SourceCIDR: str | None = param()
    SourceVSwitchId: str | None = param()


@vpc_action()
def describe_snat_table_entries(session: Session, request: DescribeSnatTableEntries) -> Body:
    """List one page."""
    graph = session.graph
    if request.SnatTableId is None and request.NatGatewayId is None:
        raise missing("SnatTableId")
    criteria: Criteria[SnatRule] = Criteria(graph)
    if request.SnatTableId is not None:
        criteria.by(graph.snat_rules_by_gateway, _gateway(session, request.SnatTableId).id)
    if request.NatGatewayId is not None:
        criteria.by(graph.snat_rules_by_gateway, request.NatGatewayId)
    criteria.ids(() if request.SnatEntryId is None else (request.SnatEntryId,))
    criteria.by(graph.snat_rules_by_source_id, request.SourceVSwitchId)
    if request.SnatIp is not None:
        criteria.among(
            {each for ip in _ips(request.SnatIp) for each in graph.snat_rules_by_public_ip.ids(ip)}
        )
    criteria.test(request.SnatEntryName, lambda found: found.name == request.SnatEntryName)
    criteria.test(request.SourceCIDR, lambda found: str(found.source) == request.SourceCIDR)
    if request.NetworkInterfaceIds:
        criteria.among(())
    page, about = common.numbered_page(graph.snat_rules, criteria.selection, request)
    return {
        "SnatTableEntries": {"SnatTableEntry": [views.snat_entry(shown) for shown in page.items]},
        **about,
    }
