"""Faults that delay a call or its answer."""

from tests.emulator.faults.cloud import CODES, CloudClient, error_code

from duolect.faults.engine import HEADER
from duolect.faults.responses import Postponed
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import MILLISECOND
from duolect_dialects.exchange import HttpAnswer


def test_a_late_call_is_carried_out_when_it_has_waited(cloud):
    cloud.add_fault("AttachNetworkInterface", latency_ms=500)
    late = cloud.attach()
    now = cloud.emulator.clock.now()
    assert isinstance(late, Postponed)
    assert late.until == now + 500 * MILLISECOND
    assert cloud.interface_state() is InterfaceState.AVAILABLE
    assert not list(cloud.emulator.pipeline.journal.records())
    cloud.emulator.advance(500)
    answer = late.resume()
    assert (error_code(answer), answer.headers[HEADER]) == ("", "f-1")
    assert cloud.interface_state() is InterfaceState.ATTACHING
    (record,) = cloud.emulator.pipeline.journal.records()
    assert record.at == late.until


def test_a_late_answer_is_about_what_was_done_at_once(cloud):
    cloud.add_fault("AttachNetworkInterface", latency_ms=500, after=True)
    late = cloud.attach()
    assert isinstance(late, Postponed)
    assert cloud.interface_state() is InterfaceState.ATTACHING
    assert isinstance(late.resume(), HttpAnswer)


def test_jitter_is_drawn_from_the_seed(cloud):
    cloud.add_fault(latency_ms=100, jitter_ms=100)
    twin = CloudClient(cloud.name)
    twin.add_fault(latency_ms=100, jitter_ms=100)
    waits = [
        [each.describe().until - each.emulator.clock.now() for _ in range(20)] for each in (cloud, twin)
    ]
    assert waits[0] == waits[1]
    assert len(set(waits[0])) > 10
    assert all(100 * MILLISECOND <= wait <= 200 * MILLISECOND for wait in waits[0])


def test_a_late_call_can_be_refused_in_the_end(cloud):
    cloud.add_fault("AttachNetworkInterface", latency_ms=500)
    cloud.add_fault("AttachNetworkInterface", code=CODES[cloud.name])
    refused = cloud.attach().resume()
    assert (error_code(refused), refused.headers[HEADER]) == (CODES[cloud.name], "f-1, f-2")


def test_a_failure_of_the_emulator_after_waiting_is_an_internal_error(cloud, monkeypatch):
    cloud.add_fault("AttachNetworkInterface", latency_ms=500)
    late = cloud.attach()
    monkeypatch.setattr("duolect.faults.engine.InjectedFaults.inject", lambda *_: 1 / 0)
    assert error_code(late.resume()) == "InternalError"
