"""What a call can come to, read from the code, against what the guides promise and what calls do."""

import pytest
from tests.emulator.faults.cloud import CloudClient, error_code
from tests.harness import emulator

from duolect.access.conditions import InvalidCondition
from duolect.faults.reach import reach_of
from duolect.faults.rules import FaultRule
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.tencent.dialect import TencentDialect

DIALECTS = {"alibaba": AlibabaDialect(), "tencent": TencentDialect()}
FAULTS = ({"hang": True}, {"delay_ms": 1000}, {"slow": 3}, {"fail": True})
NOTHING_BEGINS = [
    *(("alibaba", name) for name in ("CreateSecurityGroup", "DeleteSecurityGroup", "ModifyVpcAttribute")),
    *(("alibaba", name) for name in ("AuthorizeSecurityGroup", "TagResources", "JoinSecurityGroup")),
    *(("tencent", name) for name in ("CreateSecurityGroup", "DeleteSecurityGroup", "CreateVpc")),
    *(
        ("tencent", name)
        for name in ("DeleteVpc", "CreateSubnet", "DeleteSubnet", "ModifyAddressAttribute")
    ),
]


def reach(cloud, name):
    dialect = DIALECTS[cloud]
    (action, *_) = (each for (_, called), each in dialect.actions.items() if called == name)
    return reach_of(dialect, action)


@pytest.mark.parametrize(("cloud", "action"), NOTHING_BEGINS)
@pytest.mark.parametrize("effect", FAULTS, ids=str)
def test_what_begins_nothing_cannot_be_made_late_or_fail(cloud, action, effect):
    with pytest.raises(
        InvalidCondition, match=rf"{action} never begins an operation .* has no effect on it"
    ):
        emulator().pipeline.faults.add(FaultRule(cloud=cloud, action=action, **effect))


@pytest.mark.parametrize(
    ("cloud", "action"),
    [
        *(("alibaba", name) for name in ("CreateVpc", "CreateVSwitch", "AllocateEipAddress")),
        *(("alibaba", name) for name in ("CreateDefaultVpc", "ModifyVSwitchAttribute")),
        ("tencent", "AllocateAddresses"),
    ],
)
def test_what_always_comes_up_can_hang_and_not_fail(cloud, action):
    faults = emulator().pipeline.faults
    faults.add(FaultRule(cloud=cloud, action=action, hang=True))
    with pytest.raises(InvalidCondition, match=f"{action} never begins an operation that can fail: fail"):
        faults.add(FaultRule(cloud=cloud, action=action, fail=True, delay_ms=1))


@pytest.mark.parametrize(
    ("cloud", "action"),
    [
        *(
            ("alibaba", name)
            for name in ("AttachNetworkInterface", "DetachNetworkInterface", "RunInstances")
        ),
        *(("alibaba", name) for name in ("StartInstances", "StopInstance", "RebootInstances")),
        *(
            ("alibaba", name)
            for name in ("DeleteInstances", "DeleteNetworkInterface", "AssociateEipAddress")
        ),
        *(("alibaba", name) for name in ("AssignPrivateIpAddresses", "UnassignIpv6Addresses")),
        *(("tencent", name) for name in ("MigrateNetworkInterface", "MigratePrivateIpAddress")),
        *(("tencent", name) for name in ("CreateAndAttachNetworkInterface", "TerminateInstances")),
        *(("tencent", name) for name in ("ReleaseAddresses", "ResetInstancesType", "DisassociateAddress")),
    ],
)
def test_what_takes_time_can_hang_and_fail(cloud, action):
    faults = emulator().pipeline.faults
    for effect in FAULTS:
        faults.add(FaultRule(cloud=cloud, action=action, **effect))


def test_only_what_looks_for_addresses_or_slots_finds_none():
    allocating = ("CreateNetworkInterface", "RunInstances", "AssignIpv6Addresses")
    for cloud in DIALECTS:
        assert all(reach(cloud, name).allocates for name in allocating)
        assert reach(cloud, "AttachNetworkInterface").attaches
        assert not reach(cloud, "AttachNetworkInterface").allocates
        assert not reach(cloud, "CreateVpc").allocates
        assert not reach(cloud, "DetachNetworkInterface").attaches
    faults = emulator().pipeline.faults
    with pytest.raises(InvalidCondition, match="never looks for free addresses in a subnet: exhausted"):
        faults.add(FaultRule(cloud="alibaba", action="DeleteVpc", exhausted=True))
    with pytest.raises(InvalidCondition, match="never attaches an interface: limit"):
        faults.add(FaultRule(cloud="tencent", action="CreateSubnet", limit=2))


def test_for_all_actions_an_effect_needs_one_that_has_it():
    faults = emulator().pipeline.faults
    for effect in (*FAULTS, {"exhausted": True}, {"limit": 2}, {"stale_ms": 5}):
        faults.add(FaultRule(cloud="tencent", **effect))


@pytest.mark.parametrize("cloud", ["alibaba"])
def test_a_deletion_of_a_network_hangs_where_the_cloud_takes_its_time(cloud):
    client = CloudClient(cloud)
    fault = client.add_fault("DeleteVSwitch", hang=True)
    client.call("DeleteNetworkInterface", NetworkInterfaceId=client.resources.interface)
    client.call("DeleteInstance", InstanceId=client.resources.instance, Force="true")
    client.emulator.advance(600_000)
    answer = client.call("DeleteVSwitch", VSwitchId=client.resources.subnet)
    assert error_code(answer) == ""
    assert fault.hits == 1
    client.emulator.advance(600_000)
    client.client.partition.settle(client.emulator.clock.now())
    assert client.resources.subnet in client.graph.subnets


@pytest.mark.parametrize("cloud", DIALECTS)
def test_every_action_can_be_read(cloud):
    dialect = DIALECTS[cloud]
    found = {key: reach_of(dialect, action) for key, action in dialect.actions.items()}
    beginning = {name for (_, name), each in found.items() if each.begins}
    assert len(beginning) > 20
    assert not any(each.fails and not each.begins for each in found.values())
    assert not {name for name in beginning if dialect.actions[next(k for k in found if k[1] == name)].reads}
