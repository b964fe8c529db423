"""What the parity machine does with how instances are paid.

Common ground: an instance is prepaid, renewed, and paid by use again at once, because one cloud refuses to
delete a prepaid one, and the other takes it back.
"""

import hypothesis.strategies as st
from hypothesis.stateful import rule
from tests.parity.machine import Clouds


class PaymentRules(Clouds):
    """Pays for instances of both clouds in advance, and by use again."""

    instances: list[str]

    @rule(instance=st.integers(0, 4), months=st.sampled_from([1, 12]))
    def pay(self, instance: int, months: int) -> None:
        name = self.instances[-1 - instance % len(self.instances)]
        if self.both("prepay", name, months) == "ok":
            assert self.both("renew", name, months) == "ok"
            assert self.both("pay_by_use", name) == "ok"
