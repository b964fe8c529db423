"""Tencent Cloud's API 3.0 dialect: vpc, cvm, cbs, tag and sts, each in one version."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from duolect_core.errors import CoreError
from duolect_core.model.resources import SECOND, Instant
from duolect_core.model.rules import ResourceKind, Rules
from duolect_dialects.action import Action, Body
from duolect_dialects.call import Call, Rate, Refusal
from duolect_dialects.dialect import Seed, Settings
from duolect_dialects.documented_codes import DocumentedCodes
from duolect_dialects.exchange import HttpAnswer, HttpRequest, Tree, Unreadable, unfold, write_json
from duolect_dialects.signature import Signature, SignatureFailure
from duolect_dialects.structuring import structure
from duolect_dialects.tencent import regions, request_errors
from duolect_dialects.tencent.actions import ACTIONS
from duolect_dialects.tencent.names import ID_TAIL
from duolect_dialects.tencent.rules import RATES, rules
from duolect_dialects.tencent.wire import protocol, signing, translation
from duolect_dialects.values import RequestFault
from duolect_dialects.wording import Message

if TYPE_CHECKING:
    from duolect_core.model.instances import Instance

_METHODS = frozenset({"GET", "POST"})
_ENGLISH = "en-US"
_VERSION: Final = "2017-03-12"
_SPOT_NOTICE: Final = 2 * 60 * SECOND
"""How long before a spot instance goes that is announced, to its guest only; two minutes are assumed."""
_SEEDS: Final = {
    "networks": Seed(
        _VERSION, "CreateVpc", {"id": ResourceKind.NETWORK, "route-table-id": ResourceKind.ROUTE_TABLE}
    ),
    "subnets": Seed(_VERSION, "CreateSubnet", {"id": ResourceKind.SUBNET}),
    "route-tables": Seed(_VERSION, "CreateRouteTable", {"id": ResourceKind.ROUTE_TABLE}),
    "route-associations": Seed(_VERSION, "ReplaceRouteTableAssociation", {}),
    "network-acls": Seed(_VERSION, "CreateNetworkAcl", {"id": ResourceKind.NETWORK_ACL}),
    "acl-entries": Seed(_VERSION, "CreateNetworkAclEntries", {}),
    "acl-associations": Seed(_VERSION, "AssociateNetworkAclSubnets", {}),
    "route-policies": Seed(_VERSION, "CreateRoutePolicy", {"id": ResourceKind.ROUTE_POLICY}),
    "groups": Seed(_VERSION, "CreateSecurityGroup", {"id": ResourceKind.GROUP}),
    "address-templates": Seed(_VERSION, "CreateAddressTemplate", {"id": ResourceKind.ADDRESS_LIST}),
    "address-template-groups": Seed(
        _VERSION, "CreateAddressTemplateGroup", {"id": ResourceKind.ADDRESS_LIST_GROUP}
    ),
    "service-templates": Seed(_VERSION, "CreateServiceTemplate", {"id": ResourceKind.SERVICE_LIST}),
    "service-template-groups": Seed(
        _VERSION, "CreateServiceTemplateGroup", {"id": ResourceKind.SERVICE_LIST_GROUP}
    ),
    "rules": Seed(_VERSION, "CreateSecurityGroupPolicies", {}),
    "key-pairs": Seed(_VERSION, "ImportKeyPair", {"id": ResourceKind.KEY_PAIR}),
    "launch-templates": Seed(_VERSION, "CreateLaunchTemplate", {"id": ResourceKind.LAUNCH_TEMPLATE}),
    "placement-groups": Seed(_VERSION, "CreateDisasterRecoverGroup", {"id": ResourceKind.PLACEMENT_GROUP}),
    "instances": Seed(
        _VERSION, "RunInstances", {"id": ResourceKind.INSTANCE, "interface-id": ResourceKind.INTERFACE}
    ),
    "disks": Seed(_VERSION, "CreateDisks", {"id": ResourceKind.DISK}),
    "disk-attachments": Seed(_VERSION, "AttachDisks", {}),
    "snapshots": Seed(_VERSION, "CreateSnapshot", {"id": ResourceKind.SNAPSHOT}),
    "interfaces": Seed(_VERSION, "CreateNetworkInterface", {"id": ResourceKind.INTERFACE}),
    "attachments": Seed(_VERSION, "AttachNetworkInterface", {}),
    "virtual-addresses": Seed(_VERSION, "CreateHaVip", {"id": ResourceKind.VIRTUAL_ADDRESS}),
    "carriers": Seed(_VERSION, "AssociateHaVipInstance", {}),
    "public-addresses": Seed(_VERSION, "AllocateAddresses", {"id": ResourceKind.PUBLIC_ADDRESS}),
    "associations": Seed(_VERSION, "AssociateAddress", {}),
    "nat-gateways": Seed(
        _VERSION,
        "CreateNatGateway",
        {"id": ResourceKind.NAT_GATEWAY, "address-id": ResourceKind.PUBLIC_ADDRESS},
    ),
    "routes": Seed(_VERSION, "CreateRoutes", {"id": ResourceKind.ROUTE}),
    "bandwidth-packages": Seed(_VERSION, "CreateBandwidthPackage", {"id": ResourceKind.BANDWIDTH_PACKAGE}),
    "bandwidth-package-resources": Seed(_VERSION, "AddBandwidthPackageResources", {}),
    "flow-logs": Seed(_VERSION, "CreateFlowLog", {"id": ResourceKind.FLOW_LOG}),
    "traffic-packages": Seed(_VERSION, "CreateTrafficPackages", {"id": ResourceKind.TRAFFIC_PACKAGE}),
}
"""The actions of which a world is made, by what they make, dependencies first."""


class TencentDialect:
    """Reads and writes as Tencent Cloud's gateway does."""

    name = "tencent"
    default_region = "ap-guangzhou"
    overlooks_unknown = False
    """The gateway answers UnknownParameter: issue 575 of NewFuture/DDNS (2025), where a ``$schema`` was
    sent along by mistake, and the common codes of the documents."""
    id_tail = ID_TAIL
    hosts: Sequence[str] = ("*.tencentcloudapi.com", "*.tencentcloudapi.cn", "*.tencentcloudapi.com.cn")
    """Those of its SDKs: the intl and internal hosts, and those of regions, have the same endings."""

    def __init__(self) -> None:
        """Know what is served; actions are declared when they are first called."""
        self._codes = DocumentedCodes("duolect_dialects.tencent", ACTIONS)
        self._versions = frozenset(version for version, _ in ACTIONS)
        self._names = frozenset(name for _, name in ACTIONS)

    @property
    def seeds(self) -> Mapping[str, Seed]:
        """The actions of which a world is made, by what they make, dependencies first."""
        return _SEEDS

    @property
    def zones(self) -> frozenset[str]:
        """The zones of all regions."""
        return frozenset(
            zone
            for region in regions.REGIONS
            for zone in (*regions.zones(region), *regions.sold_out(region))
        )

    def default_network(self, zones: Sequence[str]) -> Sequence[tuple[str, str, Mapping[str, str]]]:
        """Return the version, name and parameters of each call that makes a default VPC in a region."""
        return [(_VERSION, "CreateDefaultVpc", {"Zone": zone}) for zone in zones]

    @property
    def actions(self) -> Mapping[tuple[str, str], Action]:
        """Every action, by version and name."""
        return ACTIONS

    # -- reading ---------------------------------------------------------------------------------

    def spot_notice(self, instance: "Instance") -> Instant | None:
        """Return how long before it takes a spot instance back the cloud says so; None of another one."""
        return _SPOT_NOTICE if instance.extras.get("InstanceChargeType") == "SPOTPAID" else None

    def recognises(self, request: HttpRequest, parameters: Mapping[str, str]) -> bool:
        """Say whether the request is an API 3.0 call or a call of the older way."""
        return (
            "x-tc-action" in request.headers
            or request.headers.get("authorization", "").startswith(("TC3-", "SKIP"))
            or "SecretId" in parameters
            or ("Action" in parameters and parameters.get("Version") in self._versions)
        )

    def open(self, request: HttpRequest, parameters: Mapping[str, str], request_id: str) -> Call:
        """Return the request as a call."""
        headers = request.headers
        broken: Refusal | None = None
        tree: Tree = {}
        try:
            if protocol.is_too_large(request):
                broken = self.too_large()
            else:
                tree = self._tree(request, parameters)
        except Unreadable as failure:
            broken = self.unreadable(failure.reason)
            if request.content_type == protocol.MULTIPART_TYPE:
                broken = attrs.evolve(broken, code="InvalidRequest")
        if request.method not in _METHODS:
            broken = Refusal(
                "UnsupportedProtocol",
                Message("The HTTP method {method} is not supported.", method=request.method),
            )
        return Call(
            request=request,
            request_id=request_id,
            action=headers.get("x-tc-action") or parameters.get("Action", ""),
            version=headers.get("x-tc-version") or parameters.get("Version", ""),
            access_key=parameters.get("SecretId") or protocol.credential(headers),
            region=headers.get("x-tc-region") or parameters.get("Region", ""),
            tree=tree,
            signed="Signature" in parameters or headers.get("authorization", "").startswith("TC3-"),
            language=_language(headers.get("x-tc-language") or parameters.get("Language", "")),
            broken=broken,
        )

    def _tree(self, request: HttpRequest, parameters: Mapping[str, str]) -> Tree:
        if request.method == "POST" and request.content_type == protocol.MULTIPART_TYPE:
            from duolect_dialects.tencent.wire import multipart  # noqa: PLC0415 - few clients send it

            return multipart.read(request)
        if request.method == "POST" and not request.is_form:
            return request.json_object()
        return unfold({name: value for name, value in parameters.items() if name not in protocol.PROTOCOL})

    def find(self, call: Call) -> Action:
        """Return the action that the call names, or raise ``Refusal``."""
        if call.broken is not None:
            raise call.broken
        for name, value in (("Action", call.action), ("Version", call.version)):
            if not value:
                raise request_errors.missing(name)
        action = ACTIONS.find(call.version, call.action)
        if action is None:
            if call.action in self._names:
                raise Refusal(
                    "NoSuchVersion",
                    Message("The version `{version}` does not exist.", version=call.version),
                )
            raise Refusal(
                "InvalidAction", Message("The action `{action}` is not served.", action=call.action)
            )
        if action.regional and not call.region:
            raise request_errors.missing("Region")
        return action

    def parse_request(self, call: Call, action: Action) -> Any:  # noqa: ANN401 - of the action's request class
        """Return the call's parameters as the action's request, or raise ``Refusal``."""
        try:
            return structure(call.tree, action.request)
        except RequestFault as fault:
            raise request_errors.in_request(fault, action.product) from None

    # -- trust -----------------------------------------------------------------------------------

    def signature(self, call: Call, parameters: Mapping[str, str]) -> Signature:
        """Return the signature of a call, or raise ``Refusal`` where it is incomplete."""
        action = ACTIONS.find(call.version, call.action)
        return signing.signature(call, parameters, "" if action is None else action.product)

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
            "RequestLimitExceeded",
            Message(
                "{action} may be called {calls} times in {seconds} s by one account.",
                action=call.action,
                calls=rate.calls,
                seconds=rate.seconds,
            ),
        )

    def rules(self, region: str, settings: Settings) -> Rules:
        """Return how the cloud behaves in a region, or raise ``Refusal`` where there is none such."""
        if region not in regions.REGIONS:
            raise Refusal(
                "UnsupportedRegion", Message("The region `{region}` is not supported.", region=region)
            )
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

    # -- writing ---------------------------------------------------------------------------------

    def translate(self, error: CoreError, call: Call) -> Refusal:
        """Return a core error in the vendor's terms."""
        from duolect_dialects.tencent.errors import translate  # noqa: PLC0415 - the first error needs it

        return translate(error, call.action, ACTIONS[call.version, call.action].product)

    def write(self, call: Call, body: Body) -> HttpAnswer:
        """Return the answer to a call that succeeded."""
        return self._answer(call, {**body, "RequestId": call.request_id})

    def refuse(self, call: Call, refusal: Refusal) -> HttpAnswer:
        """Return the answer to a call that is refused, in the caller's language."""
        message = translation.localized(refusal.message, call.language)
        error = {"Code": refusal.code, "Message": message}
        return self._answer(call, {"Error": error, "RequestId": call.request_id})

    def unreadable(self, reason: Message) -> Refusal:
        """Return the refusal of a request whose parameters cannot be read."""
        return Refusal("InvalidParameter", Message("The request cannot be read: {reason}.", reason=reason))

    def too_large(self) -> Refusal:
        """Return the refusal of a request with too large a body."""
        return Refusal("RequestSizeLimitExceeded", "The request body is too large.")

    def unavailable(self) -> Refusal:
        """Return the refusal of a call that the emulator gives up while it waits."""
        return Refusal(
            "ServiceUnavailable",
            "The call was given up while it waited: the emulator was reset or stopped.",
        )

    def internal_error(self, call: Call) -> HttpAnswer:
        """Return the answer to a call on which the emulator itself failed."""
        return self.refuse(call, Refusal("InternalError", "An internal error occurred."))

    def _answer(self, call: Call, response: Body) -> HttpAnswer:
        return HttpAnswer(200, protocol.answer_headers(call.request), write_json({"Response": response}))


def _language(wanted: str) -> str:
    """Return the language for a caller: Chinese if it wants that, else English."""
    return translation.LANGUAGE if wanted.lower() == translation.LANGUAGE.lower() else _ENGLISH
