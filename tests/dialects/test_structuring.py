"""Wire values become a typed request, or the name of what is wrong with them."""

import attrs
import pytest

from duolect_dialects.declarations import param, required
from duolect_dialects.structuring import make_converter, structure
from duolect_dialects.values import BadValue, Between, Fault, MissingValue, RequestFault, UnknownName

CONVERTER = make_converter()


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
    return structure(CONVERTER, {"Id": "x", **tree}, Request)


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
        structure(CONVERTER, tree, Request)
    assert fault.value.parameter == name
