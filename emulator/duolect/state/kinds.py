"""The names of the kinds of resources: ``network``, ``security-group``, ``public-address``."""

import re
from functools import cache

from duolect_core.model.resources import Resource


def kind_of(resource: Resource) -> str:
    """Return the kind of a resource in lower case, with hyphens."""
    return _hyphenated(type(resource).__name__)


@cache
def _hyphenated(name: str) -> str:
    return re.sub(r"(?<=.)([A-Z])", r"-\1", name).lower()
