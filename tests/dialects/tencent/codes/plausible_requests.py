"""A request for each action with which it succeeds, made from its declaration and from a furnished account.

What a parameter holds goes by its name; what one action alone needs stands under the action's name.
"""

import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import attrs
from tests.harness import TencentClient

from duolect_dialects.action import Action
from duolect_dialects.declarations import Param, declared
from duolect_dialects.values import Between, Each, OneOf


def parts(kind: Any) -> Iterator[type[Any]]:
    """Yield the parts of a request that a type is about."""
    if attrs.has(kind):
        yield kind
    for argument in get_args(kind):
        yield from parts(argument)


def is_list(kind: Any) -> bool:
    """Say whether a parameter of a type holds a list."""
    return tuple in {get_origin(each) for each in (kind, *get_args(kind))}


@attrs.define
class Account:
    """A client of one region, and what there is in it by the names of the parameters that take it."""

    client: TencentClient
    values: dict[str, Any] = attrs.field(factory=dict)
    of_action: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    """What single actions take instead, or beside what they require."""

    def call(self, action: str, **params: Any) -> dict[str, Any]:
        """Call an action and let everything end that it begins."""
        reply = self.client.call(action, **params)
        self.client.emulator.advance()
        return reply

    def plausible(self, action: Action) -> dict[str, Any]:
        """Return a request with which the action succeeds."""
        return {**self._required(action.request), **self.of_action.get(action.name, {})}

    def _required(self, request: type[Any]) -> dict[str, Any]:
        fields = [each for each in attrs.fields(request) if each.default is attrs.NOTHING]
        return {each.name: self.value(each.name, each.type, declared(each)) for each in fields}

    def value(self, name: str, kind: Any, param: Param) -> Any:
        """Return what a parameter may hold: by its name, or else by its rules or its type."""
        if name in self.values:
            return self.values[name]
        if name.removesuffix("s") in self.values:
            return [self.values[name.removesuffix("s")]]
        for rule in param.rules:
            entry = rule.rule if isinstance(rule, Each) else rule
            if isinstance(entry, OneOf):
                return [entry.choices[0]] if entry is not rule else entry.choices[0]
            if isinstance(rule, Between):
                return int(rule.low)
        part = next(parts(kind), None)
        if part is None:
            return "name"
        return [self._required(part)] if is_list(kind) else self._required(part)

    # -- with something absent --

    def without(self, action: Action, path: tuple[str, ...]) -> dict[str, Any]:
        """Return the plausible request in which one parameter names what does not exist."""
        request = {**self.plausible(action), **BESIDE.get((action.name, path), {})}
        return self._put(request, action.request, path)

    def _put(self, tree: dict[str, Any], request: type[Any], path: tuple[str, ...]) -> dict[str, Any]:
        name, *rest = path
        field = attrs.fields_dict(request)[name]
        tree = {key: each for key, each in tree.items() if key not in EXCLUDES.get(name, ())}
        if not rest:
            return {**tree, name: self._absent(name, field)}
        part, there = (
            next(parts(field.type)),
            tree.get(name) or self.value(name, field.type, declared(field)),
        )
        if isinstance(there, list):
            return {**tree, name: [*there[:-1], self._put(there[-1], part, tuple(rest))]}
        return {**tree, name: self._put(there, part, tuple(rest))}

    def _absent(self, name: str, field: "attrs.Attribute[Any]") -> Any:
        """Return a well-formed id of what does not exist, in a list where the parameter is one."""
        if int in {field.type, *get_args(field.type)}:
            return [1] if is_list(field.type) else 1
        there = self.values.get(name) or self.values.get(name.removesuffix("s")) or "some-thing"
        text = re.sub(r"-\w+$", f"-{ABSENT}", there[0] if isinstance(there, list) else there)
        return [text] if is_list(field.type) else text


ABSENT = "absent00"
"""The end of an id that nothing has."""
EXCLUDES = {
    "Egress": ("Ingress",),
    "SecurityGroupId": ("CidrBlock",),
    "AddressTemplate": ("CidrBlock",),
    "ServiceTemplate": ("Protocol", "Port"),
    "RouteId": ("RouteItemId",),
    "RouteIds": ("RouteItemIds",),
    "SnapshotIds": ("InstanceId",),
}
"""What cannot stand beside a parameter."""
BESIDE: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {
    **{
        ("ModifyNetworkAclEntries", ("NetworkAclQuintupleSet", side, "NetworkAclQuintupleEntryId")): {
            "NetworkAclQuintupleSet": {side: [{"Protocol": "ALL", "Action": "DROP"}]}
        }
        for side in ("Ingress", "Egress")
    },
    ("AssociateAddress", ("NetworkInterfaceId",)): {"InstanceId": None, "PrivateIpAddress": "10.0.0.9"},
}
"""What an action takes beside a parameter that is optional."""
