"""Names for requests: random UUIDs, made without the cost of a UUID object."""

from random import getrandbits

_VARIANT = "89ab"


def new_request_id() -> str:
    """Return a random UUID (version 4) in lower case."""
    digits = f"{getrandbits(128):032x}"
    variant = _VARIANT[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
