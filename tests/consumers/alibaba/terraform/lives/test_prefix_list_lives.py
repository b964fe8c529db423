"""What Terraform does to a prefix list: create, plan, update, plan, import, destroy, twice."""

import pytest
from tests.consumers.alibaba.terraform.lives.test_lives import (
    TAGS,
    Workspace,
    assert_no_change,
    live,
    workspace,
)
from tests.consumers.alibaba.terraform.prefix_lists import EcsPrefixList, VpcPrefixList
from tests.harness import ApiError

__all__ = ["workspace"]

ENTRIES = {"10.0.0.0/24": "east", "10.1.0.0/16": ""}
OTHERS = {"10.0.0.0/24": "east", "10.2.0.0/16": "south"}


def test_prefix_list_of_ecs(workspace: Workspace) -> None:
    config = {
        "prefix_list_name": "tf-list",
        "address_family": "IPv4",
        "max_entries": 10,
        "description": "of Terraform",
        "entry": ENTRIES,
    }
    for _ in range(2):
        live(
            EcsPrefixList(workspace.provider),
            config,
            prefix_list_name="tf-b",
            description="changed",
            entry=OTHERS,
        )


def test_an_entry_of_ecs_is_not_described_anew_by_what_removes_it_too(workspace: Workspace) -> None:
    """The page forbids what the provider does where the description of an entry changes."""
    config = {"prefix_list_name": "tf-list", "address_family": "IPv4", "max_entries": 10, "entry": ENTRIES}
    prefix_list = EcsPrefixList(workspace.provider)
    list_id = prefix_list.create(config)
    with pytest.raises(ApiError) as caught:
        prefix_list.update(list_id, config, {**config, "entry": {"10.0.0.0/24": "north"}})
    assert caught.value.code == "InvalidParameter.CidrDuplicated"
    assert_no_change(prefix_list, list_id, config)


def test_prefix_list_of_vpc(workspace: Workspace) -> None:
    config = {
        "prefix_list_name": "tf-list",
        "ip_version": "IPV4",
        "max_entries": 40,
        "entries": ENTRIES,
        "tags": TAGS,
    }
    for _ in range(2):
        live(
            VpcPrefixList(workspace.provider),
            config,
            prefix_list_name="tf-b",
            prefix_list_description="changed",
            max_entries=50,
            entries={"10.0.0.0/24": "north", "10.2.0.0/16": "south"},
            tags={"For": "test"},
        )
