"""What a resource is called where its kind is told: ``network``, ``security-group``, ``public-address``."""

import re
from functools import cache

from duolect_core.model.resources import Resource


def kind_of(resource: Resource) -> str:
    """Return the kind of a resource in lower case, with hyphens."""
    return _spelt(type(resource).__name__)


@cache
def _spelt(name: str) -> str:
    return re.sub(r"(?<=.)([A-Z])", r"-\1", name).lower()
