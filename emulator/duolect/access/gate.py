"""Who is let in: the three checks that stand between a client and an action.

Each raises the vendor's own refusal, or lets the call pass.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from duolect.access.authentication import Authenticator
from duolect.access.throttle import Throttle
from duolect_dialects.action import Action
from duolect_dialects.call import Call, Refusal
from duolect_dialects.dialect import Dialect


@attrs.frozen
class Condition:
    """A standing refusal: an account that may not call an action, and the code it is told.

    ``action`` may be ``*``; ``access_key`` may be ``*``, an access key, an account, or ``sub-users``: all
    keys that are known as a sub-user's. It stands for what the emulator does not model of an account: its
    type, its permissions, the regions and features that are open to it. So it is no fault (``faults``): it
    belongs to the account, looks in every byte like the cloud's own refusal, is not counted, and stays when
    the faults of a test are taken away.
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


ANY: Final = "*"
"""What stands for every action, or every account."""


class InvalidCondition(ValueError):
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
        names = self.names(call)
        for condition in self.conditions:
            if condition.applies(dialect.name, names, action.name):
                status = status_of(dialect, action, condition.code)
                if status is not None:
                    message = "The request is refused by a condition in the emulator's settings."
                    raise Refusal(condition.code, message, status)

    def names(self, call: Call) -> set[str]:
        """Return what a condition or a rule may call whoever calls."""
        names = {call.access_key, self.authenticator.account_of(call.access_key)}
        if self.authenticator.is_sub_user(call.access_key):
            names.add(SUB_USERS)
        return names


def status_of(dialect: Dialect, action: Action, code: str) -> int | None:
    """Return the HTTP status of a code that the vendor documents for an action, or None."""
    documented = dialect.documents(action)
    return documented[code] if code in documented else dialect.common.get(code)


def find_actions(dialects: Sequence[Dialect], cloud: str, name: str) -> tuple[Dialect, list[Action]]:
    """Return a cloud and those of its actions that go by a name, or all of them.

    Raises:
        InvalidCondition: there is no such cloud or action.
    """
    dialect = next((each for each in dialects if each.name == cloud), None)
    if dialect is None:
        raise InvalidCondition(f"there is no cloud {cloud}")
    actions = [dialect.actions[key] for key in dialect.actions if name in {ANY, key[1]}]
    if not actions:
        raise InvalidCondition(f"{dialect.name} has no action {name}")
    return dialect, actions


def fit(condition: Condition, dialects: Sequence[Dialect]) -> None:
    """Check that a condition could refuse something.

    Raises:
        InvalidCondition: its cloud, action or code does not exist, or the action lacks the code.
    """
    dialect, actions = find_actions(dialects, condition.dialect, condition.action)
    if all(status_of(dialect, action, condition.code) is None for action in actions):
        named = "any action" if condition.action == ANY else condition.action
        raise InvalidCondition(f"{dialect.name} does not document the code {condition.code} for {named}")
