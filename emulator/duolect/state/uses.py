"""When accounts were used last, by the machine's clock: the one that was used longest ago comes first."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator


class Uses:
    """Accounts in the order of their last uses."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Start with none; ``now`` says what time it is, in seconds."""
        self.now = now
        self._last: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        """Return of how many accounts a use is known."""
        return len(self._last)

    def __iter__(self) -> Iterator[tuple[str, float]]:
        """Iterate over the accounts, each with when it was used last, longest ago first."""
        return iter(self._last.items())

    def touch(self, account: str) -> None:
        """Note that an account is used now."""
        self._last[account] = self.now()
        self._last.move_to_end(account)

    def put_first(self, account: str) -> None:
        """Note an account that was not used, though it is there again."""
        self._last[account] = 0.0
        self._last.move_to_end(account, last=False)

    def drop(self, account: str) -> None:
        """Know no use of an account any more."""
        self._last.pop(account, None)

    def oldest(self) -> tuple[str, float] | None:
        """Return the account that was used longest ago, and when that was."""
        return next(iter(self._last.items()), None)

    def last(self, account: str) -> float | None:
        """Return when an account was used last, where that is known."""
        return self._last.get(account)
