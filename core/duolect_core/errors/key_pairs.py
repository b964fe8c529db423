"""What can go wrong with key pairs."""

from duolect_core.errors.base import CoreError, DependencyViolation, NotFound, QuotaExceeded


class KeyPairNotFound(NotFound):
    """No key pair has this id, or this name where it was named so."""


class KeyPairNameTaken(CoreError):
    """Another key pair has this name."""

    name: str
    taken_by: str


class PublicKeyTaken(CoreError):
    """Another key pair has this public key."""

    taken_by: str


class KeyPairInUse(DependencyViolation):
    """The key pair opens an instance."""


class KeyPairQuotaExceeded(QuotaExceeded):
    """Key pairs per region."""
