"""Declaring the members of what the control API takes and returns, each with its meaning."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import attrs


class Cloud(StrEnum):
    """The clouds, as the control API names them."""

    ALIBABA = "alibaba"
    TENCENT = "tencent"


def member(
    meaning: str,
    *,
    default: Any = attrs.NOTHING,  # noqa: ANN401 - any default
    factory: Callable[[], Any] | None = None,
    validator: Any = None,  # noqa: ANN401 - an attrs validator
) -> Any:  # noqa: ANN401 - an attrs field
    """Declare a member and what it means."""
    if factory is not None:
        return attrs.field(factory=factory, validator=validator, metadata={"meaning": meaning})
    return attrs.field(default=default, validator=validator, metadata={"meaning": meaning})
