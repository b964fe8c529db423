"""Answers of the user's own: what a gateway in front of a cloud, or a broken cloud, might answer.

They are outside all that the emulator checks of a vendor's answers: whatever is said is sent.
"""

import json as json_codec
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

import attrs

from duolect.access.conditions import InvalidCondition
from duolect.members import member
from duolect.problems import nearest
from duolect_core.model.resources import SECOND
from duolect_dialects.exchange import HttpAnswer
from duolect_dialects.session import Session

_STATUSES: Final = range(200, 600)
BODILESS: Final = frozenset({204, 304})
"""Statuses whose answers have no body, by HTTP."""
_HEADER: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE: Final = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_FRAMING: Final = ("content-length", "transfer-encoding", "connection")
"""Headers that the server writes itself: ``content_length`` of a rule makes the first one wrong."""
_PLACE: Final = re.compile(r"\$\{([^{}]*)\}")
FACTS: Final = ("action", "version", "region", "request_id", "account", "now")
"""What a template can name, beside ``parameters.NAME``."""
_PARAMETERS: Final = "parameters."
_BODIES: Final = ("body", "json", "template", "base64")
_TYPES: Final = {"json": "application/json", "template": "application/json", "body": "text/plain"}


class InvalidAnswer(InvalidCondition):
    """An answer cannot be sent; ``str`` says why."""


@attrs.frozen(kw_only=True)
class RawAnswer:
    """An answer of the user's own, sent as it is: no vendor would have to know it.

    It has at most one of ``body``, ``json``, ``template`` and ``base64``. In a template
    ``${request_id}``, ``${action}``, ``${version}``, ``${region}``, ``${account}``, ``${now}`` and
    ``${parameters.NAME}`` stand for what is known of the call.
    """

    status: int = member("the HTTP status", default=200)
    headers: dict[str, str] = member("headers, beside those of the body's length", factory=dict)
    body: str | None = member("the body as a text", default=None)
    json: Any = member("the body as JSON", default=None)
    template: str | None = member("the body as a text with places such as ${request_id}", default=None)
    base64: str | None = member("the body as bytes, in base64", default=None)

    def __attrs_post_init__(self) -> None:
        """Raise ``InvalidAnswer`` where it cannot be sent."""
        if type(self.status) is not int or self.status not in _STATUSES:
            raise InvalidAnswer("raw.status must be a whole number from 200 to 599")
        if not isinstance(self.headers, Mapping):
            raise InvalidAnswer("raw.headers must be a table of texts")
        for name, value in self.headers.items():
            _check_header(name, value)
        given = [name for name in _BODIES if getattr(self, name) is not None]
        if len(given) > 1:
            raise InvalidAnswer(f"raw.{given[0]} and raw.{given[1]} cannot go together")
        for name in given:
            if name != "json" and not isinstance(getattr(self, name), str):
                raise InvalidAnswer(f"raw.{name} must be a text")
        for place in _PLACE.findall(self.template or ""):
            if place not in FACTS and not place.startswith(_PARAMETERS):
                known = [*FACTS, "parameters.NAME"]
                raise InvalidAnswer(
                    f"raw.template: there is no ${{{place[:100]}}}; {nearest(place, known)}"
                )
        if self.status in BODILESS and given:
            raise InvalidAnswer(f"raw.status {self.status} goes without a body")
        _ = self._bytes

    def answer(self, facts: Mapping[str, str], parameters: Mapping[str, Any]) -> HttpAnswer:
        """Return the answer to a call of which this is known: ``FACTS`` and its parameters."""
        names = {name.lower() for name in self.headers}
        given = next((name for name in _BODIES if getattr(self, name) is not None), "")
        content_type = _TYPES.get(given)
        headers = dict(self.headers)
        if content_type and "content-type" not in names:
            headers["content-type"] = content_type
        body = self._bytes if self.template is None else _filled(self.template, facts, parameters).encode()
        return HttpAnswer(self.status, headers, body)

    @cached_property
    def _bytes(self) -> bytes:
        """The body where it is the same for every call.

        Raises:
            InvalidAnswer: it can be none.
        """
        try:
            if self.base64 is not None:
                return b64decode(self.base64, validate=True)
            if self.json is not None:
                return json_codec.dumps(self.json, ensure_ascii=False).encode()
            return (self.body or "").encode()
        except NotBase64:
            raise InvalidAnswer("raw.base64 is not base64") from None
        except (TypeError, ValueError):
            raise InvalidAnswer("raw.json is not JSON, or half of a surrogate pair") from None


def facts_of(session: Session) -> dict[str, str]:
    """Return what a template of a raw answer can say of a call."""
    call, at = session.call, session.at
    return {
        "action": call.action,
        "version": call.version,
        "region": call.region,
        "request_id": call.request_id,
        "account": session.account.access_key,
        "now": datetime.fromtimestamp(at // SECOND, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _check_header(name: Any, value: Any) -> None:  # noqa: ANN401 - whatever a rule says
    if not isinstance(name, str) or not _HEADER.fullmatch(name):
        raise InvalidAnswer(f"raw.headers: {str(name)[:100]!r} is no name of a header")
    if name.lower() in _FRAMING:
        raise InvalidAnswer(f"raw.headers: {name} is written by the server; a rule has content_length")
    if not isinstance(value, str) or not _VALUE.fullmatch(value):
        raise InvalidAnswer(f"raw.headers: {name} must be a text in Latin-1, on one line")


def _filled(template: str, facts: Mapping[str, str], parameters: Mapping[str, Any]) -> str:
    def fact(place: re.Match[str]) -> str:
        name = place.group(1)
        return facts[name] if name in facts else _text(parameters, name.removeprefix(_PARAMETERS))

    return _PLACE.sub(fact, template)


def _text(tree: Any, path: str) -> str:  # noqa: ANN401 - a tree of parameters
    """Return the text at a path such as ``Filter.1.Name``; nothing where there is none."""
    for name in path.split("."):
        if isinstance(tree, Mapping):
            tree = tree.get(name, "")
        elif isinstance(tree, list) and name.isdecimal():
            tree = next(iter(tree[int(name) - 1 : int(name)]), "") if int(name) else ""
        else:
            return ""
    return tree if isinstance(tree, str) else json_codec.dumps(tree, ensure_ascii=False)
