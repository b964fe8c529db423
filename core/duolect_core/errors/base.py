"""What can go wrong in the world of networks, as facts rather than words.

A command that cannot be carried out raises one of these and changes nothing. Each class names the
situation and carries the values that describe it; a dialect turns the class into its vendor's code,
status and message. No class here knows how it will look on the wire.
"""

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class CoreError(Exception):
    """The root of every refusal of the core: a frozen record, whose annotations name its facts.

    It is no attrs class, because to define a hundred of those takes longer than the rest of the core.

    ``transient`` says that the same command may succeed later without anything being changed by the
    caller (a busy resource, an operation under way). The idempotency store does not repeat those.

    ``repeated`` says that an earlier request with the same idempotency token was refused so.
    """

    transient = False
    repeated = False
    facts: ClassVar[tuple[str, ...]] = ()
    """The names of what an error carries, in the order in which they are given."""

    def __init_subclass__(cls) -> None:
        """Note the facts: those of the class above, then its own."""
        cls.facts = (*cls.facts, *cls.__annotations__)

    def __init__(self, *values: Any, **named: Any) -> None:  # noqa: ANN401 - each class has its own facts
        """Take each fact, in order or by name."""
        given = dict(zip(self.facts, values, strict=False)) | named
        if len(values) + len(named) != len(self.facts) or given.keys() != set(self.facts):
            raise TypeError(f"{type(self).__name__} takes {', '.join(self.facts)}")
        super().__init__(*(given[name] for name in self.facts))
        self.__dict__.update(given)

    def copy(self) -> Self:
        """Return an equal error that has not been raised."""
        return type(self)(*self.args)

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        """Let a copy be made of the facts alone."""
        return type(self), self.args

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse to change a fact."""
        if name in self.facts:
            raise AttributeError(f"{name} cannot be changed")
        super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        """Compare class and facts."""
        return type(other) is type(self) and other.args == self.args

    def __hash__(self) -> int:
        """Fit ``__eq__``."""
        return hash((type(self), self.args))

    def __repr__(self) -> str:
        """Show the facts by name."""
        facts = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.facts)
        return f"{type(self).__name__}({facts})"


class NotFound(CoreError):
    """A named resource does not exist in this partition."""

    resource_id: str


class ZoneNotFound(NotFound):
    """The region has no such zone."""


class OperationNotFound(NotFound):
    """No operation was recorded under this id, or its record has expired."""


class ResourceManaged(CoreError):
    """The resource belongs to a managed service of the cloud and is not the caller's to change."""

    resource_id: str


class ClassicNetwork(CoreError):
    """The resource lives in the flat network that preceded private networks."""

    resource_id: str


class DependencyViolation(CoreError):
    """Something still stands on the resource that should go."""

    resource_id: str
    held_by: str
    transient = True


class NetworkMismatch(CoreError):
    """Two resources that must share a network do not."""

    resource_id: str
    network_id: str
    other_id: str
    other_network_id: str


class QuotaExceeded(CoreError):
    """A limit of the account, the region, a resource or an instance type would be passed."""

    resource_id: str
    limit: int


class IdempotencyError(CoreError):
    """An idempotency token was used in a way that cannot be answered."""

    token: str


class IdempotencyMismatch(IdempotencyError):
    """The token was used before with other parameters."""


class IdempotencyProcessing(IdempotencyError):
    """The first request with this token is still being carried out."""

    transient = True
