"""A stateful property test of network interfaces, for your own client code.

You write a ``Driver``: seven methods that call your program. Hypothesis then tells it random stories of
interfaces that are created, attached, given addresses and deleted, with faults in between, and after every
step holds what your program shows against what must be true. In the end nothing may be left behind.

    from duolect.testing.machine import tell_stories

    def test_my_operator(duolect):
        tell_stories(duolect, "alibaba", MyDriver)

A method returns when its change is complete. It raises where the cloud refuses or its operation fails, and
then must have left everything as it was: that is what the stories are about.
"""

import os
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, Final, Protocol

import attrs

try:
    from hypothesis import settings as hypothesis_settings
    from hypothesis import strategies as st
    from hypothesis.stateful import (
        RuleBasedStateMachine,
        initialize,
        invariant,
        precondition,
        rule,
        run_state_machine_as_test,
    )
except ModuleNotFoundError as missing:
    raise ImportError(f"Stories are told by Hypothesis ({missing}): pip install hypothesis") from None

from duolect.account import Account
from duolect.client import Duolect

_STORIES: Final = count(1)
_MOST_ADDRESSES: Final = 6
_FEW: Final = st.integers(1, 3)
_ANY: Final = st.integers(0, 10**6)


@attrs.frozen
class Seen:
    """An interface as a program shows it: the instance it is attached to, and its private addresses."""

    instance: str | None
    addresses: frozenset[str]


class Driver(Protocol):
    """What the stories ask of a program. Ids are the cloud's own."""

    def create(self, subnet: str, group: str) -> str:
        """Create an interface with one address and return its id."""
        ...

    def attach(self, interface: str, instance: str) -> None:
        """Attach an interface to an instance."""
        ...

    def detach(self, interface: str, instance: str) -> None:
        """Detach an interface from the instance that it is attached to."""
        ...

    def assign(self, interface: str, count: int) -> None:
        """Give an interface more addresses."""
        ...

    def unassign(self, interface: str, address: str) -> None:
        """Take one of its addresses away from an interface."""
        ...

    def delete(self, interface: str) -> None:
        """Delete an interface."""
        ...

    def look(self, interface: str) -> Seen | None:
        """Return an interface, or None where it is not there."""
        ...


MakeDriver = Callable[[Account], Driver]


@attrs.frozen
class Ground:
    """What every story begins with, by ids, and as a world file has it."""

    subnet: str
    group: str
    instances: Sequence[str]
    slots: int
    """How many interfaces an instance takes, its primary one included."""
    world: dict[str, Any]


def _alibaba() -> Ground:
    subnet, group, instances = "vsw-story", "sg-story", ("i-story1", "i-story2")
    return Ground(
        subnet,
        group,
        instances,
        slots=3,
        world={
            "networks": [{"id": "vpc-story", "CidrBlock": "10.0.0.0/8"}],
            "subnets": [
                {
                    "id": subnet,
                    "VpcId": "vpc-story",
                    "ZoneId": "cn-hangzhou-h",
                    "CidrBlock": "10.0.0.0/24",
                }
            ],
            "groups": [{"id": group, "VpcId": "vpc-story"}],
            "instances": [
                {
                    "id": each,
                    "InstanceType": "ecs.g7.large",
                    "ImageId": "aliyun_3_x64_20G_alibase_20240528.vhd",
                    "VSwitchId": subnet,
                    "SecurityGroupId": group,
                }
                for each in instances
            ],
        },
    )


def _tencent() -> Ground:
    subnet, group, instances = "subnet-story001", "sg-story001", ("ins-story001", "ins-story002")
    place = {"VpcId": "vpc-story001", "SubnetId": subnet}
    return Ground(
        subnet,
        group,
        instances,
        slots=4,
        world={
            "networks": [{"id": "vpc-story001", "VpcName": "story", "CidrBlock": "10.0.0.0/16"}],
            "subnets": [
                {
                    "id": subnet,
                    "VpcId": "vpc-story001",
                    "SubnetName": "story",
                    "CidrBlock": "10.0.0.0/24",
                    "Zone": "ap-guangzhou-3",
                }
            ],
            "groups": [{"id": group, "GroupName": "story", "GroupDescription": "story"}],
            "instances": [
                {
                    "id": each,
                    "InstanceType": "S5.MEDIUM4",
                    "ImageId": "img-l8og963d",
                    "Placement": {"Zone": "ap-guangzhou-3"},
                    "VirtualPrivateCloud": place,
                    "SecurityGroupIds": [group],
                }
                for each in instances
            ],
        },
    )


GROUNDS: Final = {"alibaba": _alibaba(), "tencent": _tencent()}
"""The ground of the stories on each cloud, in its default region."""


class _Story(RuleBasedStateMachine):
    """One story: a model of what must be true, beside the program that is asked."""

    duolect: Duolect
    cloud: str
    make_driver: MakeDriver
    faults: bool

    @initialize()
    def begin(self) -> None:
        """Lay the ground, a network with two instances, in an account of this story's own."""
        self.account = Account(self.duolect, f"story-{os.getpid()}-{next(_STORIES)}")
        self.ground = GROUNDS[self.cloud]
        self.account.lay(self.cloud, **self.ground.world)
        self.driver = self.make_driver(self.account)
        self.interfaces: dict[str, Seen] = {}
        self.primaries: dict[str, str] = {}

    # -- what is told ----------------------------------------------------------------------------

    @rule()
    def create(self) -> None:
        """Create an interface."""
        if self.interfaces and len(self.interfaces) > len(self.ground.instances) * self.ground.slots:
            return
        interface = self.driver.create(self.ground.subnet, self.ground.group)
        seen = self.driver.look(interface)
        assert seen is not None, f"{interface} was created and is not there"
        assert seen.instance is None, f"{interface} is new and attached to {seen.instance}"
        assert len(seen.addresses) == 1, f"{interface} was wanted with one address and has {seen.addresses}"
        self.interfaces[interface] = seen
        (self.primaries[interface],) = seen.addresses

    @precondition(lambda self: any(not seen.instance for seen in self.interfaces.values()))
    @rule(which=_ANY, where=_ANY)
    def attach(self, which: int, where: int) -> None:
        """Attach an interface; where the instance takes no more, the program must say so."""
        interface, seen = self._pick(which, lambda each: each.instance is None)
        instance = self.ground.instances[where % len(self.ground.instances)]
        if self._has_free_slot(instance):
            self.driver.attach(interface, instance)
            self.interfaces[interface] = attrs.evolve(seen, instance=instance)
        else:
            self._must_raise(interface, instance, "the instance takes no more interfaces")

    @precondition(lambda self: any(seen.instance for seen in self.interfaces.values()))
    @rule(which=_ANY)
    def detach(self, which: int) -> None:
        """Detach an interface that is attached."""
        interface, seen = self._pick(which, lambda each: each.instance is not None)
        self.driver.detach(interface, str(seen.instance))
        self.interfaces[interface] = attrs.evolve(seen, instance=None)

    @precondition(lambda self: self.interfaces)
    @rule(which=_ANY, how_many=_FEW)
    def assign(self, which: int, how_many: int) -> None:
        """Give an interface more addresses, but not more than an attached one can have."""
        interface, seen = self._pick(which)
        if len(seen.addresses) + how_many > _MOST_ADDRESSES:
            return
        self.driver.assign(interface, how_many)
        now = self.driver.look(interface)
        assert now is not None, f"{interface} is gone after it was given addresses"
        assert seen.addresses < now.addresses, f"{interface} had {seen.addresses} and has {now.addresses}"
        assert len(now.addresses) == len(seen.addresses) + how_many, f"{interface} has {now.addresses}"
        self.interfaces[interface] = now

    @precondition(lambda self: any(len(seen.addresses) > 1 for seen in self.interfaces.values()))
    @rule(which=_ANY, place=_ANY)
    def unassign(self, which: int, place: int) -> None:
        """Take one of its further addresses away from an interface."""
        interface, seen = self._pick(which, lambda each: len(each.addresses) > 1)
        further = sorted(seen.addresses - {self.primaries[interface]})
        address = further[place % len(further)]
        self.driver.unassign(interface, address)
        self.interfaces[interface] = attrs.evolve(seen, addresses=seen.addresses - {address})

    @precondition(lambda self: any(not seen.instance for seen in self.interfaces.values()))
    @rule(which=_ANY)
    def delete(self, which: int) -> None:
        """Delete an interface that is not attached."""
        interface, _ = self._pick(which, lambda each: each.instance is None)
        self.driver.delete(interface)
        del self.interfaces[interface]
        assert self.driver.look(interface) is None, f"{interface} was deleted and is still there"

    @precondition(lambda self: self.faults and any(not seen.instance for seen in self.interfaces.values()))
    @rule(which=_ANY)
    def fail_to_attach(self, which: int) -> None:
        """Attach an interface while the cloud's own operation fails: the program must say so."""
        interface, _ = self._pick(which, lambda each: each.instance is None)
        instance = self.ground.instances[0]
        if self._has_free_slot(instance):
            rule_id = self.account.faults.add(cloud=self.cloud, action="AttachNetworkInterface", fail=True)
            self._must_raise(interface, instance, "the attachment failed")
            self.account.faults.remove(rule_id)

    # -- what must be true -----------------------------------------------------------------------

    @invariant()
    def shows_what_is_true(self) -> None:
        """The program shows each interface as the story has made it."""
        for interface, seen in getattr(self, "interfaces", {}).items():
            found = self.driver.look(interface)
            assert found == seen, f"{interface} must be {seen}, and is shown as {found}"

    def teardown(self) -> None:
        """End the story well: detach and delete everything, and leave nothing behind."""
        if not hasattr(self, "interfaces"):
            return
        try:
            for interface, seen in self.interfaces.items():
                if seen.instance is not None:
                    self.driver.detach(interface, seen.instance)
                self.driver.delete(interface)
            self.account.assert_no_leaks()
        finally:
            self.account.reset()

    # -- the means -------------------------------------------------------------------------------

    def _pick(self, which: int, meant: Callable[[Seen], bool] = lambda _: True) -> tuple[str, Seen]:
        candidates = [each for each in self.interfaces.items() if meant(each[1])]
        return candidates[which % len(candidates)]

    def _has_free_slot(self, instance: str) -> bool:
        """Say whether an instance takes another interface beside its primary one."""
        taken = sum(each.instance == instance for each in self.interfaces.values())
        return taken < self.ground.slots - 1

    def _must_raise(self, interface: str, instance: str, why: str) -> None:
        try:
            self.driver.attach(interface, instance)
        except Exception:  # noqa: BLE001 - how a program says no is its own affair
            return
        raise AssertionError(f"{why}, and the program did not say so")


def tell_stories(
    duolect: Duolect,
    cloud: str,
    make_driver: MakeDriver,
    *,
    faults: bool = True,
    settings: hypothesis_settings | None = None,
) -> None:
    """Run a program through random stories on one cloud.

    ``make_driver`` makes a driver for an account of each story's own. Without ``faults`` the cloud's own
    operations always succeed. ``settings`` are Hypothesis's: how many stories, how many steps each.

    Raises:
        AssertionError: a story went wrong; Hypothesis tells the shortest one that does.
    """

    class Story(_Story):
        pass

    Story.duolect, Story.cloud, Story.faults = duolect, cloud, faults
    Story.make_driver = staticmethod(make_driver)
    run_state_machine_as_test(Story, settings=settings)
