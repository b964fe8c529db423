"""Who brings accounts back that were put away, and what a call says that has to wait for one."""

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from duolect.state.placed import Placed


class PutAway(Exception):
    """A call has to wait until an account is there again; nothing was done yet."""

    def __init__(self, account: str) -> None:
        """Take the account."""
        super().__init__(account)
        self.account = account


class Recall(Protocol):
    """Brings accounts back, while others are served."""

    def held(
        self, account: str | None, wanted: Callable[[Placed], bool] | None
    ) -> AbstractAsyncContextManager[None]:
        """Put nothing away meanwhile; let an account be there, or all of which any partition is wanted."""
        ...

    async def bring_back(self, accounts: Iterable[str]) -> None:
        """Let accounts be there that were put away."""
        ...

    async def bring_back_wanted(self, wanted: Callable[[Placed], bool]) -> None:
        """Let all accounts be there of which any partition is wanted."""
        ...
