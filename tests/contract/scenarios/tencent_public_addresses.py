"""How users call the actions on elastic public addresses with Tencent Cloud's SDK."""

from collections.abc import Callable
from typing import Any

from tests.contract.watching import watch


def _finish(scene: Any, reply: Any) -> None:
    """Wait for the task that a reply names by its number."""
    watch(lambda: scene.vpc("DescribeTaskResult", TaskId=int(reply.TaskId)).Result, "SUCCESS")


def _eip(scene: Any) -> str:
    reply = scene.vpc("AllocateAddresses", AddressName="web", InternetMaxBandwidthOut=10)
    _finish(scene, reply)
    (address_id,) = reply.AddressSet
    return str(address_id)


def _show(scene: Any, address_id: str) -> Any:
    found = scene.vpc("DescribeAddresses", AddressIds=[address_id]).AddressSet
    return found[0] if found else None


def allocate(scene: Any) -> None:
    shown = _show(scene, _eip(scene))
    assert (shown.AddressStatus, shown.AddressName, shown.Bandwidth) == ("UNBIND", "web", 10)


def associate(scene: Any) -> str:
    address_id = _eip(scene)
    (private,) = scene.interfaces(network_interface_id=scene.interface_id)[0].PrivateIpAddressSet
    reply = scene.vpc(
        "AssociateAddress",
        AddressId=address_id,
        NetworkInterfaceId=scene.interface_id,
        PrivateIpAddress=private.PrivateIpAddress,
    )
    _finish(scene, reply)
    shown = _show(scene, address_id)
    assert (shown.AddressStatus, shown.NetworkInterfaceId) == ("BIND_ENI", scene.interface_id)
    (interface,) = scene.interfaces(public_address_ip=shown.AddressIp)
    assert interface.PrivateIpAddressSet[0].PublicIpAddress == shown.AddressIp
    return address_id


def disassociate(scene: Any) -> None:
    address_id = _eip(scene)
    _finish(scene, scene.vpc("AssociateAddress", AddressId=address_id, InstanceId=scene.instance_id))
    (instance,) = scene.cvm("DescribeInstances", InstanceIds=[scene.instance_id]).InstanceSet
    assert instance.PublicIpAddresses == [_show(scene, address_id).AddressIp]
    _finish(scene, scene.vpc("DisassociateAddress", AddressId=address_id))
    assert _show(scene, address_id).AddressStatus == "UNBIND"


def release(scene: Any) -> None:
    address_id = _eip(scene)
    _finish(scene, scene.vpc("ReleaseAddresses", AddressIds=[address_id]))
    assert _show(scene, address_id) is None


def modify(scene: Any) -> None:
    address_id = _eip(scene)
    scene.vpc("ModifyAddressAttribute", AddressId=address_id, AddressName="shop")
    assert _show(scene, address_id).AddressName == "shop"


def modify_bandwidth(scene: Any) -> None:
    address_id = _eip(scene)
    _finish(
        scene,
        scene.vpc("ModifyAddressesBandwidth", AddressIds=[address_id], InternetMaxBandwidthOut=20),
    )
    assert _show(scene, address_id).Bandwidth == 20


def describe(scene: Any) -> None:
    first, second = _eip(scene), _eip(scene)
    page = scene.vpc(
        "DescribeAddresses", Filters=[{"Name": "address-status", "Values": ["UNBIND"]}], Limit=1
    )
    assert (page.TotalCount, [each.AddressId for each in page.AddressSet]) == (2, [second])
    assert first != second


def describe_task_result(scene: Any) -> None:
    reply = scene.vpc("AllocateAddresses")
    assert scene.vpc("DescribeTaskResult", TaskId=int(reply.TaskId)).Result == "RUNNING"


def describe_quota(scene: Any) -> None:
    assert _eip(scene)
    told = {each.QuotaId: each for each in scene.vpc("DescribeAddressQuota").QuotaSet}
    total = told["TOTAL_EIP_QUOTA"]
    assert (total.QuotaCurrent, total.QuotaLimit) == (1, 20)


CALLS: dict[str, Callable[[Any], object]] = {
    "AllocateAddresses": allocate,
    "AssociateAddress": associate,
    "DisassociateAddress": disassociate,
    "ReleaseAddresses": release,
    "ModifyAddressAttribute": modify,
    "ModifyAddressesBandwidth": modify_bandwidth,
    "DescribeAddresses": describe,
    "DescribeAddressQuota": describe_quota,
    "DescribeTaskResult": describe_task_result,
}
