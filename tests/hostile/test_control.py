"""Requests to all routes of the control API, spoilt by a seeded chance; ``make hostile`` runs many more."""

import asyncio

import pytest
from tests.hostile.control import BODIES, PATHS, ControlAssault, Sent, exchange

from duolect.control.application import ROUTES

JSON = ((b"content-type", b"application/json"),)


def test_thousands_of_spoilt_requests_change_nothing_where_refused():
    assault = ControlAssault(1)
    assault.run(5_000)
    report = assault.report
    assert report.is_clean, "\n".join(report.complaints)
    assert set(report.statuses) >= {200, 201, 204, 400, 404, 405, 413, 422}
    assert set(report.statuses) <= {200, 201, 204, 400, 404, 405, 409, 413, 422}
    assert set(report.granted) == {(route.method, route.path) for route in ROUTES}


@pytest.mark.parametrize("route", [each for each in ROUTES if each.body or each.raw], ids=lambda r: r.path)
def test_a_body_that_is_no_json_object_is_refused_by_every_route_that_takes_one(route):
    app = ControlAssault(1)._app
    for body in BODIES:
        got = asyncio.run(exchange(app, Sent(route.method, route.path, b"", JSON, body)))
        assert got.status in {400, 413, 422}, body[:100]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_is_not_there_is_no_route(path):
    got = asyncio.run(exchange(ControlAssault(1)._app, Sent("GET", f"/_duolect{path}", b"", JSON, b"")))
    assert got.status in {404, 405}


def test_a_number_beyond_64_bits_is_refused():
    app = ControlAssault(1)._app
    for number in (10**18, 2**63 - 1, 2**63, 10**400):
        got = asyncio.run(exchange(app, Sent("GET", "/_duolect/journal", b"limit=%d" % number, JSON, b"")))
        assert got.status == 400
