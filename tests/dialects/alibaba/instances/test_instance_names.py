"""The names and host names of instances that are run together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duolect_dialects.alibaba.instances.naming import HOST_NAME, INSTANCE_NAME, sequence


def test_unnamed_instances_are_called_by_their_ids(account):
    shown = account.run_instance()
    assert shown["InstanceName"] == shown["InstanceId"]
    assert shown["HostName"] == f"iZ{shown['InstanceId'][2:]}Z"


def test_each_of_several_instances_has_a_name_of_its_own(account):
    account.run_instances(Amount=2, InstanceName="web", HostName="${instance_id}.host", UniqueSuffix=True)
    found = account.describe_instances()
    assert [shown["InstanceName"] for shown in found] == ["web002", "web001"]
    assert [shown["HostName"] for shown in found] == [
        f"{shown['InstanceId']}.host00{2 - place}" for place, shown in enumerate(found)
    ]


def test_host_names_are_given_one_by_one(account):
    account.run_instances(Amount=2, HostNames=["first", "second"])
    assert [shown["HostName"] for shown in account.describe_instances()] == ["second", "first"]


@pytest.mark.parametrize(
    ("name", "suffixed", "names"),
    [
        ("web", False, ("web", "web")),
        ("web", True, ("web001", "web002")),
        ("k-[7,3]", False, ("k-007", "k-008")),
        ("k-[7,3]", True, ("k-007", "k-008")),
        ("k-[7,3]-n", True, ("k-007-n001", "k-008-n002")),
        ("k[,]", False, ("k000000", "k000001")),
        ("k[99,1]", False, ("k000099", "k000100")),
        ("k[99,2]", False, ("k99", "k100")),
    ],
)
def test_a_sequence_counts_as_its_name_says(name, suffixed, names):
    assert sequence(name, 2, suffixed=suffixed) == names
    assert INSTANCE_NAME.accepts(name)


def test_a_single_instance_gets_no_suffix():
    assert sequence("web", 1, suffixed=True) == ("web",)


@given(st.text(max_size=20), st.integers(1, 100), st.booleans())
def test_there_are_always_as_many_names_as_instances(name, count, suffixed):
    names = sequence(name, count, suffixed=suffixed)
    assert len(names) == count
    if suffixed:
        assert len(set(names)) == count


@pytest.mark.parametrize("name", ["a", "a.b", "a-b", "h-${instance_id}", "h[1,2]", "H0"])
def test_these_are_host_names(name):
    assert HOST_NAME.accepts(name)


@pytest.mark.parametrize("name", ["-a", "a-", ".a", "a.", "a..b", "a--b", "a_b", "ä", "", "a{b}"])
def test_these_are_no_host_names(name):
    assert not HOST_NAME.accepts(name)
