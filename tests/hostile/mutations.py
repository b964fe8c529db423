"""Requests that are almost valid: made from the declarations of all actions, then mutated.

Before they are mutated they name resources that exist, so that a good part of them reaches the core. The
mutations work on the tree of parameters, on bytes, and on headers. All of it is drawn by a seeded
generator.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from random import Random
from types import UnionType
from typing import Any, get_args, get_origin
from urllib.parse import quote

import attrs
from tests.harness import AlibabaClient, TencentClient

from duolect_core.addressing.pools import format_ipv4
from duolect_core.engine.partition import Partition
from duolect_dialects.action import Action
from duolect_dialects.declarations import declared
from duolect_dialects.exchange import HttpRequest
from duolect_dialects.values import Between, Coded, Count, Each, OneOf

Client = AlibabaClient | TencentClient

HOSTILE: tuple[Any, ...] = (
    "", " ", "None", "null", "true", "-1", "0", "1e400", "NaN", "9" * 400, "٣", "\0", "a\0b", "\r\nx: y",
    "\ufffe\uffff", "\U0001f600", "<a>&\"'</a>]]>", "<!ENTITY x SYSTEM 'file:///'>", "%00", "%zz", "../..",
    "{}", "{0.__class__}", "{name}", "%s%n", "${x}", "10.0.0.0/28", "10.0.0.0/33", "::1",
    "0.0.0.0", "1.2.3.4.5",  # noqa: S104
    "255.255.255.255", "fe80::/10", "[]", '["', "*", "a" * 300, "x" * 5_000, "eni-", "eni-" + "0" * 300,
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**400, 1.5, 1e308,
    float("nan"), float("inf"), [], {}, [[]], [None], [{}], {"": ""}, {"a": {"b": {"c": 1}}}, ["a"] * 200,
    list(range(1000)),
)  # fmt: skip
NAMES = (
    "Tag.0.Key", "Tag.-1.Key", "Tag.999999999.Key", "Tag.1.Key.1", "Tags.0", "Filter.1",
    "Filters.0.Values.0", "", ".", "..", "a.", "\0", "é", "RegionId", "Region", "Action", "Version",
    "__class__", "self", "ClientToken",
)  # fmt: skip
BYTES = (
    b"&", b"=", b"%", b"%ff", b"%00", b"\0", b"\xff", b"\xed\xa0\x80", b".", b"..", b"+", b"[", b"{", b'"',
    b"\\", b"\\ud800", b",", b":", b"&&&&", b"&a=1&a=2", b"&a.1=1&a=2", b"NaN", b"-Infinity", b"1e999",
    b"null", b"\r\n", b"\r\n\r\n", b"--x--", b"<", b"]]>", b"&Format=XML", b"&Format=%00", b"\xef\xbb\xbf",
    b"[" * 2_000, b"9" * 500,
)  # fmt: skip
HEADERS: Mapping[str, tuple[str, ...]] = {
    "authorization": (
        "", "TC3-", "TC3-HMAC-SHA256 Credential=", "ACS3-", "ACS3-HMAC-SHA256 ", "SKIP", "Bearer x",
        "TC3-HMAC-SHA256 Credential=AKIDTEST/2026-09-21/vpc/tc3_request, SignedHeaders=host;x, Signature=0",
        "ACS3-HMAC-SHA256 Credential=AKTEST,SignedHeaders=host;\xff,Signature=\xff",
    ),
    "content-type": (
        "", "application/json", "application/json; charset=\xff", "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x", "multipart/form-data", "text/xml", ";;;=", "x" * 500,
    ),
    "host": ("", "a:b:c", "http://127.0.0.1:4780", "\xff", "x" * 1000),
    "x-acs-action": ("", "DescribeNetworkInterfaces", "\r\nx: y", "<a>"),
    "x-acs-version": ("", "2014-05-26", "2016-04-28", "\0"),
    "x-acs-signature-nonce": ("", "n"),
    "x-acs-date": ("", "2026-09-21T14:13:20Z", "now"),
    "x-acs-content-sha256": ("", "0" * 64),
    "x-tc-action": ("", "CreateNetworkInterface", "\xff" * 300, "a\r\nb"),
    "x-tc-version": ("", "2017-03-12", "2000-01-01"),
    "x-tc-region": ("", "ap-guangzhou", "ap-beijing", "\0"),
    "x-tc-language": ("zh-CN", "en-US", "\xff"),
    "x-tc-timestamp": ("", "1790000000", "-1", "9" * 30, "٣"),
    "x-tc-content-sha256": ("UNSIGNED-PAYLOAD",),
    "x-tc-token": ("", "t"),
}  # fmt: skip
METHODS = ("GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "BREW", "")


class Mutator:
    """Makes requests to the actions of both clouds, the same ones for the same seed."""

    def __init__(self, clients: tuple[Client, ...], seed: int) -> None:
        self.rng = Random(seed)  # noqa: S311 - repeatable, not secret
        self._clients = [
            (client, list(dialect.actions.values()))
            for client, dialect in zip(clients, clients[0].emulator.pipeline.dialects, strict=True)
        ]

    def request(self) -> HttpRequest:
        """Make one request; about one in five is left valid."""
        client, actions = self._clients[self.rng.random() < 0.5]
        action = self.rng.choice(actions)
        tree = dict(self._tree(client.partition, action))
        if self.rng.random() < 0.5:
            for _ in range(self.rng.randint(1, 3)):
                self._mutate(tree)
        request = self._encode(client, action, tree)
        if self.rng.random() < 0.2:
            request = self._mutate_bytes(request)
        if self.rng.random() < 0.15:
            request = self._mutate_headers(request)
        if self.rng.random() < 0.02:
            request = attrs.evolve(request, method=self.rng.choice(METHODS))
        return request

    # -- valid requests ----------------------------------------------------------------------------------

    def _tree(self, partition: Partition, action: Action) -> Iterator[tuple[str, Any]]:
        attrs.resolve_types(action.request)
        for field in attrs.fields(action.request):
            if field.default is attrs.NOTHING or self.rng.random() < 0.2:
                yield field.name, self._value(partition, field.name, field.type, declared(field).rules)

    def _value(self, partition: Partition, name: str, kind: Any, rules: tuple[Any, ...]) -> Any:
        if get_origin(kind) is UnionType:
            kind = next(each for each in get_args(kind) if each is not type(None))
        rules = tuple(rule.rule if isinstance(rule, (Each, Coded)) else rule for rule in rules)
        if get_origin(kind) is tuple:
            member = get_args(kind)[0]
            most = min([2, *(rule.high for rule in rules if isinstance(rule, Count))])
            return [self._value(partition, name, member, rules) for _ in range(self.rng.randint(1, most))]
        if attrs.has(kind):
            attrs.resolve_types(kind)
            return {
                field.name: self._value(partition, field.name, field.type, ())
                for field in attrs.fields(kind)
                if field.default is attrs.NOTHING or self.rng.random() < 0.5
            }
        for rule in rules:
            if isinstance(rule, OneOf):
                return self.rng.choice(rule.choices)
            if isinstance(rule, Between) and kind is int:
                return self.rng.randint(int(rule.low), int(min(rule.high, rule.low + 3)))
        if kind is bool:
            return self.rng.random() < 0.5
        return self.rng.randint(1, 3) if kind in {int, float} else self._text(partition, name)

    def _text(self, partition: Partition, name: str) -> str:
        """Return a text that fits the name of a parameter: most of them name something that exists."""
        graph, rules = partition.graph, partition.rules
        pools: tuple[tuple[str, Callable[[], Any]], ...] = (
            ("NatGateway", lambda: graph.nat_gateways),
            ("SnatEntry", lambda: graph.snat_rules),
            ("ForwardEntry", lambda: graph.dnat_rules),
            ("BandwidthPackage", lambda: graph.bandwidth_packages),
            ("Allocation", lambda: graph.public_addresses),
            ("AddressId", lambda: graph.public_addresses),
            ("PublicIp", lambda: [format_ipv4(each.ip) for each in graph.public_addresses.values()]),
            ("HaVip", lambda: graph.virtual_addresses),
            ("NetworkAcl", lambda: graph.network_acls),
            ("RouteTable", lambda: graph.route_tables),
            ("RouteEntry", lambda: graph.routes),
            ("RouteItem", lambda: graph.routes),
            ("NextHopId", lambda: [*graph.instances, *graph.virtual_addresses, *graph.nat_gateways]),
            ("GatewayId", lambda: [*graph.nat_gateways, *graph.virtual_addresses]),
            ("KeyPairName", lambda: [each.name for each in graph.key_pairs.values()]),
            ("KeyId", lambda: graph.key_pairs),
            ("DiskId", lambda: graph.disks),
            ("Snapshot", lambda: graph.snapshots),
            ("ImageId", lambda: [*graph.images, "img-12345678", "aliyun_3_x64.vhd"]),
            ("ResourceId", lambda: [each.id for each in graph.resources()]),
            ("NetworkInterface", lambda: graph.interfaces),
            ("SecurityGroup", lambda: graph.groups),
            ("VSwitch", lambda: graph.subnets),
            ("Subnet", lambda: graph.subnets),
            ("InstanceType", lambda: rules.instance_types),
            ("Instance", lambda: graph.instances),
            ("CidrBlock", lambda: [f"10.0.{self.rng.randrange(256)}.0/{self.rng.randint(16, 29)}"]),
            ("Vpc", lambda: graph.networks),
            ("Zone", lambda: rules.zones),
            ("Region", lambda: [rules.zones[0][: len(rules.zones[0]) - 2]]),
            ("Ip", lambda: [f"10.0.{self.rng.randrange(2)}.{self.rng.randrange(256)}"]),
            ("TaskId", lambda: graph.operations),
            ("Token", lambda: [f"token-{self.rng.randrange(50)}"]),
        )
        for part, pool in pools:
            if part in name:
                found = list(pool())
                return str(self.rng.choice(found)) if found else "none"
        return self.rng.choice(("a", "name-1", "vpc-id", "é", "a b"))

    # -- encoding ----------------------------------------------------------------------------------------

    def _encode(self, client: Client, action: Action, tree: dict[str, Any]) -> HttpRequest:
        if isinstance(client, TencentClient):
            client.language = self.rng.choice(("", "zh-CN"))
            request = client.request(action.name, style=self.rng.choice(("json", "json", "get", "form")))
            if request.content_type != "application/json":
                flat = "&".join(f"{quote(name)}={quote(str(value))}" for name, value in _flat(tree, 0))
                if request.method == "GET":
                    return attrs.evolve(request, query=flat.encode())
                return attrs.evolve(request, body=request.body + b"&" + flat.encode())
            if self.rng.random() < 0.1:
                return self._multipart(request, tree)
            return attrs.evolve(request, body=json.dumps(tree).encode())
        style = self.rng.choice(("get", "query", "form", "acs3"))
        more = {} if style == "acs3" or self.rng.random() < 0.7 else {"Format": "XML"}
        request = client.request(action.name, action.version, style=style, **more)
        flat = "".join(f"&{quote(name)}={quote(str(value))}" for name, value in _flat(tree, 1))
        if style == "form":
            return attrs.evolve(request, body=request.body + flat.encode())
        return attrs.evolve(request, query=request.query + flat.encode())

    def _multipart(self, request: HttpRequest, tree: dict[str, Any]) -> HttpRequest:
        head = (
            b'--x\r\nContent-Disposition: form-data; name="%s"\r\n'
            b"Content-Type: application/json\r\n\r\n%s\r\n"
        )
        parts = [head % (name.encode(), json.dumps(value).encode()) for name, value in tree.items()]
        headers = {**request.headers, "content-type": "multipart/form-data; boundary=x"}
        return attrs.evolve(request, headers=headers, body=b"".join(parts) + b"--x--\r\n")

    # -- mutations --------------------------------------------------------------------------------------

    def _mutate(self, tree: dict[str, Any]) -> None:
        rng = self.rng
        name = rng.choice(list(tree)) if tree else "x"
        match rng.randrange(6):
            case 0:
                tree.pop(name, None)
            case 1:
                tree[rng.choice(NAMES)] = rng.choice(HOSTILE)
            case 2:
                if not isinstance(tree.get(name), list):
                    tree[name] = [tree.get(name)] * rng.choice((1, 2, 150))
            case 3:
                value: Any = tree.get(name)
                for _ in range(rng.choice((1, 2, 14, 200))):
                    value = {"Key": value} if rng.random() < 0.5 else [value]
                tree[name] = value
            case 4 if isinstance(tree.get(name), list) and tree[name]:
                members = tree[name] = list(tree[name])
                place = rng.randrange(len(members))
                if isinstance(members[place], dict) and members[place]:
                    members[place] = {
                        **members[place],
                        rng.choice(list(members[place])): rng.choice(HOSTILE),
                    }
                else:
                    members[place] = rng.choice(HOSTILE)
            case _:
                tree[name] = rng.choice(HOSTILE)

    def _mutate_bytes(self, request: HttpRequest) -> HttpRequest:
        part = "body" if request.body else "query"
        data = bytearray(getattr(request, part))
        for _ in range(self.rng.randint(1, 4)):
            place = self.rng.randrange(len(data) + 1)
            match self.rng.randrange(5):
                case 0:
                    data[place:place] = self.rng.choice(BYTES)
                case 1:
                    data[place : place + 1] = bytes([self.rng.randrange(256)])
                case 2:
                    del data[place : place + self.rng.randint(1, 20)]
                case 3:
                    data[place:place] = data[place : place + self.rng.randint(1, 200)]
                case _ if self.rng.random() < 0.2:
                    data += b"&" + b"&".join(b"Tag.%d.Key=%d" % (each, each) for each in range(6_000))
                case _:
                    del data[place:]
        return attrs.evolve(request, **{part: bytes(data)})

    def _mutate_headers(self, request: HttpRequest) -> HttpRequest:
        headers = dict(request.headers)
        for _ in range(self.rng.randint(1, 2)):
            name = self.rng.choice(list(HEADERS))
            headers[name] = self.rng.choice(HEADERS[name])
            if self.rng.random() < 0.3:
                del headers[name]
        return attrs.evolve(request, headers=headers)


def _flat(value: Any, first: int, name: str = "") -> Iterator[tuple[str, Any]]:
    """Flatten as the SDKs do, but to no more than 300 levels of names."""
    members: Any = ()
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = enumerate(value, first)
    else:
        yield name, value
    for key, member in members:
        yield from _flat(member, first, f"{name}.{key}" if name else str(key))
