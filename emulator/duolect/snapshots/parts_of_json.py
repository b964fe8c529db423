"""Reading a long text of JSON in small steps, between which other threads can run.

Python's decoder takes a text in one step, in which nobody else is served. Here it is given what lies within
a window on the text: containers that reach beyond it are opened, and their members read some at a time.
"""

import codecs
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Final

_LEAST: Final = 2**16
_MOST: Final = 2**18
"""How many characters to come the window has at least when a value is read, and how many it is given."""
_SPACES: Final = re.compile(r"[ \t\n\r]*+")
_BETWEEN: Final = re.compile(r',[ \t\r]*\n[ \t]*["{\[]')
"""What stands between two members where each begins a line, and how the next begins."""
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


def _refuse_constant(name: str) -> float:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise ValueError(name)


def _check(text: str, value: object, start: int, end: int) -> None:
    """Raise ``ValueError`` where a value, which stands there in a text, holds half a surrogate pair."""
    if _SURROGATE.search(text, start, end):
        json.dumps(value, ensure_ascii=False).encode()


_decode: Final = json.JSONDecoder(parse_constant=_refuse_constant).raw_decode


def read_json_in_parts(parts: Iterable[bytes]) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return what a text says that is given in parts.

    Raises:
        ValueError, RecursionError: it is no JSON, or holds half a surrogate pair, which is no text.
    """
    text = _Text(parts)
    value = text.value()
    if text.sign():
        raise ValueError("there is more after the end")
    return value


class _Text:
    """A text, and a window on what of it was not read yet."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = deque(memoryview(part) for part in parts)
        start = b"".join(part[:4] for part in tuple(self._parts)[:4])
        self._decoder = codecs.getincrementaldecoder(json.detect_encoding(start[:4]))()
        self._window = ""
        self._place = 0
        self._is_whole = False
        """Whether the window reaches to the end of the text."""

    def value(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Read the next value."""
        sign = self.sign()
        self._widen(_LEAST)
        try:
            return self._value_in_window()
        except (ValueError, StopIteration) as error:
            if sign == "{":
                return self._object()
            if sign == "[":
                return self._list()
            if sign != '"' or self._is_whole:
                raise ValueError("there is no value") from error
        return self._long_string()

    def sign(self) -> str:
        """Go on to the next sign that is no space, and return it; an empty one at the end."""
        while True:
            self._place = _SPACES.match(self._window, self._place).end()  # type: ignore[union-attr]
            if self._place < len(self._window) or self._is_whole:
                return self._window[self._place : self._place + 1]
            self._widen(1)

    def _value_in_window(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Read a value that ends before the window does."""
        value, end = _decode(self._window, self._place)
        if end == len(self._window) and not self._is_whole:
            raise ValueError("a number may go on")
        _check(self._window, value, self._place, end)
        self._place = end
        return value

    def _long_string(self) -> str:
        size = _LEAST
        while True:
            size *= 2
            self._widen(size)
            try:
                return str(self._value_in_window())
            except ValueError:
                if self._is_whole:
                    raise

    def _object(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for many in self._members("{}"):
            if many is not None:
                made.update(many)
                continue
            if self.sign() != '"':
                raise ValueError("a name must be a text")
            name = self.value()
            self._take(":")
            made[name] = self.value()
        return made

    def _list(self) -> list[Any]:
        made: list[Any] = []
        for many in self._members("[]"):
            if many is None:
                made.append(self.value())
            else:
                made += many
        return made

    def _members(self, signs: str) -> Iterator[Any]:
        """Go through the members of a container: yield many, or None where one is to be read."""
        self._place += 1
        if self.sign() == signs[1]:
            self._place += 1
            return
        in_lines = True
        yield None
        while self.sign() != signs[1]:
            many = self._many(signs) if in_lines else None
            if many is None:
                in_lines = False
                self._take(",")
            yield many
        self._place += 1

    def _many(self, signs: str) -> Any:  # noqa: ANN401 - a container of the same kind
        """Read as many members as the window has, or return None where it cannot be seen where they end.

        It can where a text is laid out in lines: all members of a container begin alike.
        """
        self._widen(_LEAST)
        between = _BETWEEN.match(self._window, self._place)
        if between is None:
            return None
        end = self._window.rfind(between[0], between.end(), self._place + _LEAST)
        if end < 0:
            return None
        text = f"{signs[0]}{self._window[between.end() - 1 : end]}{signs[1]}"
        try:
            members, its_end = _decode(text)
        except (ValueError, StopIteration):
            return None
        if its_end < len(text):
            return None
        _check(text, members, 0, its_end)
        self._place = end
        return members

    def _take(self, sign: str) -> None:
        if self.sign() != sign:
            raise ValueError(f"a {sign} is missing")
        self._place += 1

    def _widen(self, least: int) -> None:
        """Let the window have so many characters to come, or more, where the text has as many."""
        found = len(self._window) - self._place
        if found >= least or self._is_whole:
            return
        pieces = [self._window[self._place :]]
        while found < max(least, _MOST) and not self._is_whole:
            self._is_whole = not self._parts
            pieces.append(self._decoder.decode(self._taken(), self._is_whole))
            found += len(pieces[-1])
        self._window, self._place = "".join(pieces), 0

    def _taken(self) -> bytes:
        """Take some of the next part, or nothing where there is none."""
        if not self._parts:
            return b""
        part = self._parts.popleft()
        if len(part) > _LEAST:
            self._parts.appendleft(part[_LEAST:])
        return bytes(part[:_LEAST])
