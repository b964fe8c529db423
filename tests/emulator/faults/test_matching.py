"""Which calls trigger a fault rule, and how often."""

import pytest
from tests.emulator.faults.cloud import CloudClient, error_code
from tests.harness import START, ApiError, emulator

from duolect.faults.rules import FaultRule
from duolect_core.interfaces.lifecycle import CreateInterface


def test_a_rule_skips_and_stops(cloud):
    fault = cloud.add_fault("DescribeNetworkInterfaces", throttle=True, skip=2, times=2)
    refused = [bool(error_code(cloud.describe())) for _ in range(6)]
    assert refused == [False, False, True, True, False, False]
    assert (fault.matches, fault.hits) == (4, 2)


def test_chance_comes_from_the_seed(cloud):
    triggered = []
    for seed in (1, 1, 2):
        other = CloudClient(cloud.name, seed=seed)
        other.add_fault("DescribeNetworkInterfaces", throttle=True, probability=0.5)
        triggered.append([bool(error_code(other.describe())) for _ in range(40)])
    assert triggered[0] == triggered[1] != triggered[2]
    assert 5 < sum(triggered[0]) < 35


def test_a_rule_is_for_one_account(cloud):
    cloud.add_fault(throttle=True, access_key=cloud.client.key)
    other = getattr(cloud.emulator, cloud.name)(key="another")
    assert error_code(cloud.describe())
    assert other.call("DescribeNetworkInterfaces")["TotalCount"] == 0


def test_a_rule_is_for_one_cloud():
    world = emulator()
    world.pipeline.faults.add(FaultRule(cloud="alibaba", throttle=True))
    assert world.tencent().call("DescribeNetworkInterfaces")["TotalCount"] == 0
    with pytest.raises(ApiError):
        world.alibaba().call("DescribeNetworkInterfaces")


@pytest.mark.parametrize(
    ("wanted", "triggered"),
    [
        ({"id": "INTERFACE"}, True),
        ({"id": "INSTANCE"}, True),
        ({"id": "eni-other"}, False),
        ({"instance": "INSTANCE"}, True),
        ({"instance": "i-other"}, False),
        ({"subnet": "SUBNET"}, True),
        ({"subnet": "other"}, False),
        ({"name": "web"}, True),
        ({"name": "other"}, False),
        ({"tag": "team=blue"}, True),
        ({"tag": "team"}, True),
        ({"tag": "team=red"}, False),
        ({"tag": "colour"}, False),
        ({"subnet": "SUBNET", "tag": "team=red"}, False),
    ],
)
def test_a_rule_is_about_what_a_call_names(cloud, wanted, triggered):
    interface = cloud.client.partition.execute(
        CreateInterface(
            subnet_id=cloud.resources.subnet,
            group_ids=(cloud.resources.group,),
            name="web",
            tags={"team": "blue"},
        ),
        START,
    )
    cloud.emulator.advance()
    names = {
        "INTERFACE": interface.id,
        "INSTANCE": cloud.resources.instance,
        "SUBNET": cloud.resources.subnet,
    }
    wanted = {name: names.get(value, value) for name, value in wanted.items()}
    cloud.add_fault("AttachNetworkInterface", throttle=True, resource=wanted)
    assert bool(error_code(cloud.attach(interface.id))) is triggered


def test_a_rule_is_about_what_a_call_makes(cloud):
    given = {"alibaba": "Tag", "tencent": "Tags"}[cloud.name]
    cloud.add_fault("CreateNetworkInterface", throttle=True, resource={"tag": "team=blue", "name": "web"})
    tags = {given: [{"Key": "team", "Value": "blue"}]}
    assert error_code(cloud.create(NetworkInterfaceName="web", **tags))
    assert error_code(cloud.create(NetworkInterfaceName="web")) == ""
    assert error_code(cloud.create(NetworkInterfaceName="db", **tags)) == ""


def test_numbers_of_a_call_name_nothing():
    cloud = CloudClient("tencent")
    cloud.add_fault("DescribeNetworkInterfaces", throttle=True, resource={"id": "5"})
    assert error_code(cloud.call("DescribeNetworkInterfaces", Limit=5)) == ""


def test_a_call_on_which_a_rule_has_two_effects_counts_once():
    cloud = CloudClient("tencent")
    fault = cloud.add_fault(hang=True, latency_ms=1)
    late = cloud.call(
        "ModifyNetworkInterfaceAttribute",
        NetworkInterfaceId=cloud.resources.interface,
        NetworkInterfaceName="n",
    )
    assert error_code(late.resume()) == ""
    assert fault.hits == 1
    cloud.faults.remove(fault.id)
    fault = cloud.add_fault("AttachNetworkInterface", hang=True, latency_ms=1)
    assert error_code(cloud.attach().resume()) == ""
    assert fault.hits == 1


def test_a_rule_is_about_the_instance_that_an_interface_is_attached_to(cloud):
    cloud.attach()
    cloud.emulator.advance()
    cloud.add_fault("DetachNetworkInterface", hang=True, resource={"instance": cloud.resources.instance})
    cloud.add_fault(
        "DeleteNetworkInterface", throttle=True, resource={"instance": cloud.resources.instance}
    )
    assert error_code(cloud.call("DeleteNetworkInterface", NetworkInterfaceId=cloud.resources.interface))
