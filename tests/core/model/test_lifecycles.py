"""The tables: what leads where, and that nothing is a dead end but the end."""

import pytest
from tests.core.model.reachability import reachable

from duolect_core.model.lifecycles import (
    ADDRESS_LIFECYCLE,
    INSTANCE_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    PROVISION_LIFECYCLE,
    PUBLIC_ADDRESS_LIFECYCLE,
    SERVICE_LIFECYCLE,
    AddressState,
    InstanceState,
    InterfaceState,
    ProvisionState,
    PublicAddressState,
    ServiceState,
    Trigger,
    allowed_from,
)

TABLES = pytest.mark.parametrize(
    ("table", "last"),
    [
        (INTERFACE_LIFECYCLE, InterfaceState.GONE),
        (ADDRESS_LIFECYCLE, AddressState.GONE),
        (INSTANCE_LIFECYCLE, InstanceState.GONE),
        (PUBLIC_ADDRESS_LIFECYCLE, PublicAddressState.GONE),
        (PROVISION_LIFECYCLE, ProvisionState.GONE),
        (SERVICE_LIFECYCLE, ServiceState.GONE),
    ],
    ids=["interface", "address", "instance", "public address", "provision", "service"],
)


@TABLES
def test_every_state_can_be_reached_from_pending(table, last):
    states = type(last)
    assert reachable(table, states.PENDING) == set(states)


@TABLES
def test_every_state_leads_to_the_last_one(table, last):
    assert all(last in reachable(table, state) for state in type(last))


@TABLES
def test_nothing_leads_out_of_the_last_state(table, last):
    assert not [trigger for before, trigger in table if before is last]


def test_a_failed_attachment_returns_the_interface_to_available():
    key = (InterfaceState.ATTACHING, Trigger.ATTACH_FAILED)
    assert INTERFACE_LIFECYCLE[key] is InterfaceState.AVAILABLE


def test_an_interface_is_attached_from_available_only():
    assert allowed_from(INTERFACE_LIFECYCLE, Trigger.ATTACH) == (InterfaceState.AVAILABLE,)


def test_an_address_whose_move_failed_is_available_again():
    key = (AddressState.MIGRATING, Trigger.MOVE_FAILED)
    assert ADDRESS_LIFECYCLE[key] is AddressState.AVAILABLE


def test_a_trigger_moves_addresses_or_interfaces_but_never_both():
    of_addresses = {trigger for _, trigger in ADDRESS_LIFECYCLE}
    assert of_addresses.isdisjoint(trigger for _, trigger in INTERFACE_LIFECYCLE)


def test_an_instance_is_deleted_stopped_or_running_or_where_it_could_not_be_launched():
    assert set(allowed_from(INSTANCE_LIFECYCLE, Trigger.DELETE)) == {
        InstanceState.STOPPED,
        InstanceState.RUNNING,
        InstanceState.LAUNCH_FAILED,
    }


def test_a_trigger_that_a_table_lacks_is_allowed_from_nowhere():
    assert allowed_from(PROVISION_LIFECYCLE, Trigger.STOP) == ()


@pytest.mark.parametrize(
    "table",
    [
        INTERFACE_LIFECYCLE,
        ADDRESS_LIFECYCLE,
        INSTANCE_LIFECYCLE,
        PUBLIC_ADDRESS_LIFECYCLE,
        PROVISION_LIFECYCLE,
        SERVICE_LIFECYCLE,
    ],
)
def test_the_tables_cannot_be_changed(table):
    with pytest.raises(TypeError):
        table[(InterfaceState.GONE, Trigger.START)] = InterfaceState.PENDING
