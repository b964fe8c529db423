"""What a dialect is to the server: how a call is opened, understood, translated and answered."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from duolect_core.by_fields import Shown, Value
from duolect_core.errors import CoreError
from duolect_core.model.durations import FAST, Durations
from duolect_core.model.resources import Instant
from duolect_core.model.rules import InstanceType, ResourceKind, Rules
from duolect_dialects.action import Action, Body
from duolect_dialects.call import Call, Rate, Refusal
from duolect_dialects.exchange import HttpAnswer, HttpRequest
from duolect_dialects.signature import Signature, SignatureFailure
from duolect_dialects.wording import Message

if TYPE_CHECKING:
    from duolect_core.model.instances import Instance


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OfferedImage(Value):
    """An image that a user adds to those that a cloud is known to have.

    ``system`` is the name of its operating system for people, whose first word is its platform unless that
    is given. It is the account's own unless it is ``public``; ``arm`` says that ARM processors run it.
    """

    name: str
    system: str
    platform: str = ""
    size_gib: int = 20
    public: bool = False
    arm: bool = False

    @property
    def windows(self) -> bool:
        """Whether its system is one of Windows."""
        return self.system.startswith("Windows")


@attrs.frozen(eq=False, repr=False)
class Settings(Shown):
    """What a user can set about a cloud."""

    durations: Durations = FAST
    vendor_quotas: bool = False
    """Whether regions are limited as a new account's are on the real cloud."""
    quotas: Mapping[str, int | None] = attrs.field(factory=dict)
    """Quotas that differ, by the names of the core's ``Quotas``."""
    instance_types: Mapping[str, InstanceType] = attrs.field(factory=dict)
    """More instance types, or other values for known ones."""
    not_sold: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    """The zones in which instances of a type cannot be had; ``*`` stands for any type, and any zone."""
    images: Mapping[str, OfferedImage] = attrs.field(factory=dict)
    """More images by id, or other values for known ones."""
    resource_groups: Mapping[str, str] = attrs.field(factory=dict)
    """The names of resource groups by id, where the cloud has such."""
    attach_needs_group: bool = False
    """Whether an interface must be in a security group before it can be attached."""
    lowest_addresses_first: bool = False
    """Whether private addresses that no request names are the lowest free ones, not any."""
    strict_repeats: bool = False
    """Whether an attachment that is there already, and a detachment of what is free, are refused."""
    token_bytes: int = 32 * 2**20
    """How many bytes an account's region may take for what it remembers of client tokens."""


@attrs.frozen(eq=False, repr=False)
class Seed(Shown):
    """An action that makes a part of a world; ``ids`` are the names by which its ids are chosen.

    ``attachable`` says whether it makes a network that can be shown as attached to transit networks.
    """

    version: str
    action: str
    ids: Mapping[str, ResourceKind]
    attachable: bool = False


class Dialect(Protocol):
    """A vendor's way of speaking."""

    name: str
    default_region: str
    overlooks_unknown: bool
    """Whether the cloud overlooks parameters that an action does not have; else it refuses them."""
    id_tail: str
    """The pattern of what follows the prefix of an id that requests can name."""
    hosts: Sequence[str]
    """The names of the vendor's API hosts, ``*.`` standing for one or more labels."""

    @property
    def seeds(self) -> Mapping[str, Seed]:
        """The actions of which a world is made, by what they make, dependencies first."""
        ...

    def default_network(self, zones: Sequence[str]) -> Sequence[tuple[str, str, Mapping[str, str]]]:
        """Return the version, name and parameters of each call that makes a default network in a region."""
        ...

    @property
    def zones(self) -> Collection[str]:
        """The zones of all regions."""
        ...

    @property
    def actions(self) -> Mapping[tuple[str, str], Action]:
        """Every action, by version and name."""
        ...

    def spot_notice(self, instance: "Instance") -> Instant | None:
        """Return how long before it takes a spot instance back the cloud says so; None of another one."""
        ...

    def recognises(self, request: HttpRequest, parameters: Mapping[str, str]) -> bool:
        """Say whether the request speaks this dialect."""
        ...

    def open(self, request: HttpRequest, parameters: Mapping[str, str], request_id: str) -> Call:
        """Return the request as a call. Never raises."""
        ...

    def find(self, call: Call) -> Action:
        """Return the action that the call names, or raise ``Refusal``."""
        ...

    def parse_request(self, call: Call, action: Action) -> Any:  # noqa: ANN401 - of the action's request class
        """Return the call's parameters as the action's request, or raise ``Refusal``."""
        ...

    def signature(self, call: Call, parameters: Mapping[str, str]) -> Signature:
        """Return the signature of a call, or raise ``Refusal`` where it is incomplete."""
        ...

    def signature_error(self, why: SignatureFailure, signed: Signature) -> Refusal:
        """Return the refusal of a signature that is not believed."""
        ...

    @property
    def rates(self) -> Mapping[str, Rate]:
        """Return the rate that the vendor documents for an action, where it documents one."""
        ...

    def throttled(self, call: Call, rate: Rate) -> Refusal:
        """Return the refusal of a call that came too soon."""
        ...

    def rules(self, region: str, settings: Settings) -> Rules:
        """Return how the cloud behaves in a region that ``find`` has let through."""
        ...

    @property
    def common(self) -> Mapping[str, int]:
        """The codes that any action can be refused with, with their HTTP status."""
        ...

    def documents(self, action: Action) -> Mapping[str, int]:
        """Return the codes that the vendor documents for the action, with their HTTP status."""
        ...

    def gives_beyond(self, action: Action) -> Mapping[str, int]:
        """Return the codes that the action answers with although the vendor's lists lack them."""
        ...

    def has_seen(self, action: Action) -> Mapping[str, int]:
        """Return the codes that the real cloud was seen to answer with, or that known programs retry on."""
        ...

    def translate(self, error: CoreError, call: Call) -> Refusal:
        """Return a core error in the vendor's terms."""
        ...

    def write(self, call: Call, body: Body) -> HttpAnswer:
        """Return the answer to a call that succeeded."""
        ...

    def refuse(self, call: Call, refusal: Refusal) -> HttpAnswer:
        """Return the answer to a call that is refused."""
        ...

    def unreadable(self, reason: Message) -> Refusal:
        """Return the refusal of a request whose parameters cannot be read."""
        ...

    def too_large(self) -> Refusal:
        """Return the refusal of a request with too large a body."""
        ...

    def unavailable(self) -> Refusal:
        """Return the refusal of a call that the emulator gives up while it waits."""
        ...

    def internal_error(self, call: Call) -> HttpAnswer:
        """Return the answer to a call on which the emulator itself failed."""
        ...
