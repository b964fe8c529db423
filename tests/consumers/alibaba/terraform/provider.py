"""The provider of Alibaba Cloud for Terraform, as far as its habits are visible on the wire.

What is here was read from the source of terraform-provider-alicloud (``alicloud/resource_alicloud_*.go``
and ``service_alicloud_*.go``): which actions a resource calls in which order, which members of a reply
become attributes, which codes are tried again. Its newer resources call by tea-rpc: common parameters in
the query, all others in a form.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

import attrs
from tests.harness import AlibabaClient, ApiError, Emulator, fold

from duolect_dialects.exchange import HttpRequest

VERSIONS = {"ecs": "2014-05-26", "vpc": "2016-04-28"}
TRIES = 40
State = dict[str, Any]


@attrs.define
class Provider:
    """What all resources use: calls, retries and waits; time passes while it waits only."""

    emulator: Emulator
    client: AlibabaClient
    tokens: int = 0

    @property
    def region(self) -> str:
        return self.client.region

    def token(self, action: str) -> str:
        """Return a new client token, as the provider makes them."""
        self.tokens += 1
        return f"TF-{action}-{self.tokens}"

    def call(self, product: str, action: str, /, **body: Any) -> dict[str, Any]:
        """Call an action by tea-rpc; a parameter of None is left out, an empty text is sent."""
        common = {
            "Action": action,
            "Version": VERSIONS[product],
            "Format": "json",
            "AccessKeyId": self.client.key,
            "SignatureMethod": "HMAC-SHA1",
            "SignatureVersion": "1.0",
            "SignatureNonce": "n",
            "Timestamp": "2026-09-21T14:13:20Z",
            "Signature": "unchecked",
        }
        own = {"RegionId": self.region} | {name: value for name, value in body.items() if value is not None}
        headers = {"content-type": "application/x-www-form-urlencoded"}
        form = urlencode({name: _text(value) for name, value in fold_values(own).items()}).encode()
        answer = self.emulator.send(HttpRequest("POST", "/", urlencode(common).encode(), headers, form))
        tree: dict[str, Any] = json.loads(answer.body)
        if answer.status != 200:
            raise ApiError(tree["Code"], answer.status, tree["Message"], tree)
        return tree

    def call_again(
        self, retried: Iterable[str], product: str, action: str, /, **body: Any
    ) -> dict[str, Any]:
        """Call an action until it is not refused with one of the codes that the resource tries again."""
        for _ in range(TRIES):
            try:
                return self.call(product, action, **body)
            except ApiError as error:
                if error.code not in retried:
                    raise
                self.emulator.advance(3_000)
        raise AssertionError(f"{action} is refused again and again")

    def wait_for(self, look: Callable[[], str], wanted: str) -> None:
        """Look every few seconds, until a status is what is wanted; what is gone has none."""
        for _ in range(TRIES):
            if look() == wanted:
                return
            self.emulator.advance(3_000)
        raise AssertionError(f"{look()!r} does not become {wanted!r}")

    def tag(self, product: str, resource_type: str, resource_id: str, tags: Mapping[str, str]) -> None:
        """Put tags on a resource, where it has any."""
        if tags:
            self.call(
                product,
                "TagResources",
                ResourceType=resource_type,
                ResourceId=[resource_id],
                Tag=[{"Key": key, "Value": value} for key, value in tags.items()],
            )


class Resource(Protocol):
    """A kind of resource of the provider; attributes have their names in Terraform's language."""

    computed: frozenset[str]
    """The attributes that the cloud may fill in where the configuration says nothing."""

    def create(self, config: State) -> str: ...

    def read(self, resource_id: str) -> State | None: ...

    def update(self, resource_id: str, old: State, new: State) -> None: ...

    def delete(self, resource_id: str) -> None: ...


def changes(resource: Resource, config: State, state: State) -> dict[str, tuple[Any, Any]]:
    """Return what a plan would change: for each attribute what the cloud shows, and what is wanted."""
    found = {}
    for name, shown in state.items():
        wanted = config.get(name)
        if wanted in (None, "") and (name in resource.computed or not shown):
            continue
        if shown != wanted and (shown or wanted):
            found[name] = (shown, wanted)
    return found


def is_gone(error: ApiError) -> bool:
    """Tell whether the provider takes a refusal for "there is no such resource"."""
    return error.status == 404 or "NotFound" in error.code


def fold_values(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Flatten parameters, and keep truth values as they are."""
    plain = {name: value for name, value in tree.items() if not isinstance(value, dict | list)}
    return plain | fold({name: tree[name] for name in tree.keys() - plain.keys()}, 1)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
