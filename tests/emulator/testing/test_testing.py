"""``duolect.testing``: stories run with real programs, which use the vendors' SDKs."""

import subprocess
import sys
import time
import unittest

import pytest
from hypothesis import HealthCheck, settings
from tests.contract.server import environment

from duolect.testing import Account, EmulatorTestCase, running
from duolect.testing.grounds import GROUNDS
from duolect.testing.machine import Seen, tell_stories

SHORT = settings(
    max_examples=4,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def until(done, seconds=10.0):
    """Poll as programs do."""
    late = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < late, "it takes too long"
        time.sleep(0.002)


class AlibabaProgram:
    """What a CNI plugin does on Alibaba Cloud."""

    def __init__(self, account):
        self.ecs = account.alibaba.ecs()

    def _call(self, name, **parameters):
        from alibabacloud_ecs20140526 import models  # noqa: PLC0415 - the SDK takes a second to import

        request = getattr(models, f"{name}Request")(region_id="cn-hangzhou", **parameters)
        snake = "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("_")
        return getattr(self.ecs, snake)(request).body

    def _shown(self, interface):
        body = self._call("DescribeNetworkInterfaces", network_interface_id=[interface])
        found = body.network_interface_sets.network_interface_set
        return found[0] if found else None

    def create(self, _network, subnet, group):
        made = self._call("CreateNetworkInterface", v_switch_id=subnet, security_group_id=group)
        until(lambda: self._shown(made.network_interface_id).status == "Available")
        return made.network_interface_id

    def attach(self, interface, instance):
        self._call("AttachNetworkInterface", network_interface_id=interface, instance_id=instance)
        until(lambda: self._shown(interface).status != "Attaching")
        if self._shown(interface).status != "InUse":
            raise RuntimeError("the attachment failed")

    def detach(self, interface, instance):
        self._call("DetachNetworkInterface", network_interface_id=interface, instance_id=instance)
        until(lambda: self._shown(interface).status == "Available")

    def assign(self, interface, count):
        self._call(
            "AssignPrivateIpAddresses",
            network_interface_id=interface,
            secondary_private_ip_address_count=count,
        )

    def unassign(self, interface, address):
        self._call(
            "UnassignPrivateIpAddresses", network_interface_id=interface, private_ip_address=[address]
        )

    def delete(self, interface):
        self._call("DeleteNetworkInterface", network_interface_id=interface)
        until(lambda: self._shown(interface) is None)

    def look(self, interface):
        shown = self._shown(interface)
        if shown is None:
            return None
        addresses = {each.private_ip_address for each in shown.private_ip_sets.private_ip_set}
        return Seen(shown.instance_id or None, frozenset(addresses))


class Tidy(AlibabaProgram):
    """The same, but it does not look whether an attachment failed."""

    def attach(self, interface, instance):
        self._call("AttachNetworkInterface", network_interface_id=interface, instance_id=instance)
        until(lambda: self._shown(interface).status != "Attaching")


class TencentProgram:
    """What a CNI plugin does on Tencent Cloud."""

    def __init__(self, account):
        self.vpc = account.tencent.vpc()

    def _call(self, name, **parameters):
        return self.vpc.call_json(name, parameters)["Response"]

    def _task(self, reply):
        def status():
            return self._call("DescribeVpcTaskResult", TaskId=reply["RequestId"])["Status"]

        until(lambda: status() != "RUNNING")
        if status() != "SUCCESS":
            raise RuntimeError("the task failed")

    def _shown(self, interface):
        found = self._call("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface])
        return next(iter(found["NetworkInterfaceSet"]), None)

    def _ready(self, interface):
        shown = self._shown(interface)
        return shown["State"] == "AVAILABLE" and all(
            each["State"] == "AVAILABLE" for each in shown["PrivateIpAddressSet"]
        )

    def create(self, network, subnet, group):
        made = self._call(
            "CreateNetworkInterface",
            VpcId=network,
            SubnetId=subnet,
            NetworkInterfaceName="story",
            SecurityGroupIds=[group],
        )["NetworkInterface"]["NetworkInterfaceId"]
        until(lambda: self._ready(made))
        return made

    def attach(self, interface, instance):
        self._task(self._call("AttachNetworkInterface", NetworkInterfaceId=interface, InstanceId=instance))

    def detach(self, interface, instance):
        self._task(self._call("DetachNetworkInterface", NetworkInterfaceId=interface, InstanceId=instance))

    def assign(self, interface, count):
        self._call(
            "AssignPrivateIpAddresses", NetworkInterfaceId=interface, SecondaryPrivateIpAddressCount=count
        )
        until(lambda: self._ready(interface))

    def unassign(self, interface, address):
        self._task(
            self._call(
                "UnassignPrivateIpAddresses",
                NetworkInterfaceId=interface,
                PrivateIpAddresses=[{"PrivateIpAddress": address}],
            )
        )

    def delete(self, interface):
        self._call("DeleteNetworkInterface", NetworkInterfaceId=interface)
        until(lambda: self._shown(interface) is None)

    def look(self, interface):
        shown = self._shown(interface)
        if shown is None:
            return None
        addresses = {each["PrivateIpAddress"] for each in shown["PrivateIpAddressSet"]}
        attachment = shown["Attachment"]
        return Seen(attachment and attachment["InstanceId"], frozenset(addresses))


@pytest.fixture(scope="module")
def quick(_no_proxies):
    with running(environment=environment(), timing="instant") as started:
        yield started


@pytest.mark.parametrize(("cloud", "program"), [("alibaba", AlibabaProgram), ("tencent", TencentProgram)])
def test_a_good_program_comes_through_every_story(quick, cloud, program):
    tell_stories(quick, cloud, program, settings=SHORT)


class Leaky(AlibabaProgram):
    """The same, but it forgets to delete an interface that has had more addresses."""

    def assign(self, interface, count):
        super().assign(interface, count)
        self.kept = interface

    def delete(self, interface):
        if interface != getattr(self, "kept", None):
            super().delete(interface)


class Confused(TencentProgram):
    """The same, but it shows no address of an attached interface that has three."""

    def look(self, interface):
        seen = super().look(interface)
        if seen is not None and seen.instance and len(seen.addresses) > 2:
            return Seen(seen.instance, frozenset())
        return seen


class Crashing(AlibabaProgram):
    """The same, but it crashes when it detaches, and leaves everything behind."""

    def detach(self, interface, instance):
        raise ZeroDivisionError(f"{interface} of {instance}")


@pytest.mark.parametrize(
    ("cloud", "program", "error", "reason"),
    [
        ("alibaba", Tidy, AssertionError, "the program did not say so"),
        ("alibaba", Leaky, AssertionError, "was deleted and is still there|leaked: interface"),
        ("tencent", Confused, AssertionError, "must be Seen|had frozenset"),
        ("alibaba", Crashing, ZeroDivisionError, "eni-.* of i-story"),
    ],
)
def test_what_goes_wrong_is_told_in_five_steps_and_within_a_minute(quick, cloud, program, error, reason):
    began = time.process_time()  # the machine may be busy
    with pytest.raises(error, match=reason) as told:
        tell_stories(quick, cloud, program)
    assert time.process_time() - began < 60
    story = [line for line in "\n".join(told.value.__notes__).splitlines() if line.startswith("state.")]
    steps = [
        line for line in story if not line.startswith(("state.begin", "state.teardown", "state.shows"))
    ]
    assert 1 <= len(steps) <= 5, story
    assert str(told.value.__context__ or "").find("leaked") == -1


def test_stories_say_that_they_need_hypothesis():
    code = "import sys; sys.modules['hypothesis'] = None; import duolect.testing.machine"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.stderr.splitlines()[-1].startswith("ImportError: Stories are told by Hypothesis")
    assert done.stderr.endswith("pip install hypothesis\n")


def test_a_test_case_of_unittest_has_an_emulator_and_an_account():
    class Case(EmulatorTestCase):
        settings = {"timing": "manual"}  # noqa: RUF012 - as a user writes it

        def test_alone(self):
            assert self.account.clock.show()["mode"] == "manual"
            self.account.lay("alibaba", networks=[{"id": "vpc-mine", "CidrBlock": "10.0.0.0/8"}])
            self.account.lay("alibaba", networks=[{"id": "vpc-too", "CidrBlock": "10.0.0.0/8"}])

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Case).run(result)
    assert (result.testsRun, result.failures, result.errors) == (1, [], [])


def test_an_account_that_was_prepared_once_can_be_given_to_each_test(quick):
    prepared, first, second = (Account(quick, f"prepared-{number}") for number in range(3))
    prepared.lay("tencent", **GROUNDS["tencent"].world)
    snapshot = prepared.snapshot()
    for account in (first, second):
        account.restore(snapshot)
        program = TencentProgram(account)
        made = program.create("vpc-story001", "subnet-story001", "sg-story001")
        assert [leak["id"] for leak in account.leaks()] == [made]
        account.restore(snapshot)
        assert program.look(made) is None
        account.assert_no_leaks()
    for account in (prepared, first, second):
        account.reset()
