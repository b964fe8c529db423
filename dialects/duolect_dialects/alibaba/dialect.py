"""Alibaba Cloud's RPC dialect: ECS, VPC, STS and Location, each in one version."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import md5
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from duolect_core.errors import CoreError
from duolect_core.model.resources import SECOND, Instant
from duolect_core.model.rules import ResourceKind, Rules
from duolect_dialects.action import Action, Body
from duolect_dialects.alibaba import regions, request_errors
from duolect_dialects.alibaba.account.rules import RATES, rules
from duolect_dialects.alibaba.actions import ACTIONS
from duolect_dialects.alibaba.wire import protocol, signing
from duolect_dialects.call import Call, Rate, Refusal
from duolect_dialects.dialect import Seed, Settings
from duolect_dialects.documented_codes import DocumentedCodes
from duolect_dialects.exchange import HttpAnswer, HttpRequest, Tree, Unreadable, unfold, write_json
from duolect_dialects.signature import Signature, SignatureFailure
from duolect_dialects.structuring import structure
from duolect_dialects.values import RequestFault

if TYPE_CHECKING:
    from duolect_core.model.instances import Instance

_HOSTS = {
    "2014-05-26": "ecs",
    "2016-04-28": "vpc",
    "2015-04-01": "sts",
    "2015-06-12": "location",
    "2020-03-31": "resourcemanager",
}
_METHODS = frozenset({"GET", "POST"})
_GIVEN_UP: Final = "The call was given up while it waited: the emulator was reset or stopped."
_LOCATION_HOST: Final = "location-readonly"
_SITE: Final = "https://api.aliyun.com/troubleshoot?"
_SITE_ABROAD: Final = "https://api.alibabacloud.com/troubleshoot?intl_lang=EN_US&"
"""Where a refusal sends its reader: recorded abroad, in me-east-1 among others."""
_EVERY_ANSWER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "*",
        "keep-alive": "timeout=25",
    }
)
"""Headers of all answers, as recorded in 2023 and 2025; so are an etag of 24 characters and a trace id."""
_ECS_ANSWER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "access-control-allow-headers": "X-Requested-With, X-Sequence, _aop_secret, _aop_signature, "
        "x-acs-action, x-acs-version, x-acs-date, Content-Type",
        "access-control-allow-methods": "POST, GET, OPTIONS, PUT, DELETE",
        "access-control-max-age": "172800",
    }
)
"""What answers of ECS have beside them, as recorded in 2022; those of other products have not."""
_HEADERS: Final = {
    (xml, of_ecs): {
        "content-type": protocol.XML_TYPE if xml else protocol.JSON_TYPE,
        **_EVERY_ANSWER,
        **(_ECS_ANSWER if of_ecs else {}),
    }
    for xml in (False, True)
    for of_ecs in (False, True)
}
"""The headers that are known before the answer is."""
_RETRY_AFTER: Final = "x-acs-retry-after"
_RETRY_AFTER_MS: Final = 1000
"""By this header newer SDKs and CLIs wait before another try: milliseconds, as Darabonba reads it."""
_ECS: Final = "2014-05-26"
_VPC: Final = "2016-04-28"
_SPOT_NOTICE: Final = 5 * 60 * SECOND
"""How long before a spot instance goes that is announced: as the page CreateAutoProvisioningGroup says."""
_SEEDS: Final = {
    "networks": Seed(
        _VPC,
        "CreateVpc",
        {"id": ResourceKind.NETWORK, "route-table-id": ResourceKind.ROUTE_TABLE},
        attachable=True,
    ),
    "cen-grants": Seed(_VPC, "GrantInstanceToCen", {}),
    "subnets": Seed(_VPC, "CreateVSwitch", {"id": ResourceKind.SUBNET}),
    "cidr-reservations": Seed(_VPC, "CreateVSwitchCidrReservation", {"id": ResourceKind.CIDR_RESERVATION}),
    "route-tables": Seed(_VPC, "CreateRouteTable", {"id": ResourceKind.ROUTE_TABLE}),
    "route-associations": Seed(_VPC, "AssociateRouteTable", {}),
    "network-acls": Seed(_VPC, "CreateNetworkAcl", {"id": ResourceKind.NETWORK_ACL}),
    "acl-entries": Seed(_VPC, "UpdateNetworkAclEntries", {}),
    "acl-associations": Seed(_VPC, "AssociateNetworkAcl", {}),
    "ipv4-gateways": Seed(_VPC, "CreateIpv4Gateway", {"id": ResourceKind.IPV4_GATEWAY}),
    "ipv6-gateways": Seed(_VPC, "CreateIpv6Gateway", {"id": ResourceKind.IPV6_GATEWAY}),
    "dhcp-options-sets": Seed(_VPC, "CreateDhcpOptionsSet", {"id": ResourceKind.DHCP_OPTIONS_SET}),
    "dhcp-options": Seed(_VPC, "AttachDhcpOptionsSetToVpc", {}),
    "route-target-groups": Seed(_VPC, "CreateRouteTargetGroup", {"id": ResourceKind.ROUTE_TARGET_GROUP}),
    "groups": Seed(_ECS, "CreateSecurityGroup", {"id": ResourceKind.GROUP}),
    "prefix-lists": Seed(_ECS, "CreatePrefixList", {"id": ResourceKind.ADDRESS_LIST}),
    "vpc-prefix-lists": Seed(_VPC, "CreateVpcPrefixList", {"id": ResourceKind.ROUTE_LIST}),
    "port-lists": Seed(_ECS, "CreatePortRangeList", {"id": ResourceKind.SERVICE_LIST}),
    "ingress-rules": Seed(_ECS, "AuthorizeSecurityGroup", {}),
    "egress-rules": Seed(_ECS, "AuthorizeSecurityGroupEgress", {}),
    "key-pairs": Seed(_ECS, "ImportKeyPair", {"id": ResourceKind.KEY_PAIR}),
    "launch-templates": Seed(_ECS, "CreateLaunchTemplate", {"id": ResourceKind.LAUNCH_TEMPLATE}),
    "placement-groups": Seed(_ECS, "CreateDeploymentSet", {"id": ResourceKind.PLACEMENT_GROUP}),
    "instances": Seed(
        _ECS, "RunInstances", {"id": ResourceKind.INSTANCE, "interface-id": ResourceKind.INTERFACE}
    ),
    "disks": Seed(_ECS, "CreateDisk", {"id": ResourceKind.DISK}),
    "disk-attachments": Seed(_ECS, "AttachDisk", {}),
    "snapshots": Seed(_ECS, "CreateSnapshot", {"id": ResourceKind.SNAPSHOT}),
    "interfaces": Seed(_ECS, "CreateNetworkInterface", {"id": ResourceKind.INTERFACE}),
    "attachments": Seed(_ECS, "AttachNetworkInterface", {}),
    "virtual-addresses": Seed(_VPC, "CreateHaVip", {"id": ResourceKind.VIRTUAL_ADDRESS}),
    "carriers": Seed(_VPC, "AssociateHaVip", {}),
    "public-addresses": Seed(_VPC, "AllocateEipAddress", {"id": ResourceKind.PUBLIC_ADDRESS}),
    "nat-gateways": Seed(_VPC, "CreateNatGateway", {"id": ResourceKind.NAT_GATEWAY}),
    "associations": Seed(_VPC, "AssociateEipAddress", {}),
    "snat-entries": Seed(_VPC, "CreateSnatEntry", {"id": ResourceKind.SNAT_RULE}),
    "forward-entries": Seed(_VPC, "CreateForwardEntry", {"id": ResourceKind.DNAT_RULE}),
    "routes": Seed(_VPC, "CreateRouteEntry", {"id": ResourceKind.ROUTE}),
    "bandwidth-packages": Seed(
        _VPC, "CreateCommonBandwidthPackage", {"id": ResourceKind.BANDWIDTH_PACKAGE}
    ),
    "bandwidth-package-ips": Seed(_VPC, "AddCommonBandwidthPackageIp", {}),
    "flow-logs": Seed(_VPC, "CreateFlowLog", {"id": ResourceKind.FLOW_LOG}),
    "address-segments": Seed(_VPC, "AllocateEipSegmentAddress", {"id": ResourceKind.ADDRESS_SEGMENT}),
}
"""The actions of which a world is made, by what they make, dependencies first."""


class AlibabaDialect:
    """Reads and writes as Alibaba Cloud's gateway does."""

    name = "alibaba"
    default_region = "cn-hangzhou"
    overlooks_unknown = True
    """For years the gateway has served clients that send more: footmark ``on`` with every request,
    SDKs of version 1 ``RegionId`` to actions that have none (pull request 1741 of
    alibaba-cloud-csi-driver)."""
    id_tail = "[0-9a-zA-Z]{1,64}"
    hosts: Sequence[str] = ("*.aliyuncs.com",)
    """Every endpoint in its SDKs' tables ends so."""

    def __init__(self) -> None:
        """Know what is served; actions are declared when they are first called."""
        self._codes = DocumentedCodes("duolect_dialects.alibaba", ACTIONS)
        self._versions = frozenset(version for version, _ in ACTIONS)

    @property
    def seeds(self) -> Mapping[str, Seed]:
        """The actions of which a world is made, by what they make, dependencies first."""
        return _SEEDS

    @property
    def zones(self) -> frozenset[str]:
        """The zones of all regions."""
        return frozenset(zone for region in regions.REGIONS for zone in regions.zones(region))

    def default_network(self, zones: Sequence[str]) -> Sequence[tuple[str, str, Mapping[str, str]]]:
        """Return the version, name and parameters of each call that makes a default VPC in a region."""
        subnets = [(_VPC, "CreateDefaultVSwitch", {"ZoneId": zone}) for zone in zones]
        return [(_VPC, "CreateDefaultVpc", {}), *subnets]

    @property
    def actions(self) -> Mapping[tuple[str, str], Action]:
        """Every action, by version and name."""
        return ACTIONS

    # -- reading ---------------------------------------------------------------------------------

    def spot_notice(self, instance: "Instance") -> Instant | None:
        """Return how long before it takes a spot instance back the cloud says so; None of another one."""
        return _SPOT_NOTICE if instance.extras.get("SpotStrategy", "NoSpot") != "NoSpot" else None

    def recognises(self, request: HttpRequest, parameters: Mapping[str, str]) -> bool:
        """Say whether the request is an RPC call of version 1 or an ACS3 call."""
        return (
            "x-acs-action" in request.headers
            or request.headers.get("authorization", "").startswith("ACS3-")
            or "AccessKeyId" in parameters
            or "SignatureVersion" in parameters
            or "Format" in parameters
            or ("Action" in parameters and parameters.get("Version") in self._versions)
        )

    def open(self, request: HttpRequest, parameters: Mapping[str, str], request_id: str) -> Call:
        """Return the request as a call. The format is JSON for ACS3 and else XML unless asked for."""
        headers = request.headers
        acs3 = protocol.is_acs3(headers)
        version = parameters.get("Version") or headers.get("x-acs-version", "")
        name = parameters.get("Action") or headers.get("x-acs-action", "")
        action = ACTIONS.find(version, name)
        flat = protocol.said(parameters, frozenset() if action is None else action.clearable)
        broken: Refusal | None = None
        tree: Tree = {}
        try:
            tree = unfold(flat)
            if acs3 and request.content_type == "application/json":
                tree.update(request.json_object())
        except Unreadable as reason:
            broken = self.unreadable(str(reason))
        if request.method not in _METHODS:
            broken = Refusal(
                "UnsupportedHTTPMethod", f"The HTTP method {request.method} is not supported.", 403
            )
        region = tree.get("RegionId") or tree.get("regionId", "")  # so the policies for snapshots spell it
        return Call(
            request=request,
            request_id=request_id.upper(),
            action=name,
            version=version,
            access_key=parameters.get("AccessKeyId") or protocol.credential(headers),
            region=region if isinstance(region, str) else "",
            tree=tree,
            signed="Signature" in parameters or headers.get("authorization", "").startswith("ACS3-"),
            nonce=parameters.get("SignatureNonce") or headers.get("x-acs-signature-nonce", ""),
            xml=not acs3 and parameters.get("Format", "XML").upper() != "JSON",
            broken=broken,
        )

    def find(self, call: Call) -> Action:
        """Return the action that the call names, or raise ``Refusal``."""
        if call.broken is not None:
            raise call.broken
        if not call.action:
            raise Refusal("MissingAction", "Action is mandatory for this action.", 400)
        action = ACTIONS.find(call.version, call.action)
        if action is not None:
            return action
        if not call.version:
            raise Refusal("MissingVersion", "Version is mandatory for this action.", 400)
        if call.version not in self._versions:
            raise Refusal("InvalidVersion", "Specified parameter Version is not valid.", 400)
        raise Refusal(
            "InvalidAction.NotFound",
            f"The API {call.action} is not served in the version {call.version}.",
            404,
        )

    def parse_request(self, call: Call, action: Action) -> Any:  # noqa: ANN401 - of the action's request class
        """Return the call's parameters as the action's request, or raise ``Refusal``."""
        tree = call.tree
        if not action.lists.isdisjoint(tree):
            tree = {
                name: protocol.unpacked(value) if name in action.lists else value
                for name, value in tree.items()
            }
        try:
            return structure(tree, action.request, protocol.OVERLOOKED)
        except RequestFault as fault:
            raise request_errors.in_request(fault, self._listed(action)) from None

    # -- trust -----------------------------------------------------------------------------------

    def signature(self, call: Call, parameters: Mapping[str, str]) -> Signature:
        """Return the signature of a call, or raise ``Refusal`` where it is incomplete."""
        return signing.signature(call, parameters)

    def signature_error(self, why: SignatureFailure, signed: Signature) -> Refusal:
        """Return the refusal of a signature that is not believed."""
        return signing.signature_error(why, signed)

    # -- behaviour -------------------------------------------------------------------------------

    @property
    def rates(self) -> Mapping[str, Rate]:
        """Return the rate that the vendor documents for an action, where it documents one."""
        return RATES

    def throttled(self, call: Call, rate: Rate) -> Refusal:
        """Return the refusal of a call that came too soon."""
        return Refusal(
            "Throttling.User",
            f"Request was denied due to user flow control: {call.action} may be called {rate.calls} "
            f"times in {rate.seconds} seconds.",
            400,
            retry_after_ms=rate.seconds * 1000 // rate.calls,
        )

    def rules(self, region: str, settings: Settings) -> Rules:
        """Return how the cloud behaves in a region, or raise ``Refusal`` where there is none such."""
        if region not in regions.REGIONS:
            raise Refusal("InvalidRegionId.NotFound", f"The region {region} does not exist.", 404)
        return rules(region, settings)

    @property
    def common(self) -> Mapping[str, int]:
        """The codes that any action can be refused with, with their HTTP status."""
        return self._codes.common

    def documents(self, action: Action) -> Mapping[str, int]:
        """Return the codes that the vendor documents for the action, with their HTTP status."""
        return self._codes.of(action)

    def gives_beyond(self, action: Action) -> Mapping[str, int]:
        """Return the codes that the action answers with although the vendor's lists lack them."""
        return self._codes.beyond(action)

    def has_seen(self, action: Action) -> Mapping[str, int]:
        """Return the codes that the real cloud was seen to answer with, or that known programs retry on."""
        return self._codes.seen(action)

    def _listed(self, action: Action) -> Mapping[str, int]:
        """Return the codes of an action beside the common ones, with their HTTP status."""
        return {**self._codes.beyond(action), **self._codes.of(action)}

    # -- writing ---------------------------------------------------------------------------------

    def translate(self, error: CoreError, call: Call) -> Refusal:
        """Return a core error in the vendor's terms."""
        from duolect_dialects.alibaba.errors import translate  # noqa: PLC0415 - the first error needs it

        key = (call.version, call.action)
        return translate(error, call.action, ACTIONS.subject_of(*key), self._listed(ACTIONS[key]))

    def write(self, call: Call, body: Body) -> HttpAnswer:
        """Return the answer to a call that succeeded."""
        return self._answer(call, 200, f"{call.action}Response", {"RequestId": call.request_id, **body})

    def refuse(self, call: Call, refusal: Refusal) -> HttpAnswer:
        """Return the answer to a call that is refused."""
        product = _HOSTS.get(call.version, "ecs")
        region = f".{call.region}" if call.region in regions.REGIONS else ""
        host = _LOCATION_HOST if product == "location" else f"{product}{region}"
        site = _SITE if call.region.startswith("cn-") or not region else _SITE_ABROAD
        tree = {
            "RequestId": call.request_id,
            "HostId": f"{host}.aliyuncs.com",
            "Code": refusal.code,
            "Message": refusal.message,
            "Recommend": f"{site}q={refusal.code}&product={product.capitalize()}"
            f"&requestId={call.request_id}",
        }
        answer = self._answer(call, refusal.status, "Error", tree)
        wait = refusal.retry_after_ms or (_RETRY_AFTER_MS if refusal.code.startswith("Throttling") else 0)
        return evolve(answer, headers={**answer.headers, _RETRY_AFTER: str(wait)}) if wait else answer

    def unreadable(self, reason: str) -> Refusal:
        """Return the refusal of a request whose parameters cannot be read."""
        return Refusal("InvalidParameter", f"The request cannot be read: {reason}.", 400)

    def too_large(self) -> Refusal:
        """Return the refusal of a request with too large a body."""
        return Refusal("InvalidParameter", "The request body is too large.", 413)

    def unavailable(self) -> Refusal:
        """Return the refusal of a call that the emulator gives up while it waits."""
        return Refusal("ServiceUnavailable", _GIVEN_UP, self.common["ServiceUnavailable"])

    def internal_error(self, call: Call) -> HttpAnswer:
        """Return the answer to a call on which the emulator itself failed."""
        return self.refuse(
            call, Refusal("InternalError", "The request failed because of an internal error.", 500)
        )

    def _answer(self, call: Call, status: int, root: str, tree: Body) -> HttpAnswer:
        body = protocol.write_xml(root, tree) if call.xml else write_json(tree)
        headers = _HEADERS[call.xml, _HOSTS.get(call.version) == "ecs"].copy()
        headers["etag"] = b64encode(md5(body, usedforsecurity=False).digest()).decode()
        headers["x-acs-request-id"] = call.request_id
        headers["x-acs-trace-id"] = md5(call.request_id.encode(), usedforsecurity=False).hexdigest()
        return HttpAnswer(status, headers, body)
