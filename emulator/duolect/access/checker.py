"""The checks of a caller's access: signature, call rate, standing refusals.

Each raises the vendor's own refusal, or lets the call pass.
"""

from collections.abc import Mapping, Sequence

from duolect.access.authentication import Authenticator
from duolect.access.conditions import ANY, SUB_USERS, Condition, Conditions, status_of
from duolect.access.throttle import Throttle
from duolect_core.model.resources import Instant
from duolect_dialects.action import Action
from duolect_dialects.call import Call, Refusal
from duolect_dialects.dialect import Dialect
from duolect_dialects.session import Shortage


class AccessChecker:
    """All checks of access together."""

    def __init__(
        self, authenticator: Authenticator, throttle: Throttle, conditions: Sequence[Condition] = ()
    ) -> None:
        """Take the checks; conditions can be added later."""
        self.authenticator = authenticator
        self.conditions = Conditions(conditions)
        self._throttle = throttle

    def authenticate(
        self, dialect: Dialect, call: Call, parameters: Mapping[str, str], at: Instant
    ) -> None:
        """Raise ``Refusal`` where the call's signature is wrong and the mode is strict."""
        self.authenticator.check(dialect, call, parameters, at)

    def throttle(self, dialect: Dialect, call: Call) -> None:
        """Raise ``Refusal`` where the account calls the action too often."""
        self._throttle.check(dialect, call)

    def forget_calls(self, access_key: str | None, cloud: str | None, region: str | None) -> None:
        """Count no call any more of one account, cloud and region; None stands for all of them."""
        account_of = self.authenticator.account_of
        self._throttle.forget(lambda key: access_key in {None, account_of(key)}, cloud, region)

    def check_conditions(self, dialect: Dialect, call: Call, action: Action) -> None:
        """Raise the refusal that a standing condition has for this caller and action."""
        if not self.conditions:
            return
        caller_names = self.caller_names(call)
        for condition in self.conditions.of_call(dialect.name, action.name, caller_names):
            status = status_of(dialect, action, condition.code)
            if status is not None:
                message = "The request is refused by a condition in the emulator's settings."
                raise Refusal(condition.code, message, status)

    def shortages(self, dialect: Dialect, call: Call, action: Action) -> tuple[Shortage, ...]:
        """Return the instances that are out of stock for a caller by standing conditions."""
        if not self.conditions.any_of_capacity:
            return ()
        found = []
        for each in self.conditions.of_capacity(dialect.name, self.caller_names(call)):
            refusal, status = None, None
            if each.action in {ANY, action.name}:
                status = status_of(dialect, action, each.code)
            if status is not None:
                message = "These instances are out of stock by a condition in the emulator's settings."
                refusal = Refusal(each.code, message, status)
            found.append(Shortage(each.instance_type, each.zone, refusal))
        return tuple(found)

    def caller_names(self, call: Call) -> set[str]:
        """Return the names by which conditions and fault rules can mean the caller."""
        names = {call.access_key, self.authenticator.account_of(call.access_key)}
        if self.authenticator.is_sub_user(call.access_key):
            names.add(SUB_USERS)
        return names
