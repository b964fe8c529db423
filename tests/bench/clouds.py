"""Requests as the official SDKs shape them, signed, and the resources that the measured ones need."""

import base64
import hashlib
import hmac
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tests.bench.client import load

SECRET = "0123456789abcdefghijABCDEFGHIJ"
HUGE = {"alibaba": "ecs.bench.huge", "tencent": "BENCH.HUGE"}
"""An instance type of ours on each cloud, with room for many interfaces."""


class Account(ABC):
    """An account, reached at ``port``, that makes interfaces: of a cloud of ours, or of a peer's."""

    name: str
    several: Mapping[str, Any]
    """Parameters of ``create`` for an interface with three addresses and a tag."""

    def __init__(self, port: int, account: str) -> None:
        self.port = port
        self.account = account

    @abstractmethod
    def request(self, action: str, **parameters: Any) -> bytes:
        """Return a signed request, ready to be sent."""

    @abstractmethod
    def create_network(self) -> None:
        """Create a network, a subnet, a security group."""

    @abstractmethod
    def create(self, **more: Any) -> bytes:
        """Return a request for one interface."""

    @abstractmethod
    def interface_of(self, body: bytes) -> str:
        """Return the id in the answer to ``create``."""

    def delete(self, interface: str) -> bytes:
        """Return a request that deletes an interface."""
        return self.request("DeleteNetworkInterface", NetworkInterfaceId=interface)

    def populate(self, count: int, **more: Any) -> list[str]:
        """Create so many interfaces and return their ids."""
        run = load(self.port, [[self.create(**more)]] * 8, count, keep=True)
        return [self.interface_of(body) for body in run.bodies]


class Cloud(Account):
    """An account on one of the two clouds."""

    @abstractmethod
    def describe(self, interface: str) -> bytes:
        """Return a request for one interface by its id."""

    @abstractmethod
    def describe_page(self, count: int) -> bytes:
        """Return a request for the first so many interfaces."""

    @abstractmethod
    def run_instance(self) -> str:
        """Run an instance and return its id."""

    def call(self, action: str, **parameters: Any) -> dict[str, Any]:
        (body,) = load(self.port, [[self.request(action, **parameters)]], 1, keep=True).bodies
        tree: dict[str, Any] = json.loads(body)
        return tree.get("Response", tree)

    def move(self, interface: str, instance: str) -> list[bytes]:
        """Return an attachment and the detachment that undoes it."""
        ids = {"NetworkInterfaceId": interface, "InstanceId": instance}
        return [
            self.request("AttachNetworkInterface", **ids),
            self.request("DetachNetworkInterface", **ids),
        ]


class Alibaba(Cloud):
    """Signed as version 1, everything in the query of a POST: the classic SDK's way."""

    name = "alibaba"
    several: Mapping[str, Any] = {
        "SecondaryPrivateIpAddressCount": "2",
        "Tag.1.Key": "role",
        "Tag.1.Value": "bench",
    }
    vpc = vswitch = group = ""
    _nonce = 0

    def request(self, action: str, *, version: str = "2014-05-26", **parameters: Any) -> bytes:
        self._nonce += 1
        nonce = hashlib.md5(f"{self.account}{self._nonce}{time.time()}".encode()).hexdigest()  # noqa: S324
        query = {
            "AccessKeyId": self.account,
            "Action": action,
            "Format": "JSON",
            "RegionId": "cn-hangzhou",
            "SignatureMethod": "HMAC-SHA1",
            "SignatureNonce": nonce,
            "SignatureType": "",
            "SignatureVersion": "1.0",
            "Timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "Version": version,
            **_flatten(parameters),
        }
        canonical = "&".join(f"{_quote(name)}={_quote(query[name])}" for name in sorted(query))
        signed = f"POST&%2F&{_quote(canonical)}".encode()
        digest = hmac.digest(f"{SECRET}&".encode(), signed, "sha1")
        target = f"/?{canonical}&Signature={_quote(base64.b64encode(digest).decode())}"
        return post(
            target,
            {
                "Host": f"127.0.0.1:{self.port}",
                "x-acs-action": action,
                "x-acs-version": version,
                "x-sdk-invoke-type": "normal",
                "x-sdk-client": "python/2.0.0",
                "User-Agent": "AlibabaCloud (Linux;x86_64) Python/3.11.7 Core/2.16.1 requests/2.31.0",
                "Accept-Encoding": "identity",
                "Accept": "*/*",
                "Connection": "keep-alive",
            },
            b"",
        )

    def create_network(self) -> None:
        vpc = "2016-04-28"
        self.vpc = self.call("CreateVpc", version=vpc, CidrBlock="10.0.0.0/8")["VpcId"]
        self.vswitch = self.call(
            "CreateVSwitch",
            version=vpc,
            VpcId=self.vpc,
            ZoneId="cn-hangzhou-h",
            CidrBlock="10.0.0.0/16",
        )["VSwitchId"]
        self.group = self.call("CreateSecurityGroup", VpcId=self.vpc)["SecurityGroupId"]

    def create(self, **more: Any) -> bytes:
        return self.request(
            "CreateNetworkInterface",
            VSwitchId=self.vswitch,
            SecurityGroupId=self.group,
            NetworkInterfaceName="bench",
            **more,
        )

    def describe(self, interface: str) -> bytes:
        return self.request("DescribeNetworkInterfaces", NetworkInterfaceId=[interface])

    def describe_page(self, count: int) -> bytes:
        return self.request("DescribeNetworkInterfaces", PageNumber="1", PageSize=str(count))

    def interface_of(self, body: bytes) -> str:
        return str(json.loads(body)["NetworkInterfaceId"])

    def run_instance(self) -> str:
        reply = self.call(
            "RunInstances",
            InstanceType=HUGE[self.name],
            ImageId="m-bench",
            VSwitchId=self.vswitch,
            SecurityGroupId=self.group,
        )
        return str(reply["InstanceIdSets"]["InstanceIdSet"][0])


class Tencent(Cloud):
    """Signed with TC3-HMAC-SHA256, parameters as JSON: the SDK's way."""

    name = "tencent"
    several: Mapping[str, Any] = {
        "SecondaryPrivateIpAddressCount": 2,
        "Tags": [{"Key": "role", "Value": "bench"}],
    }
    vpc = subnet = group = ""

    def request(self, action: str, **parameters: Any) -> bytes:
        body = json.dumps(parameters).encode()
        now = int(time.time())
        date = time.strftime("%Y-%m-%d", time.gmtime(now))
        host = f"127.0.0.1:{self.port}"
        canonical = (
            f"POST\n/\n\ncontent-type:application/json\nhost:{host}\n\ncontent-type;host\n"
            f"{hashlib.sha256(body).hexdigest()}"
        )
        scope = f"{date}/127/tc3_request"
        signed = f"TC3-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        key = f"TC3{SECRET}".encode()
        for part in (date, "127", "tc3_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        signature = hmac.digest(key, signed.encode(), "sha256").hex()
        return post(
            "/",
            {
                "Host": host,
                "User-Agent": "python-requests/2.31.0",
                "Accept-Encoding": "gzip, deflate",
                "Accept": "*/*",
                "Connection": "keep-alive",
                "Content-Type": "application/json",
                "X-TC-Action": action,
                "X-TC-RequestClient": "SDK_PYTHON_3.1.195",
                "X-TC-Timestamp": str(now),
                "X-TC-Version": "2017-03-12",
                "X-TC-Region": "ap-guangzhou",
                "X-TC-Language": "zh-CN",
                "X-TC-TraceId": "00000000-0000-0000-0000-000000000000",
                "Authorization": f"TC3-HMAC-SHA256 Credential={self.account}/{scope}, "
                f"SignedHeaders=content-type;host, Signature={signature}",
            },
            body,
        )

    def create_network(self) -> None:
        vpc = self.call("CreateVpc", VpcName="bench", CidrBlock="10.0.0.0/12")
        self.vpc = vpc["Vpc"]["VpcId"]
        subnet = self.call(
            "CreateSubnet",
            VpcId=self.vpc,
            SubnetName="bench",
            CidrBlock="10.0.0.0/16",
            Zone="ap-guangzhou-3",
        )
        self.subnet = subnet["Subnet"]["SubnetId"]
        group = self.call("CreateSecurityGroup", GroupName="bench", GroupDescription="bench")
        self.group = group["SecurityGroup"]["SecurityGroupId"]

    def create(self, **more: Any) -> bytes:
        return self.request(
            "CreateNetworkInterface",
            VpcId=self.vpc,
            SubnetId=self.subnet,
            SecurityGroupIds=[self.group],
            NetworkInterfaceName="bench",
            **more,
        )

    def describe(self, interface: str) -> bytes:
        return self.request("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface])

    def describe_page(self, count: int) -> bytes:
        return self.request("DescribeNetworkInterfaces", Offset=0, Limit=count)

    def interface_of(self, body: bytes) -> str:
        return str(json.loads(body)["Response"]["NetworkInterface"]["NetworkInterfaceId"])

    def run_instance(self) -> str:
        reply = self.call(
            "RunInstances",
            InstanceType=HUGE[self.name],
            ImageId="img-12345678",
            Placement={"Zone": "ap-guangzhou-3"},
            VirtualPrivateCloud={"VpcId": self.vpc, "SubnetId": self.subnet},
            SecurityGroupIds=[self.group],
        )
        return str(reply["InstanceIdSet"][0])


def _flatten(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Return parameters as the classic SDK flattens them; lists, of texts only, count from 1."""
    flat: dict[str, str] = {}
    for name, value in parameters.items():
        if isinstance(value, list):
            flat.update((f"{name}.{place}", entry) for place, entry in enumerate(value, 1))
        else:
            flat[name] = value
    return flat


def _quote(text: str) -> str:
    return quote(text, safe="~")


def post(target: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """Return a request as it is sent."""
    lines = [
        f"POST {target} HTTP/1.1",
        *(f"{name}: {value}" for name, value in headers.items()),
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
