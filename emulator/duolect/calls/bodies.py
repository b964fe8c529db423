"""Request bodies on their way: how many bytes of them are kept until they are whole."""

from collections.abc import AsyncIterator


class TooLarge(Exception):
    """The body is larger than allowed."""


class Overloaded(Exception):
    """All bodies that are not whole yet are larger than allowed together."""


class Bodies:
    """All bodies that are not whole yet."""

    def __init__(self, max_bytes: int) -> None:
        """Allow them so many bytes together."""
        self.max_bytes = max_bytes
        self.held = 0
        """How many bytes they have now."""

    def have_room(self, size: int, max_bytes: int) -> bool:
        """Say whether a body that is whole has at most ``max_bytes``, and there is room for it."""
        return size <= max_bytes and self.held + size <= max(self.max_bytes, size)

    async def read(self, parts: AsyncIterator[bytes], max_bytes: int) -> bytes:
        """Return a body that comes in parts, the last of which ends the iteration.

        Raises:
            TooLarge: it has more than ``max_bytes``; what comes after them is not read.
            Overloaded: there is no room for it now.
        """
        return b"".join(await self.read_parts(parts, max_bytes))

    async def read_parts(self, parts: AsyncIterator[bytes], max_bytes: int) -> list[bytes]:
        """Return the parts of a body, or raise as ``read`` does."""
        kept: list[bytes] = []
        size = 0
        try:
            async for part in parts:
                if size + len(part) > max_bytes:
                    raise TooLarge
                if self.held + len(part) > max(self.max_bytes, len(part)):
                    raise Overloaded
                kept.append(part)
                size += len(part)
                self.held += len(part)
            return kept
        finally:
            self.held -= size
