"""What ali-nuke and bosh do."""

from tests.consumers.alibaba.program_account import AlibabaProgram
from tests.contract.polling import poll


def test_ali_nuke_removes_every_interface_that_is_not_primary(acs3_account: AlibabaProgram) -> None:
    account = acs3_account
    _, (vswitch_id,), group_id = account.create_network("10.0.0.0/24")
    node = account.run_node(vswitch_id, group_id)
    params = {"VSwitchId": vswitch_id, "SecurityGroupId": group_id}
    free = [account.ecs("CreateNetworkInterface", **params)["NetworkInterfaceId"] for _ in range(2)]
    account.ecs("AttachNetworkInterface", NetworkInterfaceId=free[0], InstanceId=node)

    def nuke() -> list[str]:
        left, number, seen = [], 1, 0
        while True:
            page = account.ecs("DescribeNetworkInterfaces", PageNumber=number, PageSize=100)
            shown = page["NetworkInterfaceSets"]["NetworkInterfaceSet"]
            seen, number = seen + len(shown), number + 1
            for each in shown:
                if each["Type"] != "Primary":
                    left.append(each["NetworkInterfaceId"])
                    for action in ("DetachNetworkInterface", "DeleteNetworkInterface"):
                        account.refusal(action, NetworkInterfaceId=each["NetworkInterfaceId"])
            if seen >= page["TotalCount"]:
                return left

    assert nuke() == [*reversed(free)]
    poll(nuke, [free[0]])  # a detachment without the instance is refused: its instance must go first
    account.ecs("DeleteInstance", InstanceId=node, Force=True)
    poll(nuke, [])


def test_bosh_waits_for_an_instance_to_be_deletable_and_cleans_up_the_interfaces_that_it_leaves(
    account: AlibabaProgram,
) -> None:
    _, (vswitch_id,), group_id = account.create_network("10.0.0.0/24")
    params = {"VSwitchId": vswitch_id, "SecurityGroupId": group_id}
    account.add_fault("RunInstances", delay_ms=500, times=1)
    image = "aliyun_3_x64_20G_alibase_20240528.vhd"
    reply = account.ecs("RunInstances", ImageId=image, InstanceType="ecs.g7.xlarge", **params)
    (vm,) = reply["InstanceIdSets"]["InstanceIdSet"]

    delete = {"InstanceId": vm, "Force": True}
    assert account.refusal("DeleteInstance", **delete) == "IncorrectInstanceStatus.Initializing"
    poll(lambda: account.instance_status(vm), "Running")
    eni = account.ecs("CreateNetworkInterface", DeleteOnRelease=False, **params)["NetworkInterfaceId"]
    account.ecs("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId=vm)
    poll(lambda: account.interface_status(eni), "InUse")
    assert account.refusal("DeleteInstance", **delete) == ""
    gone = "InvalidEniId.NotFound"
    seen = poll(lambda: account.refusal("DeleteNetworkInterface", NetworkInterfaceId=eni), gone)
    assert seen[-2:] == ["", gone]
