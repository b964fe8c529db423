"""An HTTP request and its answer, as plain values, and the parameters that a request carries."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final
from urllib.parse import unquote_to_bytes

import orjson

from duolect_core.by_fields import Shown, Value, statically_frozen
from duolect_dialects.wording import Message

MAX_PARAMETERS: Final = 5_000
"""More query or form parameters than this are refused unread."""
_MAX_DEPTH: Final = 12
FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"
_FORM_WITH_ACTION: Final = re.compile(rb"([\w.%-]+=[^&]*&)*Action=\w")

Tree = dict[str, Any]


class Unreadable(Exception):
    """A query string, form or body cannot be read; ``reason`` says why."""

    def __init__(self, template: str, **facts: object) -> None:
        """Take why, as a phrase is made."""
        self.reason = Message(template, **facts)
        super().__init__(self.reason)


def _refuse_constant(name: str) -> float:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise ValueError(name)


_decode_json = json.JSONDecoder(parse_constant=_refuse_constant).decode
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


def load_json(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return what a text of JSON says.

    Raises:
        ValueError, RecursionError: it is none, or holds half a surrogate pair, which is no text.
    """
    tree = _decode_json(text)
    if _SURROGATE.search(text):
        json.dumps(tree, ensure_ascii=False).encode()
    return tree


_encode_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_SMALL: Final = 1e-4


class SmallNumber(float):
    """A number that orjson would write otherwise than the standard library: 1e-5 as 0.00001."""


def exactly(number: float) -> float:
    """Return a number so that ``write_json`` writes it as the standard library does, however small it is.

    An answer needs it where a client has chosen the number.
    """
    return SmallNumber(number) if 0 < abs(number) < _SMALL else number


def write_json(tree: Mapping[str, Any]) -> bytes:
    """Return an answer as JSON, of ASCII characters alone, in the very bytes of the standard library.

    orjson takes a tenth of the time for them. What it would write otherwise is left to that library.
    """
    try:
        written = orjson.dumps(tree)
    except TypeError:  # half a surrogate pair, an integer of more than 64 bits, a small number
        return _encode_json(tree).encode()
    if written.isascii() and b"\x7f" not in written:
        return written
    return _encode_json(tree).encode()


def read_json(encoded: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Decode JSON.

    Raises:
        Unreadable: it is none.
    """
    try:
        return load_json(encoded.decode())
    except (ValueError, RecursionError):
        raise Unreadable("the body is not JSON") from None


@statically_frozen(eq=False, repr=False)
class HttpRequest(Shown):
    """What arrived. Header names are lower case; of repeated headers the last one counts."""

    method: str
    path: str
    query: bytes
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type of the body, without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_form(self) -> bool:
        """Whether the body is a form: it is labelled so, or labelled JSON although it plainly is one.

        @tencent-sdk/capi, which the Serverless Framework calls the cloud with, labels its forms so.
        """
        if self.content_type == _JSON:
            return _FORM_WITH_ACTION.match(self.body) is not None
        return self.content_type == FORM

    def json_object(self) -> Tree:
        """Return the members of the JSON object in the body, without nulls; an empty body has none.

        Raises:
            Unreadable: the body is not a JSON object.
        """
        if not self.body:
            return {}
        tree = read_json(self.body)
        if not isinstance(tree, dict):
            raise Unreadable("the body is not a JSON object")
        return {name: value for name, value in tree.items() if value is not None}

    def parameters(self) -> dict[str, str]:
        """Return the parameters of the query string and of a form body; the form wins.

        Raises:
            Unreadable: they are not proper UTF-8, or too many.
        """
        found = read_pairs(self.query) if self.query else {}
        if self.body and self.is_form:
            found.update(read_pairs(self.body))
        return found

    def legible_parameters(self) -> dict[str, str]:
        """Return what can be read of parameters that cannot be read as a whole."""
        found: dict[str, str] = {}
        for encoded in (self.query, self.body if self.is_form else b""):
            for part in encoded.split(b"&", MAX_PARAMETERS)[:MAX_PARAMETERS]:
                with suppress(Unreadable):
                    found.update(read_pairs(part))
        return found


@statically_frozen(eq=False, repr=False)
class HttpAnswer(Value):
    """What goes back. ``headers`` always holds ``content-type``."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def read_pairs(encoded: bytes) -> dict[str, str]:
    """Decode ``a=1&b=2``; of a name that is repeated the last value counts.

    Raises:
        Unreadable: a name or value is not UTF-8, or there are too many of them.
    """
    try:
        text = encoded.decode()
    except UnicodeDecodeError:
        raise Unreadable("a parameter is not UTF-8 text") from None
    parts = text.replace("+", " ").split("&", MAX_PARAMETERS)
    if len(parts) > MAX_PARAMETERS:
        raise Unreadable("more than {count} parameters", count=MAX_PARAMETERS)
    found = {}
    for part in parts:
        if part:
            name, _, value = part.partition("=")
            if "%" in part:
                name, value = _unquote(name), _unquote(value)
            found[name] = value
    return found


def _unquote(text: str) -> str:
    if "%" not in text:
        return text
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeDecodeError:
        raise Unreadable("a parameter is not UTF-8 text") from None


def unfold(flat: Mapping[str, str]) -> Tree:
    """Turn dotted names into a tree: ``Tag.1.Key=a`` becomes ``{"Tag": {"1": {"Key": "a"}}}``.

    Raises:
        Unreadable: a name is both a value and a branch, or is nested too deeply.
    """
    tree: Tree = {}
    for name, value in flat.items():
        if "." not in name:
            if name in tree:
                raise Unreadable("{name} has both a value and members", name=name)
            tree[name] = value
            continue
        *branches, leaf = name.split(".", _MAX_DEPTH)
        if "." in leaf:
            raise Unreadable("{name} is nested too deeply", name=name[:100])
        node = tree
        for branch in branches:
            node = node.setdefault(branch, {})
            if not isinstance(node, dict):
                raise Unreadable("{name} has both a value and members", name=name[:100])
        if leaf in node:
            raise Unreadable("{name} has both a value and members", name=name[:100])
        node[leaf] = value
    return tree


def remove(tree: Tree, path: str) -> bool:
    """Take what stands at a dotted path out of a tree; say whether there was anything."""
    *branches, leaf = path.split(".")
    node: Any = tree
    for branch in branches:
        if isinstance(node, list) and branch.isdecimal() and int(branch) < len(node):
            node = node[int(branch)]
        elif isinstance(node, dict) and branch in node:
            node = node[branch]
        else:
            return False
    return isinstance(node, dict) and node.pop(leaf, None) is not None
