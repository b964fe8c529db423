"""Tencent Cloud's command line tool: signed with TC3-HMAC-SHA256; an attach is waited for with --waiter."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from checks import ENDPOINT, KEY, SCHEME, SECRET, Checks, main, watch

ZONE, OTHER_ZONE = "ap-guangzhou-3", "ap-guangzhou-4"
DONE = "{'expr': 'Status', 'to': 'SUCCESS', 'timeout': 20, 'interval': 1}"


class Refused(Exception):
    """The tool ended with an error; ``code`` is the one that it shows."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(status, said)
        self.status = status
        self.said = said
        found = re.search(r"code:(\S+)", said)
        self.code = found[1] if found else ""


class Tool:
    """The command, with a home directory of its own."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._command = str(Path(sys.executable).with_name("tccli"))

    def __call__(self, service: str, action: str, *flags: str, secret: str = SECRET, **given: Any) -> Any:
        """Run ``tccli SERVICE ACTION --Name value ...`` and return what it prints."""
        parameters = [
            word
            for name, value in given.items()
            for word in (f"--{name}", value if isinstance(value, str) else json.dumps(value))
        ]
        done = subprocess.run(  # noqa: S603 - arguments of this program
            [
                *(self._command, service, action, *parameters, *flags),
                *("--region", "ap-guangzhou"),
                *(("--endpoint", f"{SCHEME}://{ENDPOINT}") if ENDPOINT else ()),
            ],
            env={
                **os.environ,
                "HOME": self._home,
                "TENCENTCLOUD_SECRET_ID": KEY,
                "TENCENTCLOUD_SECRET_KEY": secret,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        if done.returncode:
            raise Refused(done.returncode, done.stdout + done.stderr)
        return json.loads(done.stdout)


def scenario(checks: Checks, _: None) -> None:
    """Live the life of an interface."""
    with tempfile.TemporaryDirectory() as home:
        live(checks, Tool(home))


def live(checks: Checks, tccli: Tool) -> None:  # noqa: PLR0915 - a life, from beginning to end
    """Live it with the command's home in place."""
    with checks.check("sign") as told:
        tccli("vpc", "DescribeNetworkInterfaces")
        error = refusal(lambda: tccli("vpc", "DescribeNetworkInterfaces", secret=f"not{SECRET}"))
        assert error.code == "AuthFailure.SignatureFailure"
        told.append(f"another secret: {error.code}")

    def create_subnet(zone: str, block: str) -> str:
        reply = tccli("vpc", "CreateSubnet", VpcId=vpc_id, SubnetName=zone, Zone=zone, CidrBlock=block)
        return str(reply["Subnet"]["SubnetId"])

    def create_interface(subnet_id: str) -> Any:
        return tccli(
            "vpc",
            "CreateNetworkInterface",
            VpcId=vpc_id,
            SubnetId=subnet_id,
            NetworkInterfaceName="second",
            SecurityGroupIds=[group_id],
            SecondaryPrivateIpAddressCount=1,
            Tags=[{"Key": "team", "Value": "\u7f51\u7edc"}],
        )["NetworkInterface"]

    def instance_state(instance_id: str) -> str | None:
        found = tccli("cvm", "DescribeInstances", InstanceIds=[instance_id])["InstanceSet"]
        return found[0]["InstanceState"] if found else None

    def find_interface(interface_id: str) -> Any:
        reply = tccli("vpc", "DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id])
        return next(iter(reply["NetworkInterfaceSet"]), None)

    def attach(interface_id: str, instance_id: str) -> Any:
        return tccli(
            "vpc", "AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=instance_id
        )

    def wait_for_task(task_id: str) -> str:
        return str(tccli("vpc", "DescribeVpcTaskResult", "--waiter", DONE, TaskId=task_id)["Status"])

    with checks.check("success"):
        vpc_id = tccli("vpc", "CreateVpc", VpcName="shop", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnet_id = create_subnet(ZONE, "10.0.0.0/24")
        other_subnet_id = create_subnet(OTHER_ZONE, "10.0.1.0/24")
        group_id = tccli("vpc", "CreateSecurityGroup", GroupName="web", GroupDescription="web servers")[
            "SecurityGroup"
        ]["SecurityGroupId"]
        (instance_id,) = tccli(
            "cvm",
            "RunInstances",
            ImageId="img-487zeit5",
            InstanceType="S5.MEDIUM4",
            Placement={"Zone": ZONE},
            VirtualPrivateCloud={"VpcId": vpc_id, "SubnetId": subnet_id},
            SecurityGroupIds=[group_id],
        )["InstanceIdSet"]
        watch(lambda: instance_state(instance_id), "RUNNING")
        near = create_interface(subnet_id)
        assert near["State"] == "PENDING"
        assert near["Zone"] == ""  # known only later
        assert [each["Primary"] for each in near["PrivateIpAddressSet"]] == [True, False]
        assert near["TagSet"] == [{"Key": "team", "Value": "\u7f51\u7edc"}]
        near_id = near["NetworkInterfaceId"]
        far_id = create_interface(other_subnet_id)["NetworkInterfaceId"]
        watch(lambda: find_interface(far_id)["State"], "AVAILABLE")

    with checks.check("error") as told:
        unknown = refusal(lambda: attach("eni-nowhere0", instance_id))
        assert (unknown.code, unknown.status) == ("ResourceNotFound", 255)
        distant = refusal(lambda: attach(far_id, instance_id))
        assert (distant.code, distant.status) == ("UnsupportedOperation.ZoneMismatch", 255)
        # What is always required the tool asks for by itself; within a structure it does not.
        placeless = {"ImageId": "img-487zeit5", "InstanceType": "S5.MEDIUM4", "Placement": {"ProjectId": 0}}
        incomplete = refusal(lambda: tccli("cvm", "RunInstances", **placeless))
        assert (incomplete.code, incomplete.status) == ("MissingParameter", 255)
        assert "Zone" in incomplete.said
        told += [unknown.code, distant.code, incomplete.code]

    with checks.check("poll") as told:
        assert wait_for_task(attach(near_id, instance_id)["RequestId"]) == "SUCCESS"
        shown = find_interface(near_id)
        assert shown["State"] == "AVAILABLE"
        assert shown["Attachment"]["InstanceId"] == instance_id
        detached = tccli(
            "vpc", "DetachNetworkInterface", NetworkInterfaceId=near_id, InstanceId=instance_id
        )
        assert wait_for_task(detached["RequestId"]) == "SUCCESS"
        assert find_interface(near_id)["Attachment"] is None
        told.append("by --waiter")

    with checks.check("success") as told:
        for interface_id in (near_id, far_id):
            tccli("vpc", "DeleteNetworkInterface", NetworkInterfaceId=interface_id)
            watch(lambda: find_interface(interface_id), None)  # noqa: B023 - called at once
        tccli("cvm", "TerminateInstances", InstanceIds=[instance_id])
        watch(lambda: instance_state(instance_id), None)
        tccli("vpc", "DeleteSecurityGroup", SecurityGroupId=group_id)
        for each in (subnet_id, other_subnet_id):
            tccli("vpc", "DeleteSubnet", SubnetId=each)
        tccli("vpc", "DeleteVpc", VpcId=vpc_id)
        assert refusal(lambda: tccli("vpc", "DeleteVpc", VpcId=vpc_id)).code == "ResourceNotFound"
        told.append("all deleted")


def refusal(call: Any) -> Refused:
    """Return what a call is refused with."""
    try:
        call()
    except Refused as error:
        return error
    raise AssertionError("the call was expected to be refused")


main("tccli", {"TC3": None}, scenario)
