"""Faults inside the cloud: operations that fail, hang or take longer, and resources that are used up."""

import json

from tests.emulator.faults.cloud import EXHAUSTED, CloudClient, error_code

from duolect.faults.engine import HEADER
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import MILLISECOND


def test_an_attachment_fails_when_it_is_due(cloud):
    fault = cloud.add_fault("AttachNetworkInterface", fail=True)
    answer = cloud.attach()
    assert (error_code(answer), answer.headers[HEADER], fault.hits) == ("", "f-1", 1)
    assert cloud.interface_state() is InterfaceState.ATTACHING
    cloud.emulator.advance()
    assert cloud.interface_state() is InterfaceState.AVAILABLE


def test_the_task_of_an_attachment_that_failed_says_so():
    cloud = CloudClient("tencent")
    cloud.add_fault("AttachNetworkInterface", fail=True)
    task = json.loads(cloud.attach().body)["Response"]["RequestId"]
    cloud.emulator.advance()
    result = cloud.client.call("DescribeVpcTaskResult", TaskId=task)
    assert (result["Status"], result["Output"]) == ("FAILED", "internal error")


def test_an_interface_that_cannot_be_created():
    cloud = CloudClient("alibaba")
    cloud.add_fault("CreateNetworkInterface", fail=True)
    made = json.loads(cloud.create().body)["NetworkInterfaceId"]
    states = []
    for _ in range(2):
        tree = cloud.client.call("DescribeNetworkInterfaces", NetworkInterfaceId=[made])
        states += [each["Status"] for each in tree["NetworkInterfaceSets"]["NetworkInterfaceSet"]]
        cloud.emulator.advance()
    assert states == ["Creating", "CreateFailed"]
    cloud.client.call("DeleteNetworkInterface", NetworkInterfaceId=made)
    assert cloud.client.call("DescribeNetworkInterfaces", NetworkInterfaceId=[made])["TotalCount"] == 0


def test_an_instance_that_cannot_be_launched():
    cloud = CloudClient("tencent")
    cloud.add_fault("RunInstances", fail=True)
    (made,) = cloud.client.call(
        "RunInstances",
        Placement={"Zone": cloud.graph.subnets[cloud.resources.subnet].zone},
        ImageId="img-12345678",
        InstanceType="S5.MEDIUM4",
        VirtualPrivateCloud={"VpcId": cloud.resources.network, "SubnetId": cloud.resources.subnet},
    )["InstanceIdSet"]
    cloud.emulator.advance()
    (shown,) = cloud.client.call("DescribeInstances", InstanceIds=[made])["InstanceSet"]
    assert (shown["InstanceState"], shown["LatestOperationState"]) == ("LAUNCH_FAILED", "FAILED")
    cloud.client.call("TerminateInstances", InstanceIds=[made])
    assert cloud.graph.instances.keys() == {cloud.resources.instance}


def test_an_attachment_that_hangs_and_fails_is_seen_by_a_second_client(cloud):
    cloud.add_fault("AttachNetworkInterface", fail=True, delay_ms=30_000)
    cloud.attach()
    cloud.emulator.advance(29_999)
    second = getattr(cloud.emulator, cloud.name)()
    answer = cloud.emulator.send(second.request("DescribeNetworkInterfaces"))
    assert cloud.shown_status(answer) in {"Attaching", "ATTACHING"}
    cloud.emulator.advance(1)
    assert cloud.interface_state() is InterfaceState.AVAILABLE


def test_what_hangs_waits_for_its_release_beyond_all_time(cloud):
    cloud.add_fault("AttachNetworkInterface", hang=True)
    cloud.attach()
    cloud.emulator.advance(10**9)
    assert cloud.interface_state() is InterfaceState.ATTACHING


def test_an_attachment_is_slow(cloud):
    cloud.add_fault("AttachNetworkInterface", slow=10)
    cloud.attach()
    cloud.emulator.advance(1_999)
    assert cloud.interface_state() is InterfaceState.ATTACHING
    cloud.emulator.advance(1)
    assert cloud.interface_state() is InterfaceState.IN_USE


def test_a_subnet_behaves_as_exhausted(cloud):
    fault = cloud.add_fault(exhausted=True, resource={"subnet": cloud.resources.subnet})
    answer = cloud.create()
    assert (error_code(answer), answer.headers[HEADER]) == (EXHAUSTED[cloud.name], "f-1")
    cloud.attach()
    assert (fault.matches, fault.hits) == (2, 1)


def test_an_instance_takes_no_more_interfaces(cloud):
    cloud.add_fault("AttachNetworkInterface", limit=1, times=1)
    refused = cloud.attach()
    assert error_code(refused)
    assert refused.headers[HEADER] == "f-1"
    assert error_code(cloud.attach()) == ""


def test_a_rule_that_had_no_effect_on_a_refused_call_is_not_used_up(cloud):
    fault = cloud.add_fault("AttachNetworkInterface", hang=True, times=1)
    refused = cloud.attach("eni-absent00")
    assert error_code(refused)
    assert HEADER not in refused.headers
    assert fault.hits == 0
    cloud.attach()
    cloud.emulator.advance(10**6)
    assert (fault.hits, cloud.interface_state()) == (1, InterfaceState.ATTACHING)


def test_effects_of_several_rules_add_up(cloud):
    rules = [
        {"slow": 2},
        {"slow": 5},
        {"hang": True},
        {"delay_ms": 7},
        {"limit": 3},
        {"limit": 1, "times": 1},
    ]
    for rule in rules:
        cloud.add_fault("AttachNetworkInterface", **rule)
    answer = cloud.attach()
    assert error_code(answer) == ""
    assert answer.headers[HEADER] == "f-1, f-2, f-3, f-4, f-5, f-6"
    (operation,) = {
        each.operation.id: each.operation for each in cloud.client.partition.timeline.pending()
    }.values()
    assert (operation.held, operation.pace, operation.due - operation.started) == (
        True,
        10,
        70 * MILLISECOND,
    )


def test_an_instance_state_is_untouched_by_a_rule_on_interfaces(cloud):
    cloud.add_fault("AttachNetworkInterface", hang=True)
    cloud.attach()
    assert cloud.graph.instances[cloud.resources.instance].state is InstanceState.RUNNING
