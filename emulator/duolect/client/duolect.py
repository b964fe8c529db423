"""The client of a running emulator's control API."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from duolect.client.clock import Clock, Duration, wire_duration
from duolect.client.connection import Connection
from duolect.client.errors import Json, VerificationFailed
from duolect.client.parts import Conditions, Faults, Journal, Keys


class Duolect(Connection):
    """A running emulator, by its control API."""

    def __init__(
        self, endpoint: str | None = None, *, timeout: float = 60.0, token: str | None = None
    ) -> None:
        """Take ``host:port``, a URL or ``unix:PATH``; without one the environment's, and else the default.

        Nothing is sent yet. ``timeout`` is in seconds, for each request. ``token`` is the control API's,
        where it has one; without it the environment's.

        Raises:
            WrongEndpoint: that is none of these.
        """
        super().__init__(endpoint, timeout=timeout, token=token)
        self.clock = Clock(self)
        self.faults = Faults(self)
        self.journal = Journal(self)
        self.keys = Keys(self)
        self.conditions = Conditions(self)

    # -- the whole -------------------------------------------------------------------------------

    def health(self) -> Json:
        """Return that the emulator serves, and what.

        Raises:
            Unreachable: it does not.
        """
        return self.call("GET", "health")

    def ca(self) -> str:
        """Return the certificate, as PEM, that clients have to trust to use https."""
        __tracebackhide__ = True
        return self.text("ca")

    def reset(self, **scope: str) -> Json:
        """Forget everything, or by ``access_key``, ``cloud`` and ``region`` a part of it."""
        return self.call("POST", "reset", scope)

    def state(self, **scope: str) -> Json:
        """Return the resources, their relations and what is under way."""
        return self.call("GET", "state", scope)

    def past(self, version: int, *, cloud: str, access_key: str, region: str) -> Json:
        """Return the state of a partition as it was after so many commands, where a store keeps them."""
        query = {"cloud": cloud, "access_key": access_key, "region": region, "at": version}
        return self.call("GET", "state", query)

    def log(  # noqa: PLR0913 - what the log can be asked
        self,
        *,
        cloud: str,
        access_key: str,
        region: str,
        since: int = 0,
        command: str | None = None,
        limit: int = 100,
    ) -> Json:
        """Return the ``commands`` that a partition has carried out, oldest first, where they are kept."""
        query = {"cloud": cloud, "access_key": access_key, "region": region, "since": since}
        return self.call("GET", "log", {**query, "command": command, "limit": limit})

    def snapshot(self, *, beside: Sequence[str] = (), **scope: str) -> Json:
        """Return everything, or by ``access_key``, ``cloud``, ``region`` a part, to be restored later.

        ``beside`` names what of the emulator itself shall be in it: ``faults``, ``conditions``, ``keys``
        (with their secrets), ``marks``.
        """
        return self.call("GET", "snapshot", {**scope, "with": ",".join(beside) or None})

    def restore(self, snapshot: Json, **scope: str) -> Json:
        """Make everything, or a part of it, what it was when the snapshot was taken.

        So are faults, conditions, keys and marks where it has them; else they stay as they are.
        """
        return self.call("POST", "restore", scope, snapshot)

    def snapshot_text(self, *, beside: Sequence[str] = (), **scope: str) -> Iterator[bytes]:
        """Iterate over the parts of a snapshot's text as they come, for one that is large."""
        return self.parts("snapshot", {**scope, "with": ",".join(beside) or None})

    def restore_text(self, text: Iterable[bytes], **scope: str) -> Json:
        """Restore a snapshot whose text comes in parts, as ``restore`` does."""
        return self.call("POST", "restore", scope, iter(text))

    def lay(self, cloud: str, account: str, region: str | None = None, **kinds: Sequence[Json]) -> Json:
        """Give an account what a world file can say: ``lay("alibaba", "me", networks=[{"id": ...}], ...)``.

        An underscore in a kind stands for a hyphen: ``public_addresses``. Without ``region`` it is laid in
        the cloud's default one.
        """
        __tracebackhide__ = True
        resources = {name.replace("_", "-"): entries for name, entries in kinds.items()}
        place = {"account": account} if region is None else {"account": account, "region": region}
        return self.lay_worlds({cloud: [{**place, **resources}]})

    def lay_worlds(self, worlds: Json | str) -> Json:
        """Lay all that a world file holds: its tree, or its text, which is TOML.

        ``lay_worlds({"alibaba": [...], "keys": [...]})``, ``lay_worlds(Path("world.toml").read_text())``. A
        world without an account is one of every account: each begins with it from now on.
        """
        __tracebackhide__ = True
        return self.call("POST", "worlds", body=worlds)

    def worlds(self) -> Json:
        """Return where accounts begin with a world; the access key ``*`` is every account."""
        return self.call("GET", "worlds")

    def clear_worlds(self) -> None:
        """Let accounts begin without the worlds of every account that were laid."""
        self.call("DELETE", "worlds")

    def partitions(self, **scope: str) -> Json:
        """Return which accounts and regions were used, and how much is in them."""
        return self.call("GET", "partitions", scope)

    def signatures(self) -> Json:
        """Return the latest signatures that were not believed, with what the server computed."""
        return self.call("GET", "signatures")

    def coverage(self) -> Json:
        """Return what is served of each cloud: actions, parameters, codes."""
        return self.call("GET", "coverage")

    def durations(self, *, access_key: str | None = None) -> Json:
        """Return how long each change takes on each cloud: for an account, or for all without own ones."""
        return self.call("GET", "durations", {"access_key": access_key})

    def set_durations(
        self,
        *,
        cloud: str | None = None,
        preset: str | None = None,
        access_key: str | None = None,
        **operations: Duration,
    ) -> Json:
        """Change how long changes take: ``set_durations(cloud="alibaba", attach="5s")``.

        A number counts seconds. With ``access_key`` they are an account's own, until it is reset.
        """
        given = {name: wire_duration(value) for name, value in operations.items()}
        body = {"cloud": cloud, "preset": preset, "operations": given}
        return self.call("PUT", "durations", {"access_key": access_key}, body)

    def operations(
        self,
        *,
        held: bool = False,
        access_key: str | None = None,
        cloud: str | None = None,
        region: str | None = None,
    ) -> Json:
        """Return the ``operations`` that are under way, or with ``held`` only those that hang."""
        query = {"held": held or None, "access_key": access_key, "cloud": cloud, "region": region}
        return self.call("GET", "operations", query)

    def release(self, operation_id: str, *, fails: bool = False, access_key: str | None = None) -> Json:
        """Let an operation that hangs end now, or an account's: as it would have, or in failure."""
        query = {"fails": fails or None, "access_key": access_key}
        return self.call("POST", f"operations/{quote(operation_id, safe='')}/release", query)

    def interrupt(self, instance_id: str, notice: str | None = None, **of: str) -> Json:
        """Let the cloud announce that it takes a spot instance back: ``interrupt("i-...", "30s")``.

        Without ``notice`` it does so after as long as the cloud's own. ``access_key``, ``cloud`` and
        ``region`` say whose it is, where that matters.
        """
        __tracebackhide__ = True
        body = {"instance_id": instance_id, **of, **({} if notice is None else {"notice": notice})}
        return self.call("POST", "interruptions", body=body)

    # -- verification ----------------------------------------------------------------------------

    def mark(self) -> str:
        """Set a mark here and return its id, for ``verify`` and ``leaks``."""
        return str(self.call("POST", "marks")["id"])

    def leaks(self, **since: str) -> Sequence[Json]:
        """Return what was created and not deleted: since a ``mark``, of an ``access_key``, ..."""
        leaks: Sequence[Json] = self.call("GET", "leaks", since)["leaks"]
        return leaks

    def verify(self, **wanted: Any) -> Json:  # noqa: ANN401 - the members of a verification
        """Check what ``expect``, ``order`` and ``no_leaks`` say of the calls since a ``mark``.

        Raises:
            VerificationFailed: it is not so.
        """
        __tracebackhide__ = True
        verdict = self.call("POST", "verify", body=wanted)
        if not verdict["passed"]:
            raise VerificationFailed(verdict)
        return verdict
