"""RunInstances by a launch template: what the call does not say, a version of the template says.

Source: the page CreateLaunchTemplate. What a template says cannot be left out, but the call's own value
wins, parameter by parameter; nothing of it is checked before instances are made. What stands for the same
thing, such as SecurityGroupId and SecurityGroupIds, is left aside where the call names the other.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

import attrs

from duolect_core.errors import LaunchTemplateNotFound
from duolect_core.model.fleets import LaunchTemplate
from duolect_core.relations import lookup
from duolect_dialects.alibaba.request_errors import in_request
from duolect_dialects.session import Session
from duolect_dialects.structuring import structure
from duolect_dialects.values import RequestFault

R = TypeVar("R")

_INSTEAD: Final = (
    ("SecurityGroupId", "SecurityGroupIds"),
    ("HostName", "HostNames"),
    ("ImageId", "ImageFamily"),
    ("KeyPairName", "Password", "PasswordInherit"),
    ("Ipv6Address", "Ipv6AddressCount"),
)
"""Parameters of which a call names one at most, however many of them its template names."""
_OF_PRIMARY: Final = (
    "SecurityGroupId",
    "SecurityGroupIds",
    "VSwitchId",
    "PrivateIpAddress",
    "Ipv6Address",
    "Ipv6AddressCount",
)
"""What a primary NetworkInterface says instead."""
_STATUSES: Final[Mapping[str, int]] = MappingProxyType(
    dict.fromkeys(
        (
            "InvalidParam.IpCount",
            "InvalidParameter.EniNumExceededWithLaunchEcs",
            "InvalidParameter.EniTrafficMode",
            "InvalidParameter.EniType",
            "InvalidParameter.InvalidQueuePairNumber",
        ),
        403,
    )
)
"""The codes of RunInstances for wrong values that have another status than most."""


def template_of(session: Session, template_id: str | None, name: str | None) -> LaunchTemplate:
    """Return the launch template of an id or a name; the id counts where both are given.

    Raises:
        LaunchTemplateNotFound: there is none.
    """
    if template_id:
        return lookup.launch_template(session.graph, template_id)
    for found in session.graph.launch_templates_by_name.ids(name or ""):
        return session.graph.launch_templates[found]
    raise LaunchTemplateNotFound(name or "")


def plain(value: Any) -> Any:  # noqa: ANN401 - a value of a request
    """Return a value of a request as a tree of the vendor's names, without what was not given."""
    if attrs.has(type(value)):
        fields = attrs.fields(type(value))
        return given({field.name: plain(getattr(value, field.name)) for field in fields})
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def given(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return what there is in a tree."""
    return {name: value for name, value in tree.items() if value is not None and value not in ([], {})}


def filled(session: Session, request: R, template: LaunchTemplate, version: int | None) -> R:
    """Return a request with what it does not say itself filled in from a version of a template.

    Raises:
        TemplateVersionNotFound: the template has no such version.
        Refusal: it says what cannot be.
    """
    said = lookup.template_version(template, version).parameters
    own = {name: plain(getattr(request, name)) for name in session.call.tree if hasattr(request, name)}
    return merged(said, own, type(request))


def merged(said: Mapping[str, Any], own: Mapping[str, Any], kind: type[R]) -> R:
    """Return a request of what a template ``said``, and of its ``own`` over that.

    Raises:
        Refusal: there is something in it that cannot be.
    """
    tree = {name: known(said[name], field.type) for name, field in _fields(kind).items() if name in said}
    for names in _INSTEAD:
        if any(name in own for name in names):
            _leave_out(tree, names)
    if any(each.get("InstanceType") == "Primary" for each in own.get("NetworkInterface", ())):
        _leave_out(tree, _OF_PRIMARY)
    for name, value in own.items():
        both = isinstance(value, dict) and isinstance(tree.get(name), dict)
        tree[name] = {**tree[name], **value} if both else value
    try:
        return structure(tree, kind)
    except RequestFault as fault:
        raise in_request(fault, _STATUSES) from None


def _leave_out(tree: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        tree.pop(name, None)


def _fields(kind: type[Any]) -> Mapping[str, "attrs.Attribute[Any]"]:
    return {field.name: field for field in attrs.fields(attrs.resolve_types(kind))}


def known(value: Any, kind: Any) -> Any:  # noqa: ANN401 - a value of a template, and its declared type
    """Return a value without the members that RunInstances does not have: a template says a little more."""
    inner = next((each for each in (kind, *getattr(kind, "__args__", ())) if attrs.has(each)), None)
    if inner is None:
        return value
    if isinstance(value, list):
        return [known(each, inner) for each in value]
    return {name: each for name, each in value.items() if name in _fields(inner)}
