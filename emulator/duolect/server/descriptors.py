"""File descriptors: how many connections there can be, so that files can still be opened beside them."""

import resource
from contextlib import suppress
from typing import Final

_KEPT_FREE: Final = 64
"""Descriptors that are left for files: modules that are loaded late, snapshots, what Python needs."""
_AT_ONCE: Final = 2048
"""Connections that one turn of the event loop may take before any can be refused."""
_MANY: Final = 65_536
"""As many descriptors as anybody needs."""


def most_connections() -> int:
    """Return how many connections there can be, with as many descriptors as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MANY if hard == resource.RLIM_INFINITY else min(hard, _MANY)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):  # a system may allow less than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    limit = _MANY if soft == resource.RLIM_INFINITY else soft
    spare = _KEPT_FREE + (_AT_ONCE if limit > 2 * _AT_ONCE else 0)
    return max(1, limit - spare)
