"""Who is let in: the three checks that stand between a client and an action.

Each raises the vendor's own refusal, or lets the call pass.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from duolect.authentication import Authenticator
from duolect.throttle import Throttle
from duolect_dialects.action import Action
from duolect_dialects.dialect import Call, Dialect, Refusal


@attrs.frozen
class Condition:
    """A standing refusal: an account that may not call an action, and the code it is told.

    ``action`` may be ``*``; ``access_key`` may be ``*``, an access key, an account, or ``sub-users``: all
    keys that are known as a sub-user's. It stands for what the emulator does not model of an account: its
    type, its permissions, the regions and features that are open to it.
    """

    dialect: str
    access_key: str
    action: str
    code: str

    def applies(self, dialect: str, names: set[str], action: str) -> bool:
        """Say whether this condition refuses a call of whoever goes by these names."""
        return (
            self.dialect == dialect
            and (self.access_key == "*" or self.access_key in names)
            and self.action in {"*", action}
        )


class UnfitCondition(ValueError):
    """No call could ever be refused as the condition says; ``str`` says why."""


SUB_USERS: Final = "sub-users"


class Gate:
    """All checks together."""

    def __init__(
        self, authenticator: Authenticator, throttle: Throttle, conditions: Sequence[Condition] = ()
    ) -> None:
        """Take the checks; conditions can be added later."""
        self.authenticator = authenticator
        self.conditions = list(conditions)
        self._throttle = throttle

    def authenticate(self, dialect: Dialect, call: Call, parameters: Mapping[str, str]) -> None:
        """Raise ``Refusal`` where the call's signature is not believed and the mode is strict."""
        self.authenticator.check(dialect, call, parameters)

    def throttle(self, dialect: Dialect, call: Call) -> None:
        """Raise ``Refusal`` where the account calls the action too often."""
        self._throttle.check(dialect, call)

    def admit(self, dialect: Dialect, call: Call, action: Action) -> None:
        """Raise the refusal that a standing condition has for this account and action."""
        if not self.conditions:
            return
        names = {call.access_key, self.authenticator.account_of(call.access_key)}
        if self.authenticator.is_sub_user(call.access_key):
            names.add(SUB_USERS)
        for condition in self.conditions:
            if condition.applies(dialect.name, names, action.name):
                known = {**dialect.common, **dialect.documents(action)}
                status = known.get(condition.code)
                if status is not None:
                    message = "The request is refused by a condition in the emulator's settings."
                    raise Refusal(condition.code, message, status)


def fit(condition: Condition, dialects: Sequence[Dialect]) -> None:
    """Check that a condition could refuse something.

    Raises:
        UnfitCondition: its cloud, action or code does not exist, or the action does not document the code.
    """
    dialect = next((each for each in dialects if each.name == condition.dialect), None)
    if dialect is None:
        raise UnfitCondition(f"there is no cloud {condition.dialect}")
    actions = [each for each in dialect.actions.values() if condition.action in {"*", each.name}]
    if not actions:
        raise UnfitCondition(f"{dialect.name} has no action {condition.action}")
    if not any(condition.code in {*dialect.common, *dialect.documents(action)} for action in actions):
        named = "any action" if condition.action == "*" else condition.action
        raise UnfitCondition(f"{dialect.name} does not document the code {condition.code} for {named}")
