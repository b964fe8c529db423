"""Wire values become a typed request, or the name of what is wrong with them."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, get_args, get_origin

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duolect_dialects import detailed_structuring
from duolect_dialects.alibaba.actions import ACTIONS as ALIBABA
from duolect_dialects.declarations import param, required
from duolect_dialects.structuring import structure
from duolect_dialects.tencent.actions import ACTIONS as TENCENT
from duolect_dialects.values import BadValue, Between, Fault, MissingValue, RequestFault, UnknownName


@attrs.frozen(kw_only=True)
class Part:
    Name: str = required()
    Size: int = param(Between(1, 5), default=1)


@attrs.frozen(kw_only=True)
class Request:
    Id: str = required()
    On: bool | None = param()
    Count: int | None = param()
    Price: float | None = param()
    Names: tuple[str, ...] = param(default=())
    Parts: tuple[Part, ...] = param(default=())


def made(**tree: object) -> Request:
    return structure({"Id": "x", **tree}, Request)


@pytest.mark.parametrize("yes", [True, "true", "True", "TRUE", "1"])
@pytest.mark.parametrize("no", [False, "false", "False", "0"])
def test_booleans_come_as_json_or_as_texts(yes: object, no: object) -> None:
    assert made(On=yes).On is True
    assert made(On=no).On is False


@pytest.mark.parametrize(("wire", "value"), [(7, 7), ("7", 7), ("-7", -7), (-(2**63), -(2**63))])
def test_integers_come_as_json_or_as_texts(wire: object, value: int) -> None:
    assert made(Count=wire).Count == value


@pytest.mark.parametrize(("wire", "value"), [(1, 1.0), (0.5, 0.5), ("0.5", 0.5), ("3", 3.0)])
def test_numbers_come_as_json_or_as_texts(wire: object, value: float) -> None:
    assert made(Price=wire).Price == value


@pytest.mark.parametrize("wire", [["a", "b"], {"1": "a", "2": "b"}, {"10": "b", "9": "a"}])
def test_lists_come_as_json_or_as_numbered_members(wire: object) -> None:
    assert made(Names=wire).Names == ("a", "b")


@pytest.mark.parametrize(
    ("tree", "name"),
    [
        ({"On": "yes"}, "On"),
        ({"On": []}, "On"),
        ({"On": 1}, "On"),
        ({"Count": True}, "Count"),
        ({"Count": 2**63}, "Count"),
        ({"Count": "9" * 20}, "Count"),
        ({"Count": "1.5"}, "Count"),
        ({"Count": "\u0663"}, "Count"),
        ({"Price": True}, "Price"),
        ({"Price": float("inf")}, "Price"),
        ({"Price": "9" * 400}, "Price"),
        ({"Price": "1.2.3"}, "Price"),
        ({"Id": 7}, "Id"),
        ({"Names": "ab"}, "Names"),
        ({"Names": {"x": "a"}}, "Names"),
        ({"Names": [1]}, "Names.0"),
        ({"Parts": ["a"]}, "Parts.0"),
        ({"Parts": {"3": {"Name": 1}}}, "Parts.3.Name"),
    ],
)
def test_a_value_of_another_type_is_named_with_its_path(tree: dict[str, object], name: str) -> None:
    with pytest.raises(BadValue) as fault:
        made(**tree)
    assert (fault.value.parameter, fault.value.fault) == (name, Fault.TYPE)


def test_a_value_that_breaks_a_rule_is_named_with_its_path() -> None:
    with pytest.raises(BadValue) as fault:
        made(Parts=[{"Name": "a"}, {"Name": "b", "Size": 6}])
    assert (fault.value.parameter, fault.value.fault) == ("Parts.1.Size", Fault.RANGE)


@pytest.mark.parametrize(
    ("tree", "kind", "name"),
    [
        ({"Colour": "red", "Count": "x"}, MissingValue, "Id"),
        ({"Id": "x", "Colour": "red", "Count": "x"}, UnknownName, "Colour"),
        ({"Id": "x", "Parts": [{"Size": 9}], "Count": "x"}, MissingValue, "Parts.0.Name"),
        ({"Id": "x", "Parts": [{"Name": "a", "Colour": 1}]}, UnknownName, "Parts.0.Colour"),
    ],
)
def test_what_is_missing_is_said_before_what_is_unknown_and_that_before_what_is_wrong(
    tree: dict[str, object], kind: type[RequestFault], name: str
) -> None:
    with pytest.raises(kind) as fault:
        structure(tree, Request)
    assert fault.value.parameter == name


# -- the quick way and the detailed way ------------------------------------------------------------------

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**64), 2**64),
    st.floats(allow_nan=False),
    st.sampled_from(
        ["", "a", "true", "False", "1", "0", "01", "-7", "1.5", "9" * 25, "é", "<nil>", "Enable"]
    ),
    st.text(max_size=5),
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["1", "2", "10", "01", "x", "Key", "Value"]), inner, max_size=3),
    ),
    max_leaves=4,
)
FITTING: Mapping[Any, st.SearchStrategy[Any]] = {
    str: st.sampled_from(["", "a", "eni-1", "sg-1", "vpc-12345678", "10.0.0.0/8", "name", "x" * 200]),
    bool: st.sampled_from([True, False, "true", "FALSE", "1"]),
    int: st.one_of(st.integers(-1, 300), st.sampled_from(["0", "1", "20", "-1"])),
    float: st.sampled_from([0, 0.5, 7, "2.5"]),
    Any: ANYTHING,
}


def wire_values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Return trees of which most fit a declared type."""
    if kind in FITTING:
        fitting = FITTING[kind]
    elif attrs.has(kind):
        fitting = trees_of(kind)
    elif get_origin(kind) is tuple:
        entry = st.deferred(lambda: wire_values_of(get_args(kind)[0]))
        keys = st.sampled_from(["1", "2", "3", "10"])
        fitting = st.one_of(st.lists(entry, max_size=3), st.dictionaries(keys, entry, max_size=3))
    else:
        (some,) = (each for each in get_args(kind) if each is not type(None))
        fitting = wire_values_of(some)
    return st.one_of(fitting, fitting, fitting, fitting, ANYTHING)


def trees_of(cls: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Return trees of which most have what a class needs, and of the rest a little."""
    attrs.resolve_types(cls)
    fields = attrs.fields(cls)
    needed = {field.name: wire_values_of(field.type) for field in fields if field.default is attrs.NOTHING}
    others = {field.name: wire_values_of(field.type) for field in fields if field.name not in needed}
    some = st.lists(st.sampled_from(sorted(others)), max_size=4) if others else st.just([])
    return st.one_of(
        some.flatmap(lambda names: st.fixed_dictionaries(needed | {name: others[name] for name in names})),
        some.flatmap(
            lambda names: st.fixed_dictionaries(
                {name: others[name] for name in names}, optional=needed | {"Surplus": ANYTHING}
            )
        ),
    )


def outcome(way: Callable[..., Any], tree: dict[str, Any], cls: type) -> Any:
    try:
        return way(tree, cls)
    except RequestFault as fault:
        return type(fault), attrs.asdict(fault)


KINDS = sorted(
    {action.request for actions in (ALIBABA, TENCENT) for action in actions.values()},
    key=lambda kind: (kind.__module__, kind.__name__),
)


@pytest.mark.parametrize("kind", [*KINDS, Request], ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_quick_way_comes_to_what_the_detailed_way_comes_to(kind: type, data: st.DataObject) -> None:
    tree = data.draw(trees_of(kind))
    kept = deepcopy(tree)
    assert outcome(structure, tree, kind) == outcome(detailed_structuring.structure, tree, kind)
    assert tree == kept


def test_what_fits_needs_no_detailed_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(detailed_structuring, "structure")
    request = made(Count="3", Parts={"2": {"Name": "b"}, "1": {"Name": "a", "Size": "2"}}, Names=["x"])
    assert request == Request(Id="x", Count=3, Parts=(Part(Name="a", Size=2), Part(Name="b")), Names=("x",))
