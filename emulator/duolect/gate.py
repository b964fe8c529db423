"""Who is let in: the three checks that stand between a client and an action.

Each raises the vendor's own refusal, or lets the call pass.
"""

from collections.abc import Mapping, Sequence

import attrs

from duolect.authentication import Authenticator
from duolect.throttle import Throttle
from duolect_dialects.action import Action
from duolect_dialects.dialect import Call, Dialect, Refusal


@attrs.frozen
class Condition:
    """A standing refusal: an account that may not call an action, and the code it is told.

    ``access_key`` and ``action`` may be ``*``. It stands for what the emulator does not model of an
    account: its type, its permissions, the regions and features that are open to it.
    """

    dialect: str
    access_key: str
    action: str
    code: str

    def applies(self, dialect: str, access_key: str, action: str) -> bool:
        """Say whether this condition refuses the call."""
        return (
            self.dialect == dialect
            and self.access_key in {"*", access_key}
            and self.action in {"*", action}
        )


@attrs.frozen
class Gate:
    """All checks together."""

    authenticator: Authenticator
    _throttle: Throttle
    _conditions: Sequence[Condition] = ()

    def authenticate(self, dialect: Dialect, call: Call, parameters: Mapping[str, str]) -> None:
        """Raise ``Refusal`` where the call's signature is not believed and the mode is strict."""
        self.authenticator.check(dialect, call, parameters)

    def throttle(self, dialect: Dialect, call: Call) -> None:
        """Raise ``Refusal`` where the account calls the action too often."""
        self._throttle.check(dialect, call)

    def admit(self, dialect: Dialect, call: Call, action: Action) -> None:
        """Raise the refusal that a standing condition has for this account and action."""
        for condition in self._conditions:
            if condition.applies(dialect.name, call.access_key, action.name):
                known = {**dialect.common, **dialect.documents(action)}
                status = known.get(condition.code)
                if status is not None:
                    message = "The request is refused by a condition in the emulator's settings."
                    raise Refusal(condition.code, message, status)
