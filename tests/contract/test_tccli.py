"""The life of an interface as users of Tencent Cloud's command line live it."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.contract.polling import poll
from tests.contract.requirements import require_command
from tests.contract.sdks.tencent import OTHER_ZONE, REGION, ZONE, check
from tests.contract.server import SECRET, Server, environment

Tccli = Callable[..., Any]


class Refused(Exception):
    pass


@pytest.fixture
def tccli(server: Server, access_key: str, tmp_path: Path) -> Tccli:
    """Run ``tccli SERVICE ACTION --Name value ...`` and return what it prints."""
    command = require_command("tccli")

    def run(service: str, action: str, *flags: str, **parameters: Any) -> Any:
        arguments = [command, service, action]
        for name, value in parameters.items():
            arguments += [f"--{name}", value if isinstance(value, str) else json.dumps(value)]
        done = subprocess.run(  # noqa: S603 - the command under test
            [*arguments, *flags, "--region", REGION, "--endpoint", server.url],
            env=environment(
                HOME=str(tmp_path),
                TENCENTCLOUD_SECRET_ID=access_key,
                TENCENTCLOUD_SECRET_KEY=SECRET,
            ),
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        if done.returncode:
            raise Refused(done.returncode, done.stdout + done.stderr)
        return json.loads(done.stdout) if "--filter" not in flags else done.stdout

    return run


def test_the_life_of_an_interface(tccli: Tccli) -> None:
    vpc_id = tccli("vpc", "CreateVpc", VpcName="shop", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        tccli(
            "vpc",
            "CreateSubnet",
            VpcId=vpc_id,
            SubnetName=zone,
            Zone=zone,
            CidrBlock=f"10.0.{octet}.0/24",
        )["Subnet"]["SubnetId"]
        for octet, zone in enumerate((ZONE, OTHER_ZONE))
    ]
    near, far = [
        tccli(
            "cvm",
            "RunInstances",
            ImageId="img-487zeit5",
            InstanceType="S5.MEDIUM4",
            Placement={"Zone": zone},
            VirtualPrivateCloud={"VpcId": vpc_id, "SubnetId": subnet_id},
        )["InstanceIdSet"][0]
        for zone, subnet_id in zip((ZONE, OTHER_ZONE), subnets, strict=True)
    ]
    group_id = tccli("vpc", "CreateSecurityGroup", GroupName="web", GroupDescription="web")[
        "SecurityGroup"
    ]["SecurityGroupId"]
    created = tccli(
        "vpc",
        "CreateNetworkInterface",
        VpcId=vpc_id,
        SubnetId=subnets[0],
        NetworkInterfaceName="second",
        SecurityGroupIds=[group_id],
    )
    interface_id = created["NetworkInterface"]["NetworkInterfaceId"]
    assert created["NetworkInterface"]["State"] == "PENDING"

    with pytest.raises(Refused) as refused:
        tccli("vpc", "AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=far)
    status, said = refused.value.args
    assert status == 255
    assert "UnsupportedOperation.ZoneMismatch" in said

    attached = tccli("vpc", "AttachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=near)
    waited = tccli(
        "vpc",
        "DescribeVpcTaskResult",
        "--waiter",
        "{'expr': 'Status', 'to': 'SUCCESS', 'timeout': 10, 'interval': 1}",
        TaskId=attached["RequestId"],
    )
    assert waited["Status"] == "SUCCESS"
    reply = tccli("vpc", "DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id])
    check("DescribeNetworkInterfaces", reply)
    (shown,) = reply["NetworkInterfaceSet"]
    assert shown["State"] == "AVAILABLE"
    assert shown["Attachment"]["InstanceId"] == near
    holder = tccli(
        "vpc",
        "DescribeNetworkInterfaces",
        "--filter",
        "NetworkInterfaceSet[].Attachment.InstanceId",
        Filters=[{"Name": "network-interface-id", "Values": [interface_id]}],
    )
    assert near in holder

    tccli("vpc", "DetachNetworkInterface", NetworkInterfaceId=interface_id, InstanceId=near)

    def attachment() -> Any:
        reply = tccli("vpc", "DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id])
        return reply["NetworkInterfaceSet"][0]["Attachment"]

    poll(attachment, None)
    tccli("vpc", "DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    tccli("cvm", "TerminateInstances", InstanceIds=[near, far])
    poll(lambda: tccli("cvm", "DescribeInstances")["TotalCount"], 0)
    tccli("vpc", "DeleteSecurityGroup", SecurityGroupId=group_id)
    for subnet_id in subnets:
        tccli("vpc", "DeleteSubnet", SubnetId=subnet_id)
    tccli("vpc", "DeleteVpc", VpcId=vpc_id)
    assert tccli("vpc", "DescribeVpcs")["VpcSet"] == []


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ((), "message:资源 `none` 不存在。"),
        (("--language", "en-US"), "message:The resource `none` does not exist."),
    ],
)
def test_errors_are_printed_in_the_language_asked_for(
    tccli: Tccli, flags: tuple[str, ...], message: str
) -> None:
    with pytest.raises(Refused) as refused:
        tccli("vpc", "DescribeVpcTaskResult", *flags, TaskId="none")
    assert message in refused.value.args[1]


def test_an_unknown_interface_is_not_found(tccli: Tccli) -> None:
    with pytest.raises(Refused) as refused:
        tccli("vpc", "DeleteNetworkInterface", NetworkInterfaceId="eni-nowhere0")
    assert refused.value.args[0] == 255
    assert "ResourceNotFound" in refused.value.args[1]
