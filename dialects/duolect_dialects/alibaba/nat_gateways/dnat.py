"""DNAT entries: what comes to an EIP of a NAT gateway, and is forwarded to a private address.

Sources: the vendor's pages CreateForwardEntry, ModifyForwardEntry, DeleteForwardEntry and
DescribeForwardTableEntries, and the models of its Python SDK.
"""

import re
from typing import Final

import attrs

from duolect_core.errors import DnatRuleNotFound
from duolect_core.model.nat_gateways import DnatRule, NatGateway, NatProtocol, Ports
from duolect_core.nat_gateways import dnat as commands
from duolect_core.relations import named_gateways
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.nat_gateways import views
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Form

_BAD_NAME: Final = "InvalidParameter.Name.Malformed"
_PROTOCOL: Final = Form(r"(?i:tcp|udp|any)", "TCP, UDP or Any")
_BAD_PROTOCOL: Final = "InvalidProtocal.ValueNotSupported"
_EXTERNAL_PORT: Final = "InvalidExternalPort.Malformed"
_INTERNAL_PORT: Final = "InvalidInternalPort.Malformed"
_EXTERNAL_IP: Final = "InvalidExternalIp.Malformed"
_INTERNAL_IP: Final = "InvalidInternalIp.Malformed"
_NAME: Final = (networks.NAME_LENGTH, common.NOT_A_LINK)
_LAST_PORT: Final = 65535


def _gateway(session: Session, table_id: str) -> NatGateway:
    """Return the gateway of a DNAT table, or raise ``Refusal`` where there is none."""
    found = session.graph.nat_gateways.get(views.of_forward_table(table_id))
    if found is None:
        raise Refusal("InvalidForwardTableId.NotFound", f"The DNAT table {table_id} does not exist.", 404)
    return found


def _ports(text: str, code: str) -> Ports | None:
    """Return the ports that are written as ``80`` or ``10/20``; None where they are any."""
    if text.lower() == NatProtocol.ANY:
        return None
    match = re.fullmatch(r"(\d{1,5})(?:/(\d{1,5}))?", text, re.ASCII)
    first = int(match.group(1)) if match else 0
    last = int(match.group(2) or first) if match else 0
    if not 1 <= first <= last <= _LAST_PORT:
        raise Refusal(code, f"{text} is not a port from 1 to 65535, a range of such, or Any.", 400)
    return first, last


def _forwarding(protocol: str, external: tuple[str, str], internal: tuple[str, str]) -> commands.Forwarding:
    """Return what an entry shall do, or raise ``Refusal`` where the ports do not fit together."""
    public_ports = _ports(external[1], _EXTERNAL_PORT)
    private_ports = _ports(internal[1], _INTERNAL_PORT)
    kind = NatProtocol(protocol.lower())
    if (public_ports is None) is not (kind is NatProtocol.ANY):
        message = "ExternalPort is Any where IpProtocol is, and only there."
        raise Refusal(_EXTERNAL_PORT, message, 400)
    if (private_ports is None) is not (kind is NatProtocol.ANY):
        message = "InternalPort is Any where IpProtocol is, and only there."
        raise Refusal(_INTERNAL_PORT, message, 400)
    if public_ports is not None and private_ports is not None:
        spans = {last - first for first, last in (public_ports, private_ports)}
        if len(spans) > 1:
            raise Refusal(_INTERNAL_PORT, "ExternalPort and InternalPort have not as many ports.", 400)
    return commands.Forwarding(
        protocol=kind,
        public_ip=common.ipv4(external[0], _EXTERNAL_IP, 400),
        public_ports=public_ports,
        private_ip=common.ipv4(internal[0], _INTERNAL_IP, 400),
        private_ports=private_ports,
    )


@attrs.frozen(kw_only=True)
class CreateForwardEntry:
    """Forward what comes to an EIP of a NAT gateway to a private address of its VPC."""

    ExternalIp: str = required()
    ExternalPort: str = required()
    ForwardTableId: str = required()
    InternalIp: str = required()
    InternalPort: str = required()
    IpProtocol: str = required(_PROTOCOL, code=_BAD_PROTOCOL)
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    ForwardEntryName: str | None = param(*_NAME, code=_BAD_NAME)
    PortBreak: bool = stored(default=False)


@vpc_action(idempotent_by="ClientToken")
def create_forward_entry(session: Session, request: CreateForwardEntry) -> Body:
    """Create the entry: Pending, then Available."""
    forwarding = _forwarding(
        request.IpProtocol,
        (request.ExternalIp, request.ExternalPort),
        (request.InternalIp, request.InternalPort),
    )
    wanted = commands.NewDnatRule(
        forwarding=forwarding,
        name=request.ForwardEntryName or "",
        extras={"IpProtocol": request.IpProtocol, "PortBreak": request.PortBreak},
    )
    gateway = _gateway(session, request.ForwardTableId)
    command = commands.CreateDnatRules(gateway_id=gateway.id, rules=(wanted,))
    (created,) = common.execute(session, command, request)
    return {"ForwardEntryId": created.id}


def _entry(session: Session, table_id: str, entry_id: str) -> DnatRule:
    """Return an entry of a table, or raise where there is none."""
    gateway, rule = _gateway(session, table_id), named_gateways.dnat_rule(session.graph, entry_id)
    if rule.gateway_id != gateway.id:
        raise DnatRuleNotFound(entry_id)
    return rule


@attrs.frozen(kw_only=True)
class ModifyForwardEntry:
    """Change a DNAT entry; what is not given stays as it is."""

    ForwardEntryId: str = required()
    ForwardTableId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    ExternalIp: str | None = param()
    ExternalPort: str | None = param()
    ForwardEntryName: str | None = param(*_NAME, code=_BAD_NAME, clearable=True)
    InternalIp: str | None = param()
    InternalPort: str | None = param()
    IpProtocol: str | None = param(_PROTOCOL, code=_BAD_PROTOCOL)
    PortBreak: bool | None = stored()


@vpc_action(idempotent_by="ClientToken")
def modify_forward_entry(session: Session, request: ModifyForwardEntry) -> Body:
    """Change what is given: what it forwards while the entry is Pending, the rest at once."""
    rule = _entry(session, request.ForwardTableId, request.ForwardEntryId)
    shown = views.forward_entry(rule)
    protocol = request.IpProtocol or shown["IpProtocol"]
    forwarding = _forwarding(
        protocol,
        (request.ExternalIp or shown["ExternalIp"], request.ExternalPort or shown["ExternalPort"]),
        (request.InternalIp or shown["InternalIp"], request.InternalPort or shown["InternalPort"]),
    )
    extras = {"IpProtocol": protocol}
    command = commands.ModifyDnatRule(
        rule_id=rule.id,
        name=request.ForwardEntryName,
        forwarding=forwarding,
        extras=extras if request.PortBreak is None else {**extras, "PortBreak": request.PortBreak},
    )
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class DeleteForwardEntry:
    """Take an entry out of a DNAT table."""

    ForwardEntryId: str = required()
    ForwardTableId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)


@vpc_action(idempotent_by="ClientToken")
def delete_forward_entry(session: Session, request: DeleteForwardEntry) -> Body:
    """Delete the entry: Deleting, then gone."""
    rule = _entry(session, request.ForwardTableId, request.ForwardEntryId)
    session.execute(commands.DeleteDnatRules((rule.id,)))
    return {}


@attrs.frozen(kw_only=True)
class DescribeForwardTableEntries:
    """List DNAT entries of a table or a NAT gateway, newest first; all criteria must hold."""

    RegionId: str = required()
    ExternalIp: str | None = param()
    ExternalPort: str | None = param()
    ForwardEntryId: str | None = param()
    ForwardEntryName: str | None = param()
    ForwardTableId: str | None = param(note="this, or NatGatewayId")
    InternalIp: str | None = param()
    InternalPort: str | None = param()
    IpProtocol: str | None = param(_PROTOCOL)
    NatGatewayId: str | None = param()
    PageNumber: int = param(networks.PAGES, default=1)
    PageSize: int = param(networks.SIZES, default=10)


_SHOWN: Final = ("ExternalIp", "ExternalPort", "InternalIp", "InternalPort", "IpProtocol")


@vpc_action()
def describe_forward_table_entries(session: Session, request: DescribeForwardTableEntries) -> Body:
    """List one page."""
    graph = session.graph
    if request.ForwardTableId is None and request.NatGatewayId is None:
        message = "ForwardTableId or NatGatewayId must be given."
        raise Refusal("DESCRIBE_FORWARD_PARAM_INVALID", message, 400)
    criteria: Criteria[DnatRule] = Criteria(graph)
    if request.ForwardTableId is not None:
        criteria.by(graph.dnat_rules_by_gateway, _gateway(session, request.ForwardTableId).id)
    if request.NatGatewayId is not None:
        criteria.by(graph.dnat_rules_by_gateway, request.NatGatewayId)
    criteria.ids(() if request.ForwardEntryId is None else (request.ForwardEntryId,))
    criteria.test(request.ForwardEntryName, lambda found: found.name == request.ForwardEntryName)
    wanted = {name: str(getattr(request, name)).lower() for name in _SHOWN if getattr(request, name)}
    criteria.test(wanted or None, lambda found: _shows(found, wanted))
    page, about = common.numbered_page(graph.dnat_rules, criteria.selection, request)
    return {
        "ForwardTableEntries": {"ForwardTableEntry": [views.forward_entry(shown) for shown in page.items]},
        **about,
    }


def _shows(rule: DnatRule, wanted: dict[str, str]) -> bool:
    shown = views.forward_entry(rule)
    return all(shown[name].lower() == value for name, value in wanted.items())
