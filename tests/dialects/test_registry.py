import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages

import pytest

from duolect_dialects.action import Registry
from duolect_dialects.alibaba import actions as alibaba
from duolect_dialects.tencent import actions as tencent


@pytest.mark.parametrize("package", [alibaba, tencent], ids=["alibaba", "tencent"])
def test_what_is_listed_is_what_the_modules_declare(package):
    dialect = import_module(package.__name__.rpartition(".")[0])
    modules = [
        import_module(each.name)
        for each in walk_packages(dialect.__path__, f"{dialect.__name__}.")
        if each.name.count(".") == 3
    ]
    declared = [
        (action.version, action.name) for module in modules for action in getattr(module, "ACTIONS", ())
    ]
    assert len(declared) == len(set(declared))
    assert set(declared) == set(package.ACTIONS)
    assert len(package.ACTIONS) == len(declared)
    for version, name in package.ACTIONS:
        action = package.ACTIONS[version, name]
        assert (action.version, action.name) == (version, name)


def test_an_action_that_is_not_listed_is_not_there():
    registry = Registry("nowhere", {"module": {"1": "One Two"}})
    assert set(registry) == {("1", "One"), ("1", "Two")}
    assert ("1", "One") in registry
    assert ("2", "One") not in registry
    assert registry.get(("2", "One")) is None


def test_no_action_is_declared_before_it_is_called():
    code = """
import sys
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.tencent.dialect import TencentDialect
len(AlibabaDialect().actions), len(TencentDialect().actions)
modules = {*AlibabaDialect().actions._modules.values(), *TencentDialect().actions._modules.values()}
print([name for name in sys.modules if name in modules or name.startswith("lxml")])
"""
    ended = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"
