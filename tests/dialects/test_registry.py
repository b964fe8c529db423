"""Actions are found where they are declared, and only once they are called."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from duolect_dialects import registry
from duolect_dialects.action import action, declared_in
from duolect_dialects.registry import DIALECTS, Registry


@pytest.mark.parametrize("package", DIALECTS)
def test_what_is_listed_is_what_the_modules_declare(package):
    declared = [
        (each.version, each.name) for found in registry.declarations(package).values() for each in found
    ]
    actions = import_module(f"{package}.actions").ACTIONS
    assert len(declared) == len(set(declared))
    assert set(declared) == set(actions)
    assert len(actions) == len(declared)
    for version, name in actions:
        found = actions[version, name]
        assert (found.version, found.name) == (version, name)


@pytest.mark.parametrize("package", DIALECTS)
def test_the_list_is_what_the_command_writes(package):
    module = import_module(f"{package}.actions")
    assert Path(module.__file__).read_text("utf-8") == registry.written(package), (
        "run: python -m duolect_dialects.registry"
    )


def test_the_command_writes_the_lists(tmp_path, monkeypatch, capsys):
    (tmp_path / "made").mkdir()
    monkeypatch.setattr(registry, "DIALECTS", ("duolect_dialects.tencent",))
    monkeypatch.setattr(registry, "folder_of", lambda _: tmp_path / "made")
    registry.main()
    path = tmp_path / "made" / "actions.py"
    assert capsys.readouterr().out == f"{path}\n"
    assert path.read_text("utf-8") == registry.written("duolect_dialects.tencent")


def test_an_action_that_is_not_listed_is_not_there():
    listed = Registry("nowhere", "\nmodule 1 One\nmodule 1 Two\n")
    assert set(listed) == {("1", "One"), ("1", "Two")}
    assert ("1", "One") in listed
    assert ("2", "One") not in listed
    assert listed.get(("2", "One")) is None
    assert listed.modules == {"nowhere.module"}


def test_no_action_is_declared_before_it_is_called():
    code = """
import sys
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.tencent.dialect import TencentDialect
modules = AlibabaDialect().actions.modules | TencentDialect().actions.modules
assert len(modules) > 20
print([name for name in sys.modules if name in modules or name.startswith("lxml")])
"""
    ended = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"


# -- declaring -----------------------------------------------------------------------------------------


class Request:
    """A request's class."""


class Other:
    """Another one's."""


def module_with(**functions):
    module = ModuleType("made")
    for name, function in functions.items():
        function.__module__ = "made"
        setattr(module, name, function)
    return module


def test_a_function_is_declared_by_its_request():
    @action("vpc", "1")
    def run(session, request: Request):
        return {"session": session, "request": request}

    (declared,) = declared_in(module_with(run=run))
    assert (declared.name, declared.product, declared.version) == ("Request", "vpc", "1")
    assert declared.request is Request
    assert declared.run is run
    assert (declared.token, declared.token_parameter) == (None, None)
    assert (declared.token_waits, declared.regional, declared.reads) == (True, True, False)


def test_one_function_can_be_several_actions_in_the_order_in_which_they_stand():
    @action("vpc", "1", idempotent_by="Token", token_waits=False)
    @action("ecs", "2", name="DescribeIt", request=Other, regional=False)
    @action("ecs", "3", name="GetIt", reads=False)
    def run(session, request: Request):
        return {"session": session, "request": request}

    first, second, third = declared_in(module_with(run=run))
    assert (first.product, first.token, first.token_parameter.waits) == ("vpc", "Token", False)
    assert first.token_parameter.scope == "Request"
    assert (second.name, second.request, second.regional, second.reads) == (
        "DescribeIt",
        Other,
        False,
        True,
    )
    assert (third.name, third.reads) == ("GetIt", False)


def test_what_a_module_imports_is_declared_elsewhere():
    @action("vpc", "1")
    def run(session, request: Request):
        return {"session": session, "request": request}

    module = module_with(run=run)
    run.__module__ = "elsewhere"
    assert list(declared_in(module)) == []
