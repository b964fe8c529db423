"""What the requests about lists share: names, entries, and what names a list."""

from collections.abc import Iterable, Sequence
from typing import Final

from duolect_core.addressing.blocks import parse_cidr
from duolect_core.model.lists import AddressSpan, ListEntry
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.call import Refusal
from duolect_dialects.values import Form, Length

NAME: Final = (
    Length(2, 128),
    Form(
        r"(?!https?://|com\.aliyun|com\.alibabacloud)[^\W\d_][\w:.\-]*",
        "a letter followed by letters, digits, and : _ . -, and no com.aliyun or com.alibabacloud",
    ),
)
DESCRIPTION: Final = (Length(2, 256), common.NOT_A_LINK)
ENTRY_DESCRIPTION: Final = (Length(2, 32), common.NOT_A_LINK)
BAD_DESCRIPTION: Final = "InvalidDescription.Malformed"
MALFORMED_TOKEN: Final = "InvalidClientToken.ValueNotSupported"  # noqa: S105 - a code
MOST_ENTRIES: Final = 200
"""How many entries one request can name."""


def entry(cidr: str, description: str | None, code: str) -> ListEntry:
    """Return an entry of a list of blocks; an address alone is a block of one.

    Raises:
        Refusal: it is no block, with the given code.
    """
    block = parse_cidr(cidr)
    if block is None:
        raise Refusal(code, f"{cidr} is not a CIDR block.", 400)
    return ListEntry(content=AddressSpan.of(block), written=str(block), description=description or "")


def page_of(
    rows: Sequence[Body],
    request: common.TokenRequest,
    size: int,
    code: str = "InvalidParameter",
) -> tuple[list[Body], str]:
    """Return the rows of a page that begins at the request's NextToken, and the token of the next one."""
    start = 0 if request.NextToken is None else common.decode_token(request, request.NextToken, code)
    end = start + size
    return list(rows[start:end]), common.encode_token(request, end) if end < len(rows) else ""


def associated_groups(group_ids: Iterable[str], resource_type: str) -> list[Body]:
    """Return the security groups whose rules name a list."""
    return [{"ResourceId": group_id, "ResourceType": resource_type} for group_id in group_ids]
