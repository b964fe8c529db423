"""Limits of the traffic of an interface."""

import pytest
from tests.dialects.alibaba.interfaces.modifying import (
    attributes,
    modify,
)

ENABLE, DISABLE = "EnableNetworkInterfaceQoS", "DisableNetworkInterfaceQoS"


def quality(account, interface_id):
    return attributes(account, interface_id)["QoSConfig"]


def test_limits_are_set_changed_and_lifted(account):
    interface_id = account.create_interface()
    without = quality(account, interface_id)
    zeros = dict.fromkeys(("BandwidthRx", "BandwidthTx", "ConcurrentConnections", "PpsRx", "PpsTx"), 0)
    assert without == {"EnableQoS": False, "QoS": zeros}
    limits = {"BandwidthRx": 50_000, "BandwidthTx": 51_000, "ConcurrentConnections": 10_000}
    account.call(ENABLE, NetworkInterfaceId=interface_id, QoS=limits)
    assert quality(account, interface_id) == {"EnableQoS": True, "QoS": {**zeros, **limits}}
    more = {"BandwidthRx": 60_000, "PpsRx": 20_000, "PpsTx": 30_000}
    account.call(ENABLE, NetworkInterfaceId=interface_id, QoS=more)
    assert quality(account, interface_id)["QoS"] == {**limits, **more}
    for _ in range(2):
        account.call(DISABLE, NetworkInterfaceId=interface_id)
        assert quality(account, interface_id) == without


def test_limits_stay_while_other_attributes_change(account):
    interface_id = account.attach(account.create_interface(), account.add_instance())
    account.call(ENABLE, NetworkInterfaceId=interface_id, QoS={"PpsTx": 10_000})
    modify(account, interface_id, SourceDestCheck=True)
    assert quality(account, interface_id)["QoS"]["PpsTx"] == 10_000


def test_a_primary_interface_is_limited_too(account):
    primary = account.primary_interface_id(account.add_instance())
    account.call(ENABLE, NetworkInterfaceId=primary)
    assert quality(account, primary)["EnableQoS"] is True


@pytest.mark.parametrize("action", [ENABLE, DISABLE])
@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"NetworkInterfaceId": None}, ("MissingParameter", 400)),
        ({"NetworkInterfaceId": "interface"}, ("InvalidParams.EniId", 400)),
        ({"NetworkInterfaceId": "eni-none"}, ("InvalidEniId.NotFound", 404)),
        ({"Surprise": 1}, ("UnsupportedParameter", 400)),
    ],
)
def test_a_request_without_a_proper_interface_is_refused(account, action, wrong, refusal):
    assert account.refusal(action, **{"NetworkInterfaceId": account.create_interface(), **wrong}) == refusal


@pytest.mark.parametrize(
    "limits",
    [
        {"BandwidthRx": 49_000},
        {"BandwidthTx": 50_500},
        {"ConcurrentConnections": 15_000},
        {"PpsRx": 0},
        {"PpsTx": "many"},
    ],
)
def test_limits_come_in_steps(account, limits):
    refusal = ("InvalidParameter", 400)
    assert account.refusal(ENABLE, NetworkInterfaceId=account.create_interface(), QoS=limits) == refusal
