"""Rules, durations, and that the two clouds of these tests differ wherever clouds can."""

from enum import StrEnum

import attrs
import pytest
from tests.core.model.rules import NORTH, SOUTH, limited

from duolect_core.model.durations import FAST, INSTANT, PRESETS, REALISTIC, Durations
from duolect_core.model.resources import GroupKind


def test_the_two_test_clouds_differ_in_every_flag():
    flags = [
        f.name for f in attrs.fields(type(NORTH)) if isinstance(getattr(NORTH, f.name), (bool, StrEnum))
    ]
    assert len(flags) == 55
    assert [name for name in flags if getattr(NORTH, name) is getattr(SOUTH, name)] == []


def test_durations_of_one_length_have_it_everywhere():
    assert set(attrs.astuple(Durations.all_of(7))) == {7}


def test_the_presets_get_slower_from_instant_to_realistic():
    assert dict(PRESETS) == {"instant": INSTANT, "fast": FAST, "realistic": REALISTIC}
    for field in attrs.fields(Durations):
        instant, fast, realistic = (getattr(each, field.name) for each in (INSTANT, FAST, REALISTIC))
        assert 0 == instant < realistic
        assert fast == 0 if field.name == "release_instance" else instant < fast < realistic


@pytest.mark.parametrize(
    ("kind", "limit"), [(GroupKind.BASIC, 5), (GroupKind.ENTERPRISE, 50)], ids=["basic", "enterprise"]
)
def test_each_kind_of_group_has_its_own_members_limit(kind, limit):
    rules = limited(NORTH, basic_group_members=5, enterprise_group_members=50)
    assert rules.members_limit(kind) == limit


def test_members_are_addresses_in_one_cloud_and_interfaces_in_the_other():
    assert NORTH.members_are_addresses
    assert not SOUTH.members_are_addresses
