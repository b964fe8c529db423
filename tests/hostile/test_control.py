"""Mutated requests to all routes of the control API; ``make hostile`` sends many more."""

import asyncio

import pytest
from tests.hostile.control import BODIES, PATHS, ControlFuzzer, Request, exchange

from duolect.control.application import ROUTES

JSON = ((b"content-type", b"application/json"),)


def test_thousands_of_mutated_requests_change_nothing_where_refused():
    fuzzer = ControlFuzzer(1)
    fuzzer.run(5_000)
    report = fuzzer.report
    assert report.is_clean, "\n".join(report.problems)
    assert set(report.statuses) >= {200, 201, 204, 400, 404, 405, 413, 422}
    assert set(report.statuses) <= {200, 201, 204, 400, 403, 404, 405, 409, 413, 422}
    routes = {(route.method, route.path) for route in ROUTES}
    # There is no log without a store, and none of its instances is a spot one that could be interrupted.
    never = {("GET", "/_duolect/log"), ("POST", "/_duolect/interruptions")}
    assert set(report.granted) == routes - never


@pytest.mark.parametrize("route", [each for each in ROUTES if each.body or each.raw], ids=lambda r: r.path)
def test_a_body_that_is_no_json_object_is_refused_by_every_route_that_takes_one(route):
    app = ControlFuzzer(1)._app
    for body in BODIES:
        got = asyncio.run(exchange(app, Request(route.method, route.path, b"", JSON, body)))
        assert got.status in {400, 413, 422}, body[:100]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_is_not_there_is_no_route(path):
    got = asyncio.run(exchange(ControlFuzzer(1)._app, Request("GET", f"/_duolect{path}", b"", JSON, b"")))
    assert got.status in {404, 405}


def test_a_number_beyond_64_bits_is_refused():
    app = ControlFuzzer(1)._app
    for number in (10**18, 2**63 - 1, 2**63, 10**400):
        got = asyncio.run(
            exchange(app, Request("GET", "/_duolect/journal", b"limit=%d" % number, JSON, b""))
        )
        assert got.status == 400
