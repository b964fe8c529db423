"""What the parity machine does with lists of addresses, and with rules of groups that name them.

Common ground: an address is added that is not there and taken off that is, because one cloud overlooks what
the other refuses; a list keeps one, which one cloud demands; and lists are small, because one cloud counts
a rule as many times as the list has room for.
"""

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule
from tests.parity.machine import Clouds

_PICK = st.integers(0, 4)
_OCTET = st.integers(1, 4)
_ENOUGH = 4
"""This many are made at most."""


class ListRules(Clouds):
    """Makes, fills, names and deletes lists of addresses on both clouds."""

    groups: list[str]

    def __init__(self) -> None:
        super().__init__()
        self.lists: dict[str, set[int]] = {}
        """What is in each that was made."""
        self.naming: set[tuple[str, int, str, bool]] = set()
        """The rules that name lists, and were added and not removed again."""

    def _list(self, pick: int) -> str:
        return list(self.lists)[pick % len(self.lists)]

    @precondition(lambda self: len(self.lists) < _ENOUGH)
    @rule(octets=st.sets(_OCTET, min_size=1, max_size=3))
    def create_list(self, octets: set[int]) -> None:
        self.lists[self.made("list", "create_list", sorted(octets))] = octets

    @precondition(lambda self: self.lists)
    @rule(pick=_PICK, octet=_OCTET)
    def change_list(self, pick: int, octet: int) -> None:
        """Add an address that is not there, or take off one that is."""
        name = self._list(pick)
        content = self.lists[name]
        if octet not in content:
            done = self.both("add_address", name, octet) == "ok"
        else:
            done = len(content) > 1 and self.both("remove_address", name, octet) == "ok"
        if done:
            self.lists[name] = content ^ {octet}
        self.wait(1_000)

    @precondition(lambda self: self.lists)
    @rule(pick=_PICK)
    def delete_list(self, pick: int) -> None:
        self.both("delete_list", self._list(pick))
        self.wait(1_000)

    @precondition(lambda self: self.lists)
    @rule(group=_PICK, port=st.integers(1, 3), pick=_PICK, outbound=st.booleans(), remove=st.booleans())
    def change_list_rules(self, group: int, port: int, pick: int, outbound: bool, remove: bool) -> None:  # noqa: FBT001
        """Add a rule that is not there and names a list, or take one off, be it there or not."""
        name, named = self.groups[group % len(self.groups)], self._list(pick)
        known = (name, port, named, outbound)
        if not remove and known in self.naming:
            return
        action = "remove_list_rule" if remove else "add_list_rule"
        if self.both(action, name, port, named, outbound=outbound) == "ok":
            (self.naming.discard if remove else self.naming.add)(known)
