"""What the parity machine does with network ACLs.

Common ground: subnets that are associated with one are not deleted, which one cloud refuses and the other
does not; and a new ACL gets entries at once, because only one cloud gives it some of its own.
"""

from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule
from tests.parity.machine import Clouds

_PICK = st.integers(0, 4)
_ENOUGH = 4
"""This many are made at most."""


class AclRules(Clouds):
    """Makes, fills, associates and deletes network ACLs on both clouds."""

    networks: list[str]
    subnets: list[str]

    def __init__(self) -> None:
        super().__init__()
        self.acls: list[str] = []

    def _of_acl(self, action: str, *arguments: Any) -> None:
        self.both(action, *arguments)
        self.wait(1_000)

    @precondition(lambda self: len(self.acls) < _ENOUGH)
    @rule(network=_PICK, ports=st.lists(st.integers(1, 3), min_size=1, max_size=3))
    def create_acl(self, network: int, ports: list[int]) -> None:
        name = self.made("acl", "create_acl", self.networks[network % len(self.networks)])
        self.acls.append(name)
        self._of_acl("set_entries", name, ports)

    @precondition(lambda self: self.acls)
    @rule(acl=_PICK, ports=st.lists(st.integers(1, 3), min_size=1, max_size=3))
    def set_entries(self, acl: int, ports: list[int]) -> None:
        self._of_acl("set_entries", self.acls[acl % len(self.acls)], ports)

    @precondition(lambda self: self.acls)
    @rule(action=st.sampled_from(["join_acl", "join_acl", "leave_acl"]), acl=_PICK, subnet=_PICK)
    def associate_acl(self, action: str, acl: int, subnet: int) -> None:
        name = self.subnets[-1 - subnet % len(self.subnets)]
        self._of_acl(action, self.acls[acl % len(self.acls)], name)

    @precondition(lambda self: self.acls)
    @rule(acl=_PICK)
    def delete_acl(self, acl: int) -> None:
        self._of_acl("delete_acl", self.acls[acl % len(self.acls)])
