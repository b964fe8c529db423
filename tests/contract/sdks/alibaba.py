"""Alibaba Cloud's official Python SDKs against the server, its answers against their models."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import isclass, iscoroutinefunction
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from tests.contract.requirements import require
from tests.contract.server import SECRET
from tests.dialects.alibaba.sdk_models import assert_complete, known

ecs = require("alibabacloud_ecs20140526.client")
ecs_models = require("alibabacloud_ecs20140526.models")
vpc = require("alibabacloud_vpc20160428.client")
vpc_models = require("alibabacloud_vpc20160428.models")
sts = require("alibabacloud_sts20150401.client")
sts_models = require("alibabacloud_sts20150401.models")
resource_manager = require("alibabacloud_resourcemanager20200331.client")
resource_manager_models = require("alibabacloud_resourcemanager20200331.models")
openapi_models = require("alibabacloud_tea_openapi.models")
exceptions = require("alibabacloud_tea_openapi.exceptions")
DaraModel = require("darabonba.model").DaraModel

REGION = "cn-hangzhou"
ZONE, OTHER_ZONE = "cn-hangzhou-h", "cn-hangzhou-i"
IMAGE = "ubuntu_22_04_x64_20G_alibase_20240530.vhd"


class Sdk:
    """The new SDK's clients of both products, for one account.

    ``sdk.ecs`` and ``sdk.vpc`` have the clients' methods, ``sdk.sts`` and ``sdk.resource_manager`` are the
    clients themselves. Where it is ``asynchronous``, a method is called by its ``_async`` name and awaited.
    ``called`` names the actions that were answered.
    """

    def __init__(
        self,
        address: str,
        access_key: str,
        secret: str = SECRET,
        *,
        asynchronous: bool = False,
        **config: Any,
    ) -> None:
        self.called: set[tuple[str, str]] = set()
        self.address, self.access_key = address, access_key
        self._runner = asyncio.Runner() if asynchronous else None
        settings = openapi_models.Config(
            access_key_id=access_key,
            access_key_secret=secret,
            region_id=REGION,
            endpoint=address,
            protocol="http",
            **config,
        )
        self.ecs = _Methods(_checked(ecs.Client, ecs_models, self.called)(settings), self._runner)
        self.vpc = _Methods(_checked(vpc.Client, vpc_models, self.called)(settings), self._runner)
        self.sts = _checked(sts.Client, sts_models, self.called)(settings)
        self.resource_manager = _checked(resource_manager.Client, resource_manager_models, self.called)(
            settings
        )

    def close(self) -> None:
        if self._runner is not None:
            self._runner.close()


class _Methods:
    """A client's methods; where there is a runner, the asynchronous ones under the same names."""

    def __init__(self, client: Any, runner: asyncio.Runner | None) -> None:
        self._client = client
        self._runner = runner

    def __getattr__(self, name: str) -> Callable[[Any], Any]:
        runner = self._runner
        if runner is None:
            return lambda request: getattr(self._client, name)(request).body
        method = getattr(self._client, f"{name}_async")
        assert iscoroutinefunction(method)
        return lambda request: runner.run(method(request)).body


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect that the SDK raises what it raises of a refusal with this code."""
    with pytest.raises(exceptions.AlibabaCloudException) as refusal:
        yield
    assert refusal.value.code == code


def _checked(client: type, models: Any, called: set[tuple[str, str]]) -> type:
    """Return the client class, made to check every answer before it makes a model of it."""

    class Checked(client):  # type: ignore[misc, valid-type]
        def call_api(self, params: Any, request: Any, runtime: Any) -> Any:
            return self._check(params, super().call_api(params, request, runtime))

        async def call_api_async(self, params: Any, request: Any, runtime: Any) -> Any:
            return self._check(params, await super().call_api_async(params, request, runtime))

        def _check(self, params: Any, reply: dict[str, Any]) -> dict[str, Any]:
            check(getattr(models, f"{params.action}ResponseBody"), reply["body"], params.version)
            called.add((params.version, params.action))
            return reply

    return Checked


def check(model: type, body: dict[str, Any], version: str) -> None:
    """Hold an answer against the SDK's model of it: its fields and no other, their wrappers and types."""
    typed = model().from_map(body)
    name = model.__name__.removesuffix("ResponseBody")
    assert known(typed.to_map(), name) == known(body, name)
    assert_complete(body, model, version)
    _check_types(typed, model.__name__)


def _check_types(typed: Any, where: str) -> None:
    hints = get_type_hints(type(typed).__init__)
    for name, value in vars(typed).items():
        if value is not None and name in hints:
            _check_type(value, hints[name], f"{where}.{name}")


_RECORDED_WHOLE = ("permission.priority", "instance_type.memory_size")
"""What was recorded as a whole number, whatever the model says."""


def _check_type(value: Any, hint: Any, where: str) -> None:
    if get_origin(hint) is list:
        assert isinstance(value, list), where
        for entry in value:
            _check_type(entry, get_args(hint)[0], where)
    elif isclass(hint) and issubclass(hint, DaraModel):
        assert isinstance(value, hint), where
        _check_types(value, where)
    elif isclass(hint) and not (where.endswith(_RECORDED_WHOLE) and type(value) is int):
        assert type(value) is hint, f"{where} is {value!r} and should be of {hint}"
