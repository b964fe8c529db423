"""What the requests of the tag service share: rules of keys and values, how actions are declared."""

from typing import Final

import attrs

from duolect_dialects.declarations import ignored, required
from duolect_dialects.tencent import common
from duolect_dialects.values import AtMost, Between, Coded, Each, Form, Rule

_KEY: Final = "InvalidParameterValue.TagKey"
_VALUE: Final = "InvalidParameterValue.TagValue"
RESERVED: Final = Form(r"(?!qcs:|qcloud|tencent|project)[\s\S]*", "a key that the system does not reserve")
OFFSET: Final = Between(0, 2**31 - 1)
LIMIT: Final = Between(1, 1000)
PAGE: Final = 15


def key(
    empty: str = f"{_KEY}Empty",
    length: str = f"{_KEY}LengthExceeded",
    character: str = f"{_KEY}CharacterIllegal",
    reserved: str = "InvalidParameter.ReservedTagKey",
) -> tuple[Coded, ...]:
    """Return the rules of a key; lists of codes differ, so that a rule may have another code."""
    return (
        Coded(common.NOT_EMPTY, empty),
        Coded(AtMost(127), length),
        Coded(RESERVED, reserved),
        Coded(common.TAG_KEY, character),
    )


def value(
    length: str = f"{_VALUE}LengthExceeded",
    character: str = f"{_VALUE}CharacterIllegal",
    empty: str = "",
) -> tuple[Rule, ...]:
    """Return the rules of a value, which may be empty unless a code says otherwise."""
    rules = (Coded(AtMost(255), length), Coded(common.TAG_VALUE, character))
    return (Coded(common.NOT_EMPTY, empty), *rules) if empty else rules


EACH_KEY: Final = tuple(Coded(Each(each.rule), each.code) for each in key())
"""The rules of a list of keys."""
FILLED: Final = f"{_VALUE}Empty"
"""The code of an empty value, where it is one."""
SHORT_KEY: Final = key(length=f"{_KEY}CharacterIllegal")
"""The rules of a key whose length has no code of its own."""


@attrs.frozen(kw_only=True, slots=False)
class TagParam:
    """One of Tags."""

    TagKey: str = required(*key())
    TagValue: str = required(*value())
    Category: str | None = ignored(note="there are no tags but the caller's own")
