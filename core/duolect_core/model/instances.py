"""Instances, and for how long those are paid for that are paid for in advance.

Months are those of the calendar in China, where both clouds have their clocks. A term that ends on a day
that its last month does not have ends on the last one of that month.
"""

from calendar import monthrange
from datetime import MAXYEAR, date
from typing import Final

import attrs

from duolect_core.addressing.pools import Ip
from duolect_core.by_fields import Value
from duolect_core.model.lifecycles import InstanceState, Word
from duolect_core.model.resources import LATEST, SECOND, Instant, Operation, Resource

_DAY: Final = 24 * 3600 * SECOND
_CHINA: Final = 8 * 3600 * SECOND
_EPOCH: Final = date(1970, 1, 1).toordinal()


class SubscriptionState(Word):
    """Whether an instance is paid for, or no more: because its term is over, or it was given back."""

    PAID = "paid"
    EXPIRED = "expired"
    RETURNED = "returned"


@attrs.frozen(eq=False, repr=False)
class Term(Value):
    """How long an instance is paid for at once: so many months, and so many days."""

    months: int = 0
    days: int = 0

    def after(self, start: Instant, *, until_midnight: bool = False) -> Instant:
        """Return when a term is over that begins at an instant (both in microseconds): in time, at least.

        One that lasts ``until_midnight`` lasts to the end of its last day in China.
        """
        days, clock = divmod(start + _CHINA, _DAY)
        first = date.fromordinal(_EPOCH + days)
        year, month = divmod(first.year * 12 + first.month - 1 + self.months, 12)
        if year > MAXYEAR:
            return LATEST
        last = date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
        end = (last.toordinal() - _EPOCH + self.days) * _DAY + clock - _CHINA
        if until_midnight:
            end += -(end + _CHINA) % _DAY
        return min(end, LATEST)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Subscription(Value):
    """An instance's term. ``expires`` is when it is over, or was; all instants are in microseconds.

    ``due`` is when its state changes next, or an expired or returned instance is deleted: None is never.
    ``renews`` is for how long it is paid again whenever its term ends.
    """

    expires: Instant
    due: Instant | None
    renews: Term | None = None
    state: SubscriptionState = SubscriptionState.PAID

    @property
    def is_paid(self) -> bool:
        """Whether the instance may be used."""
        return self.state is SubscriptionState.PAID


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Instance(Resource):
    """A virtual machine, as far as networks see it."""

    type_name: str
    state: InstanceState
    network_id: str
    subnet_id: str
    zone: str
    started: Instant | None = None
    protected: bool = False
    classic: bool = False
    public_ip: Ip | None = None
    """The public address of its own, which goes with it: no elastic one."""
    key_pair_ids: tuple[str, ...] = ()
    """The key pairs that open it."""
    placement_group_id: str = ""
    partition: int = 0
    """Which partition of its placement group it is in, from 1; 0 where that has none."""
    public_ip_returns: bool = False
    """Whether it loses that address as it stops, and gets another one when it is started."""
    subscription: Subscription | None = None
    """For how long it is paid in advance, if it is."""
    reclaim: int | None = None
    """The transition by which the cloud takes it back, where that was announced."""
    pending: int | None = None
    operation: Operation | None = None
    """The latest operation on the instance itself."""
