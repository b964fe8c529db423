"""What a test suite takes from Duolect, whatever runs it.

With pytest nothing of this needs to be imported: see ``duolect.pytest_plugin``.
Elsewhere ``running`` starts an emulator, an ``Account`` is what a test works with, and ``EmulatorTestCase``
is both for ``unittest``. ``duolect.testing.machine`` runs your own client code through random stories.
"""

import unittest
from contextlib import ExitStack
from typing import Any, ClassVar

from duolect.account import Account, SdkMissing
from duolect.client import ControlError, Duolect, VerificationFailed
from duolect.testing.process import NotStarted, running

__all__ = [
    "Account",
    "ControlError",
    "Duolect",
    "EmulatorTestCase",
    "NotStarted",
    "SdkMissing",
    "VerificationFailed",
    "running",
]


class EmulatorTestCase(unittest.TestCase):
    """A test case with an emulator for the class and an account for each test.

    ``settings`` are those of ``duolect serve``.
    """

    settings: ClassVar[dict[str, Any]] = {}
    duolect: ClassVar[Duolect]
    account: Account

    @classmethod
    def setUpClass(cls) -> None:
        """Start the emulator."""
        super().setUpClass()
        stack = ExitStack()
        cls.addClassCleanup(stack.close)
        cls.duolect = stack.enter_context(running(**cls.settings))

    def setUp(self) -> None:
        """Give the test an empty account."""
        super().setUp()
        self.account = Account(self.duolect, f"test-{self.id()}")
        self.addCleanup(self.account.reset)
