"""What a test needs that a machine may lack: SDKs and command line tools.

A missing one skips the test; with ``DUOLECT_REQUIRE=all``, or a list that names it, the test fails.
"""

import importlib
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

_SDK = "pip install duolect[sdk]"


def require(name: str, how: str = _SDK) -> ModuleType:
    """Import a module that may be missing, and return it; ``how`` says how it is to be had."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != name.partition(".")[0]:
            raise
        _missing(name.partition(".")[0], how)


def require_command(name: str, how: str = _SDK) -> str:
    """Return the path of a command, beside this Python or in the PATH."""
    beside = Path(sys.executable).parent
    found = shutil.which(name, path=f"{beside}{os.pathsep}{os.environ.get('PATH', '')}")
    return found or _missing(name, how)


def _missing(name: str, how: str) -> NoReturn:
    reason = f"{name} is not installed: {how}"
    if {"all", name} & set(os.environ.get("DUOLECT_REQUIRE", "").replace(",", " ").split()):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason, allow_module_level=True)
