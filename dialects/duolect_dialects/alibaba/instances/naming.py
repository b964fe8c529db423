"""The names of instances that are created together."""

import re
from typing import Final

from duolect_dialects.values import Form

_MOST_DIGITS: Final = 6
_SEQUENCE = r"\[(\d{0,6}),([1-6]?)\]"
INSTANCE_NAME: Final = Form(
    r"(?!https?://)[^\W\d_][\w:.\-]*(\[\d{0,6},[1-6]?\][\w:.\-]*)?",
    "a letter followed by letters, digits, and : _ . -, with at most one [begin,digits]",
)
HOST_NAME: Final = Form(
    r"(?![.\-])(?!.*(\.\.|--))([A-Za-z0-9.\-]|\$\{instance_id\})+(\[\d{0,6},[1-6]?\][A-Za-z0-9.\-]*)?(?<![.\-])",
    "segments of letters, digits and hyphens, joined by single periods",
)


def sequence(name: str, count: int, *, suffixed: bool) -> tuple[str, ...]:
    """Return the names of ``count`` instances.

    ``k8s-[7,3]-node`` counts from 7 with three digits. ``suffixed`` appends 001, 002 and so on to the names
    of several instances, but not where they end in a number already.
    """
    found = re.search(_SEQUENCE, name)
    if found is None:
        names = (name,) * count
    else:
        begin, digits = int(found[1] or 0), int(found[2] or _MOST_DIGITS)
        if len(found[1]) > digits:
            digits = _MOST_DIGITS
        head, tail = name[: found.start()], name[found.end() :]
        names = tuple(f"{head}{number:0{digits}d}{tail}" for number in range(begin, begin + count))
        suffixed = suffixed and bool(tail)
    if not suffixed or count == 1:
        return names
    return tuple(f"{each}{number:03d}" for number, each in enumerate(names, 1))
