"""Names for requests: random UUIDs, made without the cost of a UUID object."""

from random import Random

_VARIANT = "89ab"
_bits = Random().getrandbits  # noqa: S311 - names, not secrets: of a source that nobody else seeds


def new_request_id() -> str:
    """Return a random UUID (version 4) in lower case."""
    digits = f"{_bits(128):032x}"
    variant = _VARIANT[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
