"""Every action has its codes and says where they are listed."""

import json
from importlib import import_module
from importlib.resources import files
from types import UnionType
from typing import get_args, get_origin

import attrs
import pytest
from tests.documented_codes import may_answer

from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.declarations import declared
from duolect_dialects.documented_codes import EVERY_ACTION
from duolect_dialects.tencent.dialect import TencentDialect
from duolect_dialects.values import Coded, Each

DIALECTS = {"duolect_dialects.alibaba": AlibabaDialect(), "duolect_dialects.tencent": TencentDialect()}
ACTIONS = [(package, key) for package, dialect in DIALECTS.items() for key in dialect.actions]


def entries(package):
    """Return the entries of all files of codes below a package, by file and action."""
    root = files(package)
    subjects = [each for each in root.iterdir() if each.is_dir() and each.joinpath("codes.json").is_file()]
    return {each.name: json.loads(each.joinpath("codes.json").read_text("utf-8")) for each in subjects}


def entry_of(found, key):
    """Return the entry of an action: under its version and name where another one has that name too."""
    return found.get(" ".join(key)) or found[key[1]]


@pytest.mark.parametrize(("package", "key"), ACTIONS, ids=str)
def test_an_action_has_an_entry_beside_its_subject_with_codes_and_their_source(package, key):
    subject = import_module(f"{package}.actions").ACTIONS.subject_of(*key)
    entry = entry_of(entries(package)[subject], key)
    assert entry.keys() <= {"source", "codes", "beyond", "seen"}
    assert len(entry["source"]) > 10
    assert entry["codes"]


@pytest.mark.parametrize("package", DIALECTS)
def test_no_entry_is_of_an_action_that_its_subject_lacks(package):
    served = {
        (import_module(f"{package}.actions").ACTIONS.subject_of(*key), name)
        for key in DIALECTS[package].actions
        for name in (key[1], " ".join(key))
    }
    assert {(subject, name) for subject, found in entries(package).items() for name in found} <= served


@pytest.mark.parametrize(("package", "key"), ACTIONS, ids=str)
def test_what_goes_beyond_the_list_has_a_reason_and_is_not_in_it(package, key):
    dialect = DIALECTS[package]
    action = dialect.actions[key]
    subject = import_module(f"{package}.actions").ACTIONS.subject_of(*key)
    entry = entry_of(entries(package)[subject], key)
    for told in entry.get("beyond", {}).values():
        assert len(told["reason"]) > 3
    assert not entry.get("beyond", {}).keys() & dialect.documents(action).keys()
    assert entry.get("beyond", {}).keys() <= dialect.gives_beyond(action).keys()


@pytest.mark.parametrize(("package", "key"), ACTIONS, ids=str)
def test_what_was_seen_has_a_source_and_stands_in_no_list(package, key):
    dialect = DIALECTS[package]
    action = dialect.actions[key]
    subject = import_module(f"{package}.actions").ACTIONS.subject_of(*key)
    seen = entry_of(entries(package)[subject], key).get("seen", {"source": "nobody knows", "codes": {}})
    assert len(seen["source"]) > 10
    listed = {**dialect.documents(action), **dialect.common, **dialect.gives_beyond(action)}
    assert not seen["codes"].keys() & listed.keys()
    assert seen["codes"].items() <= dialect.has_seen(action).items()


@pytest.mark.parametrize("package", DIALECTS)
def test_what_was_seen_of_all_actions_has_a_source(package):
    common = json.loads(files(package).joinpath("wire/common_codes.json").read_text("utf-8"))
    seen = [entry["seen"] for entry in common.values() if "seen" in entry]
    assert len(seen) == 2
    assert all(len(each["source"]) > 10 and each["codes"] for each in seen)


@pytest.mark.parametrize("package", DIALECTS)
def test_the_codes_of_all_actions_have_a_source(package):
    common = json.loads(files(package).joinpath("wire/common_codes.json").read_text("utf-8"))
    assert len(common[EVERY_ACTION]["source"]) > 10
    assert DIALECTS[package].common.keys() == set(common[EVERY_ACTION]["codes"])


def test_products_may_share_codes_of_their_own():
    dialect = DIALECTS["duolect_dialects.tencent"]
    vpc = dialect.actions[("2017-03-12", "DescribeVpcs")]
    cvm = dialect.actions[("2017-03-12", "DescribeInstances")]
    assert dialect.gives_beyond(vpc)["InvalidParameter.Coexist"] == 200
    assert "InvalidParameter.Coexist" not in dialect.gives_beyond(cvm)


def kinds_of(kind):
    """Yield the classes of a parameter's parts."""
    if get_origin(kind) in {tuple, UnionType}:
        for each in get_args(kind):
            yield from kinds_of(each)
    elif attrs.has(kind):
        yield kind


def declared_codes(kind, path, above=()):
    """Yield the codes that are declared of the parameters of a request, and of their parts."""
    attrs.resolve_types(kind)
    for field in attrs.fields(kind):
        said = declared(field)
        name = f"{path}{field.name}"
        yield name, said.code
        for rule in said.rules:
            each = rule
            while isinstance(each, (Coded, Each)):
                yield name, each.code if isinstance(each, Coded) else None
                each = each.rule
        for part in kinds_of(field.type):
            if part not in above:
                yield from declared_codes(part, f"{name}.", (*above, part))


@pytest.mark.parametrize(("package", "key"), ACTIONS, ids=str)
def test_a_code_that_is_declared_of_a_parameter_is_one_of_its_action(package, key):
    dialect = DIALECTS[package]
    action = dialect.actions[key]
    for name, code in declared_codes(action.request, ""):
        assert code is None or may_answer(dialect, action, code), name
