"""Each action is called by the function that is named after it, and no function is left over."""

from types import ModuleType
from typing import Any

import pytest
from tests.contract.scenarios.calls import find_calls

from duolect_dialects.alibaba.dialect import AlibabaDialect

ACTIONS = AlibabaDialect().actions
ECS, VPC = "2014-05-26", "2016-04-28"


def module(*functions: str, **members: Any) -> ModuleType:
    """Return a module of scenarios that defines these functions."""
    made = ModuleType("scenarios")
    exec("\n".join(f"def {name}(account): pass" for name in functions), vars(made))  # noqa: S102 - our own text
    vars(made).update(members)
    return made


@pytest.mark.parametrize(
    ("function", "key"),
    [
        ("create_network_interface", (ECS, "CreateNetworkInterface")),
        ("enable_network_interface_qos", (ECS, "EnableNetworkInterfaceQoS")),
        ("ecs_describe_vswitches", (ECS, "DescribeVSwitches")),
        ("vpc_describe_vswitches", (VPC, "DescribeVSwitches")),
        ("ecs_untag_resources", (ECS, "UntagResources")),
        ("vpc_un_tag_resources", (VPC, "UnTagResources")),
    ],
)
def test_a_function_calls_the_action_that_it_is_named_after(function, key):
    scenarios = module(function)
    calls = find_calls(ACTIONS, [scenarios])
    assert calls.of == {key: vars(scenarios)[function]}
    assert calls.strays == ()


@pytest.mark.parametrize("function", ["eat_network_interface", "describe_vswitches", "vpc_create_instance"])
def test_a_function_that_is_named_after_no_action_is_told(function):
    calls = find_calls(ACTIONS, [module(function)])
    assert calls.of == {}
    assert calls.strays == (f"scenarios.{function} is named after no action that is served",)


def test_a_second_function_for_an_action_is_told():
    calls = find_calls(ACTIONS, [module("run_instances"), module("run_instances")])
    assert set(calls.of) == {(ECS, "RunInstances")}
    assert calls.strays == (f"scenarios.run_instances is the second function for {ECS} RunInstances",)


def test_private_functions_classes_and_what_is_imported_call_nothing():
    calls = find_calls(ACTIONS, [module("_eat", Account=object, find_calls=find_calls)])
    assert calls.of == {}
    assert calls.strays == ()
