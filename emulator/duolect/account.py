"""One account of a running emulator, with clients of both vendors' SDKs: what a test works with.

Everything here is about this account only: its faults concern no other, what it verifies are its own calls,
and when it is reset the others stay. The clock is shared by all, unless the emulator runs with
``--clocks per-account``.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from importlib import import_module
from typing import Any, Final

from duolect.client import Clock, ControlError, Duolect, Duration, Json

START: Final = "start"
"""The mark that stands where the emulator began."""
SECRET: Final = "duolect"  # noqa: S105 - what a client signs with where signatures are not verified


_REGIONS: Final = {"alibaba": "cn-hangzhou", "tencent": "ap-guangzhou"}
"""The region in which an account's clients are on each cloud, where nothing else is said."""


class SdkMissing(ImportError):
    """The vendor's SDK is not installed; ``str`` says which package it is."""


class Account:
    """An access key, which is an account of its own on both clouds."""

    def __init__(
        self,
        duolect: Duolect,
        access_key: str,
        secret: str = SECRET,
        regions: Mapping[str, str] | None = None,
    ) -> None:
        """Take the emulator, the key and its secret; ``regions`` by cloud where not the usual ones.

        Raises:
            ValueError: there is no such cloud.
        """
        self.duolect = duolect
        self.access_key = access_key
        self.secret = secret
        self.regions = {**_REGIONS, **(regions or {})}
        for cloud in self.regions:
            _known(cloud)
        self.mark = START
        """The mark after which resources count as leaked; ``lay`` and ``restore`` set a new one."""
        self._clock = Clock(duolect, access_key)
        self._faults = AccountFaults(self)
        self._conditions = AccountConditions(self)
        self._alibaba = AlibabaClients(self)
        self._tencent = TencentClients(self)

    @property
    def clock(self) -> Clock:
        """The clock that this account obeys: ``advance("30s")``, ``sleep``, ``time``, ...

        It is everybody's, unless the emulator runs with ``--clocks per-account``: then the account has its
        own from the first time that it is moved or set, until ``reset``.
        """
        return self._clock

    @property
    def faults(self) -> "AccountFaults":
        """What goes wrong, for this account only: ``faults.add(cloud="tencent", fail=True, ...)``."""
        return self._faults

    @property
    def conditions(self) -> "AccountConditions":
        """What this account may not do: ``conditions.add("alibaba", "Forbidden.RAM", "DeleteVpc")``."""
        return self._conditions

    @property
    def alibaba(self) -> "AlibabaClients":
        """Clients of Alibaba Cloud's SDK for this account: ``alibaba.ecs()``, ``alibaba.vpc()``."""
        return self._alibaba

    @property
    def tencent(self) -> "TencentClients":
        """Clients of Tencent Cloud's SDK for this account: ``tencent.vpc()``, ``tencent.cvm()``."""
        return self._tencent

    def reset(self) -> None:
        """Forget everything of this account, its faults and conditions included."""
        self.faults.clear()
        self.conditions.clear()
        self.duolect.reset(access_key=self.access_key)
        self.mark = START

    def set_durations(
        self, *, cloud: str | None = None, preset: str | None = None, **operations: Duration
    ) -> Json:
        """Change how long changes take for this account: ``set_durations(cloud="alibaba", attach="5s")``.

        A number counts seconds. They stay until ``reset``.
        """
        return self.duolect.set_durations(
            cloud=cloud, preset=preset, access_key=self.access_key, **operations
        )

    def lay(self, cloud: str, region: str | None = None, **kinds: Sequence[Json]) -> None:
        """Give this account what a world file can say: ``lay("alibaba", networks=[{"id": ...}], ...)``.

        An underscore in a kind stands for a hyphen: ``public_addresses``. What is there by now does not
        count as leaked.

        Raises:
            ValueError: there is no such cloud.
            ControlError: the world cannot be; the message names the place and says why.
        """
        __tracebackhide__ = True
        _known(cloud)
        self.duolect.lay(cloud, self.access_key, region or self.regions[cloud], **kinds)
        self.mark = self.duolect.mark()

    def journal(self, **query: Any) -> Sequence[Json]:  # noqa: ANN401 - texts and numbers
        """Return the calls of this account: ``journal(action="DeleteVpc")``."""
        return list(self.duolect.journal.records(access_key=self.access_key, **query))

    def leaks(self, **since: str) -> Sequence[Json]:
        """Return what this account has created and not deleted, since ``mark``."""
        return self.duolect.leaks(access_key=self.access_key, **{"mark": self.mark, **since})

    def verify(self, **wanted: Any) -> Json:  # noqa: ANN401 - the members of a verification
        """Check what ``expect``, ``order`` and ``no_leaks`` say of this account's calls.

        Raises:
            VerificationFailed: it is not so.
        """
        __tracebackhide__ = True  # a test's report ends where the test calls
        return self.duolect.verify(access_key=self.access_key, **wanted)

    def assert_called(
        self,
        action: str,
        times: int | None = None,
        **parameters: Any,  # noqa: ANN401 - of the action
    ) -> None:
        """Check that an action was called with parameters so many times, or at least once.

        Raises:
            VerificationFailed: it was not; the message names the nearest calls.
        """
        __tracebackhide__ = True
        calls = {"action": action, "parameters": parameters}
        self.verify(expect=[{"calls": calls, "times": times}])

    def assert_no_leaks(self) -> None:
        """Check that everything that this account created is deleted again.

        Raises:
            VerificationFailed: something is left.
        """
        __tracebackhide__ = True
        self.verify(mark=self.mark, no_leaks=True)

    def snapshot(self, *, beside: Sequence[str] = ()) -> Json:
        """Return everything of this account, to be restored later, into any account.

        ``beside`` names what shall be in it too: the account's ``faults``, ``conditions``, ``keys``.
        """
        return self.duolect.snapshot(access_key=self.access_key, beside=beside)

    def restore(self, snapshot: Json) -> None:
        """Give this account what the account had of which the snapshot was taken.

        What is there by now does not count as leaked.
        """
        self.duolect.restore(snapshot, into=self.access_key)
        self.mark = self.duolect.mark()

    def state(self) -> Json:
        """Return this account's resources, their relations and what is under way."""
        return self.duolect.state(access_key=self.access_key)

    def operations(self, *, held: bool = False) -> Json:
        """Return this account's ``operations`` under way, or with ``held`` only those that hang."""
        return self.duolect.operations(held=held, access_key=self.access_key)

    def release(self, operation_id: str, *, fails: bool = False) -> Json:
        """Let an operation of this account that hangs end now: as it would have, or in failure.

        Raises:
            ControlError: there is no such operation (404), or it does not hang (409).
        """
        return self.duolect.release(operation_id, fails=fails, access_key=self.access_key)

    def interrupt(self, instance_id: str, notice: str | None = None) -> Json:
        """Let the cloud announce that it takes a spot instance back: ``interrupt("i-...", "30s")``.

        Raises:
            ControlError: there is no such instance (404), or it is no spot instance that is up (409).
        """
        __tracebackhide__ = True
        return self.duolect.interrupt(instance_id, notice, access_key=self.access_key)


class AccountFaults:
    """The fault rules of one account."""

    def __init__(self, account: Account) -> None:
        """Take the account."""
        self._account = account
        self._faults = account.duolect.faults
        self._added: list[str] = []

    def add(self, **rule: Any) -> str:  # noqa: ANN401 - the members of a rule
        """Add a rule for this account and return its id: ``add(cloud="tencent", fail=True, ...)``."""
        rule_id = self._faults.add(access_key=self._account.access_key, **rule)
        self._added.append(rule_id)
        return rule_id

    def add_preset(self, name: str, **wanted: Any) -> Sequence[str]:  # noqa: ANN401 - for which calls
        """Add the rules of a preset for this account and return their ids."""
        __tracebackhide__ = True
        added = self._faults.add_preset(name, access_key=self._account.access_key, **wanted)
        self._added += added
        return added

    def hits(self, rule_id: str) -> int:
        """Return how many calls a rule has had an effect on."""
        return int(self._faults.get(rule_id)["hits"])

    def remove(self, rule_id: str) -> None:
        """Remove a rule."""
        self._added.remove(rule_id)
        self._faults.remove(rule_id)

    def clear(self) -> None:
        """Remove all rules that were added here, and are still there."""
        while self._added:
            try:
                self._faults.remove(self._added.pop())
            except ControlError as error:
                if error.status != HTTPStatus.NOT_FOUND:
                    raise


class AccountConditions:
    """The standing refusals of one account: what it may not do."""

    def __init__(self, account: Account) -> None:
        """Take the account."""
        self._account = account
        self._conditions = account.duolect.conditions

    def add(self, cloud: str, code: str, action: str = "*", **of: str) -> Json:
        """Refuse this account an action, or all: ``add("alibaba", "Forbidden.RAM", "DeleteVpc")``.

        With ``zone`` and ``instance_type``, or one of them, only new instances there and of that type are
        refused: ``add("alibaba", "OperationDenied.NoStock", zone="cn-hangzhou-h")``.
        """
        __tracebackhide__ = True
        return self._conditions.add(
            cloud=cloud, code=code, action=action, access_key=self._account.access_key, **of
        )

    def list(self) -> Sequence[Json]:
        """Return the conditions that were added for this account."""
        return [each for each in self._conditions.list() if each["access_key"] == self._account.access_key]

    def clear(self) -> None:
        """Take away all that were added for this account."""
        self._conditions.clear(self._account.access_key)


class AlibabaClients:
    """Clients of Alibaba Cloud's current Python SDK (``alibabacloud-ecs20140526`` and its like).

    Each is made when it is first asked for, and kept: one for each package and region.
    """

    def __init__(self, account: Account) -> None:
        """Take the account."""
        self._account = account
        self._made: dict[tuple[str, str], Any] = {}

    def ecs(self, region: str | None = None) -> Any:  # noqa: ANN401 - the SDK's class
        """Return a client of ECS."""
        return self.client("alibabacloud_ecs20140526", region)

    def vpc(self, region: str | None = None) -> Any:  # noqa: ANN401 - the SDK's class
        """Return a client of VPC."""
        return self.client("alibabacloud_vpc20160428", region)

    def client(self, package: str, region: str | None = None) -> Any:  # noqa: ANN401 - the SDK's class
        """Return a client of one of the SDK's packages.

        Raises:
            SdkMissing: it is not installed.
        """
        account, region = self._account, region or self._account.regions["alibaba"]
        if (package, region) not in self._made:
            sdk = _sdk(f"{package}.client")
            config = _sdk("alibabacloud_tea_openapi.models").Config(
                access_key_id=account.access_key,
                access_key_secret=account.secret,
                region_id=region,
                endpoint=account.duolect.endpoint,
                protocol="http",
            )
            self._made[package, region] = sdk.Client(config)
        return self._made[package, region]


class TencentClients:
    """Clients of Tencent Cloud's Python SDK (``tencentcloud-sdk-python``).

    Each is made when it is first asked for, and kept: one for each product, version and region.
    """

    def __init__(self, account: Account) -> None:
        """Take the account."""
        self._account = account
        self._made: dict[tuple[str, str, str], Any] = {}

    def vpc(self, region: str | None = None) -> Any:  # noqa: ANN401 - the SDK's class
        """Return a client of VPC."""
        return self.client("vpc", "v20170312", "VpcClient", region)

    def cvm(self, region: str | None = None) -> Any:  # noqa: ANN401 - the SDK's class
        """Return a client of CVM."""
        return self.client("cvm", "v20170312", "CvmClient", region)

    def client(self, product: str, version: str, name: str, region: str | None = None) -> Any:  # noqa: ANN401 - the SDK's class
        """Return a client of one of the SDK's products.

        Raises:
            SdkMissing: it is not installed.
        """
        account, region = self._account, region or self._account.regions["tencent"]
        if (product, version, region) not in self._made:
            http = _sdk("tencentcloud.common.profile.http_profile").HttpProfile(
                protocol="http", endpoint=account.duolect.endpoint
            )
            profile = _sdk("tencentcloud.common.profile.client_profile").ClientProfile(httpProfile=http)
            key = _sdk("tencentcloud.common.credential").Credential(account.access_key, account.secret)
            module = _sdk(f"tencentcloud.{product}.{version}.{product}_client")
            self._made[product, version, region] = getattr(module, name)(key, region, profile)
        return self._made[product, version, region]


def _known(cloud: str) -> None:
    """Raise ``ValueError`` where there is no such cloud."""
    if cloud not in _REGIONS:
        raise ValueError(f"there is no cloud {cloud}; there are {', '.join(_REGIONS)}")


def _sdk(module: str) -> Any:  # noqa: ANN401 - a module of a vendor's SDK, which may be missing
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        package = (
            "tencentcloud-sdk-python" if module.startswith("tencentcloud") else module.partition(".")[0]
        )
        raise SdkMissing(f"{missing}: pip install {package.replace('_', '-')}") from None
