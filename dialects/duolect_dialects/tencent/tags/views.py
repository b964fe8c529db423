"""The tags of a resource as vpc and cvm show them."""

from collections.abc import Mapping

from duolect_dialects.action import Body


def tags(of: Mapping[str, str]) -> list[Body]:
    """Return tags."""
    return [{"Key": key, "Value": value} for key, value in of.items()]
