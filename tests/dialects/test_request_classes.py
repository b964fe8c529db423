"""The classes of requests and of what is in them, whichever way attrs makes them."""

from importlib import import_module
from pkgutil import walk_packages

import attrs

import duolect_dialects
from duolect_dialects.declarations import declared


def classes():
    for each in walk_packages(duolect_dialects.__path__, f"{duolect_dialects.__name__}."):
        for value in vars(import_module(each.name)).values():
            if isinstance(value, type) and "__attrs_attrs__" in vars(value):
                yield value


def is_of_requests(kind):
    return any(map(declared, (each for each in attrs.fields(kind) if each.metadata)))


def test_each_field_is_kept_in_one_place():
    # One without slots above one that has them would be written beside the slot and read from it.
    found = set(filter(is_of_requests, classes()))
    assert len(found) > 600
    for kind in found:
        if "__slots__" not in vars(kind):
            of_bases = {slot for base in kind.__mro__[1:] for slot in vars(base).get("__slots__", ())}
            assert of_bases.isdisjoint(attrs.fields_dict(kind)), kind
