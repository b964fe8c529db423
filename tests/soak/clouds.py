"""What a client does on a cloud, by plain HTTP or by the vendor's own SDK: the same few things."""

from collections.abc import Iterator
from typing import Any, Protocol

from tests.soak.http import Line, Lost, Reply, alibaba, tencent

NETWORK, ADDRESS = "network", "address"
KINDS = (NETWORK, ADDRESS)
_PAGE = 50


class Refused(Exception):
    """The cloud refused; ``code`` says why, ``injected`` whether a fault did it."""

    def __init__(self, code: str, *, injected: bool = False) -> None:
        super().__init__(code)
        self.code, self.injected = code, injected


class Broken(Exception):
    """An answer that no cloud and no fault gives."""


class Cloud(Protocol):
    """An account on a cloud."""

    def create(self, kind: str, token: str) -> str:
        """Create something and return its id; a token makes a repeat give the same."""
        ...

    def delete(self, kind: str, resource_id: str) -> None: ...

    def list(self, kind: str) -> Iterator[str]:
        """Iterate over the ids of all that there are."""
        ...


def checked(reply: Reply) -> Any:
    """Return the tree of an answer; raise where it is a refusal, or what must not be."""
    if reply.tree is None or isinstance(reply.tree, bytes):
        if reply.fault:
            raise Lost("a fault answered without a body")
        raise Broken(f"{reply.status} with {str(reply.tree)[:200]}")
    tree = reply.tree.get("Response", reply.tree)
    error = tree.get("Error", tree)
    code = error.get("Code")
    if code:
        if not reply.fault and (reply.status >= 500 or code.startswith("InternalError")):
            raise Broken(f"{reply.status} {code}: {error.get('Message')}")
        raise Refused(code, injected=bool(reply.fault))
    if reply.status != 200:
        raise Broken(f"{reply.status}: {str(tree)[:200]}")
    return tree


class PlainAlibaba:
    """Alibaba Cloud by plain HTTP."""

    def __init__(self, port: int, key: str) -> None:
        self._line, self._key = Line(port), key

    def _call(self, action: str, **parameters: object) -> Any:
        return checked(self._line.send(*alibaba(action, self._key, **parameters)))

    def create(self, kind: str, token: str) -> str:
        if kind == NETWORK:
            return str(self._call("CreateVpc", CidrBlock="10.0.0.0/8", ClientToken=token)["VpcId"])
        return str(self._call("AllocateEipAddress", ClientToken=token)["AllocationId"])

    def delete(self, kind: str, resource_id: str) -> None:
        if kind == NETWORK:
            self._call("DeleteVpc", VpcId=resource_id)
        else:
            self._call("ReleaseEipAddress", AllocationId=resource_id)

    def list(self, kind: str) -> Iterator[str]:
        action, outer, inner, name = {
            NETWORK: ("DescribeVpcs", "Vpcs", "Vpc", "VpcId"),
            ADDRESS: ("DescribeEipAddresses", "EipAddresses", "EipAddress", "AllocationId"),
        }[kind]
        page = 1
        while found := self._call(action, PageNumber=page, PageSize=_PAGE)[outer][inner]:
            yield from (each[name] for each in found)
            page += 1


class PlainTencent:
    """Tencent Cloud by plain HTTP; its networks take no tokens."""

    def __init__(self, port: int, key: str) -> None:
        self._line, self._key = Line(port), key

    def _call(self, action: str, **parameters: object) -> Any:
        return checked(self._line.send(*tencent(action, self._key, **parameters)))

    def create(self, kind: str, token: str) -> str:
        if kind == NETWORK:
            made = self._call("CreateVpc", VpcName=token[:50], CidrBlock="10.0.0.0/16")
            return str(made["Vpc"]["VpcId"])
        return str(self._call("AllocateAddresses", ClientToken=token)["AddressSet"][0])

    def delete(self, kind: str, resource_id: str) -> None:
        if kind == NETWORK:
            self._call("DeleteVpc", VpcId=resource_id)
        else:
            self._call("ReleaseAddresses", AddressIds=[resource_id])

    def list(self, kind: str) -> Iterator[str]:
        action, name, field = {
            NETWORK: ("DescribeVpcs", "VpcSet", "VpcId"),
            ADDRESS: ("DescribeAddresses", "AddressSet", "AddressId"),
        }[kind]
        start = 0
        while True:
            size = {"Offset": str(start), "Limit": str(_PAGE)}
            if kind == ADDRESS:
                size = {"Offset": start, "Limit": _PAGE}  # type: ignore[dict-item]
            found = self._call(action, **size)[name]
            if not found:
                return
            yield from (each[field] for each in found)
            start += len(found)


class SdkAlibaba(PlainAlibaba):
    """Alibaba Cloud by its SDK."""

    def __init__(self, port: int, key: str) -> None:
        from alibabacloud_tea_openapi.models import Config  # noqa: PLC0415 - only who uses it has it
        from alibabacloud_vpc20160428 import models  # noqa: PLC0415
        from alibabacloud_vpc20160428.client import Client  # noqa: PLC0415

        self._models = models
        self._client = Client(
            Config(
                access_key_id=key,
                access_key_secret="any",
                region_id="cn-hangzhou",
                endpoint=f"127.0.0.1:{port}",
                protocol="http",
            )
        )

    def _call(self, action: str, **parameters: object) -> Any:
        name = "".join(f"_{each.lower()}" if each.isupper() else each for each in action).removeprefix("_")
        request = getattr(self._models, f"{action}Request")()
        request.from_map({"RegionId": "cn-hangzhou", **parameters})
        try:
            reply = getattr(self._client, name)(request)
        except Exception as error:  # noqa: BLE001 - the SDK raises what it likes
            code, data = getattr(error, "code", None), getattr(error, "data", None) or {}
            if not code:
                raise Lost(f"{type(error).__name__}: {error}") from None
            injected = "fault in the emulator" in str(error)
            if not injected and (int(data.get("statusCode") or 0) >= 500 or code == "InternalError"):
                raise Broken(f"{code}: {error}") from None
            raise Refused(code, injected=injected) from None
        return reply.body.to_map()


class SdkTencent(PlainTencent):
    """Tencent Cloud by its SDK."""

    def __init__(self, port: int, key: str) -> None:
        from tencentcloud.common.credential import Credential  # noqa: PLC0415 - only who uses it has it
        from tencentcloud.common.exception import tencent_cloud_sdk_exception as errors  # noqa: PLC0415
        from tencentcloud.common.profile.client_profile import ClientProfile  # noqa: PLC0415
        from tencentcloud.common.profile.http_profile import HttpProfile  # noqa: PLC0415
        from tencentcloud.vpc.v20170312.vpc_client import VpcClient  # noqa: PLC0415

        self._error = errors.TencentCloudSDKException
        profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=f"127.0.0.1:{port}"))
        self._client = VpcClient(Credential(key, "any"), "ap-guangzhou", profile)

    def _call(self, action: str, **parameters: object) -> Any:
        try:
            return self._client.call_json(action, parameters)["Response"]
        except self._error as error:
            code = error.get_code() or ""
            if code in {"", "ClientNetworkError", "ServerNetworkError", "ClientParamError"}:
                raise Lost(str(error)) from None
            injected = "fault in the emulator" in str(error)
            if not injected and code.startswith("InternalError"):
                raise Broken(f"{code}: {error}") from None
            raise Refused(code, injected=injected) from None
        except (ValueError, OSError) as error:
            raise Lost(f"an answer that is cut off: {error}") from None


CLOUDS = {
    "alibaba": PlainAlibaba,
    "tencent": PlainTencent,
    "alibaba-sdk": SdkAlibaba,
    "tencent-sdk": SdkTencent,
}
