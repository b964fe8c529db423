"""A stateful property test of network interfaces, for your own client code.

You write a ``Driver``: seven methods that call your program. Hypothesis then tells it random stories of
interfaces that are created, attached, given addresses and deleted, with attachments that fail in between,
and after every step holds what your program shows against what must be true. In the end nothing may be left
behind. Short stories come first, so that what goes wrong is told in few steps.

    from duolect.testing.machine import tell_stories

    def test_my_operator(duolect):
        tell_stories(duolect, "alibaba", MyDriver)

A method returns when its change is complete. It raises where the cloud refuses or its operation fails, and
then must have left everything as it was: that is what the stories are about. Where it waits, it takes
``account.clock.sleep``, or the emulator has ``--timing instant``: stories are told by the hundred.
``examples/stories`` has a driver for each SDK.
"""

import os
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Final, Protocol

import attrs

try:
    from hypothesis import HealthCheck, Phase
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
from duolect.testing.grounds import GROUNDS

_LENGTHS: Final = ((5, 40), (12, 20), (30, 8))
"""How many steps the stories have, and how many of each there are: the short ones first."""
PROFILE: Final = hypothesis_settings(
    deadline=None,
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
"""How stories are told where nothing else is said: the same ones on every run."""
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

    def create(self, network: str, subnet: str, group: str) -> str:
        """Create an interface with one address, in a subnet and a security group, and return its id."""
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


def _watched(step: Callable[..., None]) -> Callable[..., None]:
    """Let a story remember that a step failed, so that no complaint at its end hides the reason."""

    @wraps(step)
    def take(story: "_Story", **drawn: int) -> None:
        try:
            step(story, **drawn)
        except BaseException:
            story.failed = True
            raise

    return take


class _Story(RuleBasedStateMachine):
    """One story: a model of what must be true, beside the program that is asked."""

    account: Account
    cloud: str
    make_driver: MakeDriver
    faults: bool
    failed = False

    @initialize()
    @_watched
    def begin(self) -> None:
        """Lay the ground, a network with two instances, in an account that is empty."""
        self.account.reset()
        self.ground = GROUNDS[self.cloud]
        self.account.lay(self.cloud, **self.ground.world)
        self.driver = self.make_driver(self.account)
        self.interfaces: dict[str, Seen] = {}
        self.primaries: dict[str, str] = {}

    # -- what is told ----------------------------------------------------------------------------

    @rule()
    @_watched
    def create(self) -> None:
        """Create an interface."""
        if self.interfaces and len(self.interfaces) > len(self.ground.instances) * self.ground.slots:
            return
        interface = self.driver.create(self.ground.network, self.ground.subnet, self.ground.group)
        seen = self.driver.look(interface)
        assert seen is not None, f"{interface} was created and is not there"
        assert seen.instance is None, f"{interface} is new and attached to {seen.instance}"
        assert len(seen.addresses) == 1, f"{interface} was wanted with one address and has {seen.addresses}"
        self.interfaces[interface] = seen
        (self.primaries[interface],) = seen.addresses

    @precondition(lambda self: any(not seen.instance for seen in self.interfaces.values()))
    @rule(which=_ANY, where=_ANY)
    @_watched
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
    @_watched
    def detach(self, which: int) -> None:
        """Detach an interface that is attached."""
        interface, seen = self._pick(which, lambda each: each.instance is not None)
        self.driver.detach(interface, str(seen.instance))
        self.interfaces[interface] = attrs.evolve(seen, instance=None)

    @precondition(lambda self: self.interfaces)
    @rule(which=_ANY, how_many=_FEW)
    @_watched
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
    @_watched
    def unassign(self, which: int, place: int) -> None:
        """Take one of its further addresses away from an interface."""
        interface, seen = self._pick(which, lambda each: len(each.addresses) > 1)
        further = sorted(seen.addresses - {self.primaries[interface]})
        address = further[place % len(further)]
        self.driver.unassign(interface, address)
        self.interfaces[interface] = attrs.evolve(seen, addresses=seen.addresses - {address})

    @precondition(lambda self: any(not seen.instance for seen in self.interfaces.values()))
    @rule(which=_ANY)
    @_watched
    def delete(self, which: int) -> None:
        """Delete an interface that is not attached."""
        interface, _ = self._pick(which, lambda each: each.instance is None)
        self.driver.delete(interface)
        del self.interfaces[interface]
        assert self.driver.look(interface) is None, f"{interface} was deleted and is still there"

    @precondition(lambda self: self.faults and any(not seen.instance for seen in self.interfaces.values()))
    @rule(which=_ANY)
    @_watched
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
    @_watched
    def shows_what_is_true(self) -> None:
        """The program shows each interface as the story has made it."""
        for interface, seen in getattr(self, "interfaces", {}).items():
            found = self.driver.look(interface)
            assert found == seen, f"{interface} must be {seen}, and is shown as {found}"

    def teardown(self) -> None:
        """End the story well: detach and delete everything, and leave nothing behind.

        A story in which a step failed ends there, and how it failed is all that is told.
        """
        try:
            if self.failed or not hasattr(self, "interfaces"):
                return
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

    ``make_driver`` makes a driver for an account, anew for each story. Without ``faults`` no attachment
    fails. Short stories are told first, then longer ones, as ``PROFILE`` says;
    ``settings`` of Hypothesis's take the place of all that: how many stories, how many steps each.

    Raises:
        AssertionError: a story went wrong; Hypothesis tells the shortest one that does.
    """

    class Story(_Story):
        pass

    Story.account = Account(duolect, _account_name())
    Story.cloud, Story.faults = cloud, faults
    Story.make_driver = staticmethod(make_driver)
    told = (
        [
            hypothesis_settings(PROFILE, stateful_step_count=steps, max_examples=count)
            for steps, count in _LENGTHS
        ]
        if settings is None
        else [settings]
    )
    for each in told:
        run_state_machine_as_test(Story, settings=each)


def _account_name() -> str:
    """Return the account of the running test's stories: on each run the same one, with the same ids."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "") + os.environ.get("PYTEST_XDIST_WORKER", "")
    return f"story-{sha256(test.encode()).hexdigest()[:20]}"
