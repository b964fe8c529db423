"""Bodies of the type multipart/form-data (RFC 7578), which the vendor's SDKs send where they are told to.

A part of the type ``application/json`` is a JSON value, and any other a text. Files are refused: no action
that is served takes one.
"""

import re
from typing import Any

from duolect_dialects.exchange import MAX_PARAMETERS, HttpRequest, Tree, Unreadable, read_json

_BOUNDARY = re.compile(r';\s*boundary="?([^\s";]{1,70})"?\s*(?:;|$)')
_NAME = re.compile(
    rb'\r\ncontent-disposition: *form-data; *name="([^"\r\n]+)"(; *filename)?', re.IGNORECASE
)
_JSON = re.compile(rb"\r\ncontent-type: *application/json", re.IGNORECASE)


def read(request: HttpRequest) -> Tree:
    """Return the parts of a body by name, without nulls; an empty body has none.

    Raises:
        Unreadable: the body is not what its content type says, or holds a file.
    """
    if not request.body:
        return {}
    boundary = _BOUNDARY.search(request.headers["content-type"])
    if boundary is None:
        raise Unreadable("the content type has no boundary")
    delimiter = b"\r\n--" + boundary[1].encode("latin-1")
    _, *parts = (b"\r\n" + request.body).split(delimiter, MAX_PARAMETERS + 1)
    if not parts or not parts.pop().startswith(b"--"):
        raise Unreadable("the multipart body does not end")
    return {name: value for name, value in map(_read_part, parts) if value is not None}


def _read_part(part: bytes) -> tuple[str, Any]:
    head, blank, content = part.partition(b"\r\n\r\n")
    name = _NAME.search(head)
    if not blank or name is None:
        raise Unreadable("a part of the body has no name")
    if name[2]:
        raise Unreadable("a part of the body is a file")
    try:
        return name[1].decode(), read_json(content) if _JSON.search(head) else content.decode()
    except UnicodeDecodeError:
        raise Unreadable("a parameter is not UTF-8 text") from None
