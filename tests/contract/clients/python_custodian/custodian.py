"""cloud-custodian's provider for Tencent Cloud: policies over its resources, TC3-HMAC-SHA256.

It writes the cloud's host names itself and speaks https only, so that the emulator is its proxy, and has to
be trusted. What the policies find is made by the SDK that custodian brings.
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import certifi
from checks import ENDPOINT, KEY, SECRET, Checks, main, watch
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

REGION, ZONE = "ap-guangzhou", "ap-guangzhou-3"
VERSIONS = {"vpc": "2017-03-12", "cvm": "2017-03-12"}
PAGE = 20
"""As many as custodian asks for at once."""
MORE = PAGE + 3


def client(service: str) -> CommonClient:
    """Return the SDK's client of a service, which finds the emulator."""
    http = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=ENDPOINT))
    return CommonClient(service, VERSIONS[service], Credential(KEY, SECRET), REGION, http)


class Failed(Exception):
    """A run of custodian failed; its text is what it said."""


class Custodian:
    """The command, with a home and a folder for what it finds."""

    def __init__(self, home: str) -> None:
        self._home = Path(home)
        self._runs = 0

    def __call__(self, *policies: dict[str, Any], secret: str = SECRET) -> list[list[dict[str, Any]]]:
        """Run policies, and return the resources that each of them found."""
        self._runs += 1
        output = self._home / str(self._runs)
        named = [{"name": f"policy-{number}", **policy} for number, policy in enumerate(policies)]
        file = self._home / f"{self._runs}.json"
        file.write_text(json.dumps({"policies": named}))
        done = subprocess.run(  # noqa: S603 - arguments of this program
            [Path(sys.executable).with_name("custodian"), "run", "--output-dir", output, file],
            env={
                **os.environ,
                "HOME": str(self._home),
                "TENCENTCLOUD_SECRET_ID": KEY,
                "TENCENTCLOUD_SECRET_KEY": secret,
                "TENCENTCLOUD_REGION": REGION,
                "HTTPS_PROXY": f"http://{ENDPOINT}",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )
        if done.returncode:
            raise Failed(done.stdout + done.stderr)
        return [json.loads((output / each["name"] / "resources.json").read_text()) for each in named]


class Account:
    """What is there before custodian looks."""

    def __init__(self) -> None:
        self._clients = {service: client(service) for service in VERSIONS}
        self.vpc_id: str = self.do("vpc", "CreateVpc", VpcName="shop", CidrBlock="10.0.0.0/16")["Vpc"][
            "VpcId"
        ]
        blocks = [
            {"SubnetName": f"n{number}", "CidrBlock": f"10.0.{number}.0/24", "Zone": ZONE}
            for number in range(MORE)
        ]
        made = self.do("vpc", "CreateSubnets", VpcId=self.vpc_id, Subnets=blocks)["SubnetSet"]
        self.subnet_ids = [each["SubnetId"] for each in made]
        self.group_id = self._group("web", {"Key": "team", "Value": "net"})
        self.unused_group_id = self._group("empty", {"Key": "team", "Value": "none"})
        tcp = {"Protocol": "TCP", "Port": "22", "CidrBlock": "0.0.0.0/0", "Action": "ACCEPT"}
        policies = {"Ingress": [tcp]}
        self.do(
            "vpc",
            "CreateSecurityGroupPolicies",
            SecurityGroupId=self.group_id,
            SecurityGroupPolicySet=policies,
        )
        self.instance_ids: list[str] = self.do(
            "cvm",
            "RunInstances",
            ImageId="img-487zeit5",
            InstanceType="S5.MEDIUM4",
            InstanceCount=MORE,
            Placement={"Zone": ZONE},
            VirtualPrivateCloud={"VpcId": self.vpc_id, "SubnetId": self.subnet_ids[0]},
            SecurityGroupIds=[self.group_id],
            TagSpecification=[{"ResourceType": "instance", "Tags": [{"Key": "team", "Value": "net"}]}],
        )["InstanceIdSet"]
        self.address_ids: list[str] = self.do("vpc", "AllocateAddresses", AddressCount=2)["AddressSet"]
        self.watch("RUNNING")

    def do(self, service: str, action: str, **parameters: Any) -> Any:
        return self._clients[service].call_json(action, parameters)["Response"]

    def _group(self, name: str, tag: dict[str, str]) -> str:
        reply = self.do("vpc", "CreateSecurityGroup", GroupName=name, GroupDescription="g", Tags=[tag])
        return str(reply["SecurityGroup"]["SecurityGroupId"])

    def states(self) -> set[str]:
        found = self.do("cvm", "DescribeInstances", Limit=100)["InstanceSet"]
        return {each["InstanceState"] for each in found}

    def watch(self, *states: str) -> None:
        """Wait until all instances are in a state, or all gone."""
        watch(self.states, {*states})


def scenario(checks: Checks, _: None) -> None:
    """Let custodian keep an account in order."""
    trust()
    with tempfile.TemporaryDirectory() as home:
        live(checks, Custodian(home))


def live(checks: Checks, custodian: Custodian) -> None:  # noqa: PLR0915 - from beginning to end
    """Do it with the command's home in place."""
    everything = [{"resource": f"tencentcloud.{name}"} for name in ("vpc", "subnet", "security-group")]

    with checks.check("sign") as told:
        assert custodian(*everything) == [[], [], []]
        said = failure(lambda: custodian(everything[0], secret=f"not{SECRET}"))
        assert "AuthFailure.SignatureFailure" in said, said
        told.append("another secret: AuthFailure.SignatureFailure")

    with checks.check("success") as told:
        account = Account()
        vpcs, subnets, groups = custodian(*everything)
        assert ids(vpcs, "VpcId") == [account.vpc_id]
        assert ids(subnets, "SubnetId") == sorted(account.subnet_ids)
        assert ids(groups, "SecurityGroupId") == sorted([account.group_id, account.unused_group_id])
        instances, ours, disks, addresses, images = custodian(
            {"resource": "tencentcloud.cvm"},
            {"resource": "tencentcloud.cvm", "filters": [{"tag:team": "net"}]},
            {"resource": "tencentcloud.cbs"},
            {"resource": "tencentcloud.eip"},
            {"resource": "tencentcloud.ami"},
        )
        assert ids(instances, "InstanceId") == ids(ours, "InstanceId") == sorted(account.instance_ids)
        assert sorted(each["InstanceId"] for each in disks) == sorted(account.instance_ids)
        assert ids(addresses, "AddressId") == sorted(account.address_ids)
        assert images == []
        told.append(f"{len(subnets)} subnets and {len(instances)} instances in pages of {PAGE}")

        used = {"type": "used", "key": "CVM", "op": "greater-than", "value": 0}
        ssh = {"type": "ingress", "Protocol": "TCP", "Ports": [22]}
        tagged = {"tag:team": "net"}
        by_use, by_rule, by_tag = custodian(
            *(
                {"resource": "tencentcloud.security-group", "filters": [each]}
                for each in (used, ssh, tagged)
            )
        )
        assert ids(by_use, "SecurityGroupId") == ids(by_rule, "SecurityGroupId") == [account.group_id]
        # Their tags are asked for, but the answer has the number of the account in all names, which
        # custodian looks for in the wrong place of GetCallerIdentity.
        assert by_tag == []

    with checks.check("error") as told:
        asked = {"query": [{"Filters": [{"Name": "colour", "Values": ["red"]}]}]}
        said = failure(lambda: custodian({"resource": "tencentcloud.cvm", **asked}))
        assert "InvalidFilter" in said, said
        told.append("InvalidFilter")

    with checks.check("success") as told:
        cvm = {"resource": "tencentcloud.cvm"}
        custodian({**cvm, "actions": [{"type": "tag", "key": "cost", "value": "high"}]})
        custodian({**cvm, "actions": [{"type": "rename-tag", "old_key": "team", "new_key": "owner"}]})
        custodian({**cvm, "actions": [{"type": "mark-for-op", "op": "stop", "days": 4}]})
        # It asks for the tags of all instances at once, so that there must not be more than ten.
        one = [{"InstanceId": account.instance_ids[0]}]
        copy = {"type": "copy-instance-tags", "tags": ["cost"]}
        custodian({"resource": "tencentcloud.cbs", "filters": one, "actions": [copy]})
        marked, costly, disks = custodian(
            {**cvm, "filters": [{"type": "marked-for-op", "op": "stop", "skew": 5}], "actions": ["stop"]},
            {**cvm, "filters": [{"tag:cost": "high"}, {"tag:owner": "net"}, {"tag:team": "absent"}]},
            {"resource": "tencentcloud.cbs", "filters": [{"tag:cost": "high"}]},
        )
        assert (len(marked), len(costly)) == (MORE, MORE), (len(marked), len(costly))
        assert [each["InstanceId"] for each in disks] == [account.instance_ids[0]]
        account.watch("STOPPED")
        custodian({**cvm, "actions": [{"type": "remove-tag", "tags": ["cost"]}, "start"]})
        account.watch("RUNNING")
        (costly,) = custodian({**cvm, "filters": [{"tag:cost": "present"}]})
        assert costly == []
        custodian({**cvm, "actions": ["terminate"]})
        account.watch()
        told.append("tagged, stopped, started and terminated")

        for group_id in (account.group_id, account.unused_group_id):
            account.do("vpc", "DeleteSecurityGroup", SecurityGroupId=group_id)
        account.do("vpc", "ReleaseAddresses", AddressIds=account.address_ids)
        for subnet_id in account.subnet_ids:
            account.do("vpc", "DeleteSubnet", SubnetId=subnet_id)
        account.do("vpc", "DeleteVpc", VpcId=account.vpc_id)
        assert custodian(*everything) == [[], [], []]


def ids(found: Iterable[dict[str, Any]], name: str) -> list[str]:
    """Return the ids of what was found, in order."""
    return sorted(each[name] for each in found)


def failure(call: Callable[[], object]) -> str:
    """Return what custodian says where it fails."""
    try:
        call()
    except Failed as error:
        return str(error)
    raise AssertionError("custodian was expected to fail")


def trust() -> None:
    """Let this environment trust the emulator: the SDK reads certifi's list and nothing else."""
    file = Path(certifi.where())
    begin = "# -- the emulator --\n"
    known = file.read_text().partition(begin)[0]
    with urllib.request.urlopen(f"http://{ENDPOINT}/_duolect/ca", timeout=20) as reply:
        file.write_text(known + begin + reply.read().decode())


main("c7n-tencentcloud", {"TC3": None}, scenario)
