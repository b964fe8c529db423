"""Who may use the control API: programs of this machine, and nobody's web page."""

import http.client
import logging
import socket
from http.client import HTTPConnection

import pytest
from tests.contract.server import environment, running
from tests.emulator.asgi import application, send

from duolect.account import Account
from duolect.client import ControlError, Duolect
from duolect.testing.process import running as emulator

RESET = ("POST", "/_duolect/reset")


def ask(app, method="GET", path="/_duolect/state", **headers):
    return send(app, method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})


# -- web pages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:4780",
        "localhost:4780",
        "LOCALHOST",
        "api.localhost",
        "[::1]:4780",
        "192.168.1.5:4780",
        "duolect:4780",
        "my_service",
        "duolect.example",
        "a.b.duolect.example:1",
        "",
    ],
)
def test_the_emulators_own_names_are_answered(host):
    app = application(names=("duolect.example", "*.duolect.example"))
    assert ask(app, host=host).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:4780",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "ecs.aliyuncs.com",
        "127.0.0.1:4780@evil.example",
        "a b",
    ],
)
@pytest.mark.parametrize(("method", "path"), [("GET", "/_duolect/health"), RESET, ("GET", "/_duolect/ca")])
def test_a_name_that_someone_else_gave_this_machine_is_refused(host, method, path):
    """DNS rebinding: a page's own host is made to stand for 127.0.0.1."""
    answer = ask(application(), method, path, host=host)
    assert answer.status_code == 403
    assert "--server-names" in answer.json()["detail"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1", "file://", ""]
)
def test_a_page_of_another_origin_is_refused(origin):
    app = application()
    assert ask(app, *RESET, origin=origin).status_code == 403
    assert ask(app, *RESET).status_code == 200


def test_a_page_of_the_emulators_own_may_ask():
    assert ask(application(), host="127.0.0.1:4780", origin="http://127.0.0.1:4780").status_code == 200
    assert ask(application(), host="localhost:4780", origin="https://LocalHost:4780").status_code == 200


def test_a_page_changes_nothing():
    app = application()
    query = "Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=me"
    assert send(app, "GET", f"/?{query}").status_code == 200
    assert ask(app, *RESET, origin="https://evil.example").status_code == 403
    assert len(ask(app).json()["partitions"]) == 1


def test_the_clouds_apis_take_any_name_and_origin():
    query = "Action=DescribeRegions&Version=2014-05-26&Format=JSON"
    assert ask(application(), "GET", f"/?{query}", host="x.example", origin="null").status_code == 200


def test_what_comes_through_the_proxy_is_known_by_what_was_asked_of_the_proxy():
    with running() as server:
        for url, status in (("http://127.0.0.1:1", 200), ("http://evil.example", 403)):
            connection = http.client.HTTPConnection(server.address, timeout=5)
            connection.request("GET", f"{url}/_duolect/state", headers={"host": "localhost"})
            assert connection.getresponse().status == status
            connection.close()


# -- tokens and ports --------------------------------------------------------------------------------------


def test_a_token_is_needed_for_all_but_health_and_certificate():
    app = application(control_token="s3cret")
    for given in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic s3cret"}):
        answer = ask(app, **given)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "s3cret" not in answer.text
    assert ask(app, authorization="Bearer \u00e9".encode("latin-1")).status_code == 401
    assert ask(app, authorization="Bearer s3cret").status_code == 200
    assert ask(app, authorization="bearer s3cret").status_code == 200
    assert ask(app, path="/_duolect/health").status_code == 200
    assert ask(app, path="/_duolect/ca").status_code == 200


def test_the_client_knows_the_token(monkeypatch):
    with emulator(environment=environment(), control_token="s3cret") as duolect:
        Account(duolect, "me").reset()
        with pytest.raises(ControlError, match="--control-token"):
            Duolect(duolect.endpoint).reset()
        monkeypatch.setenv("DUOLECT_CONTROL_TOKEN", "s3cret")
        Duolect(duolect.endpoint).reset()


def unused_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_the_control_api_may_have_a_port_of_its_own():
    port = unused_port()
    with emulator(environment=environment(), control_port=port) as duolect:
        assert duolect.health()["status"] == "ok"
        with pytest.raises(ControlError, match="a port of its own"):
            duolect.reset()
        assert Duolect(f"127.0.0.1:{port}").reset() == {"forgotten": []}
        for address, status in ((duolect.endpoint, 404), (f"127.0.0.1:{port}", 303)):
            connection = HTTPConnection(address)
            connection.request("GET", "/", headers={"Accept": "text/html"})
            assert connection.getresponse().status == status, "a browser is led where the console is"
            connection.close()


def test_a_control_api_that_others_can_reach_is_warned_of(monkeypatch, caplog):
    from duolect.server import serve  # noqa: PLC0415
    from duolect.settings.settings import Settings  # noqa: PLC0415

    monkeypatch.setattr(serve, "configure", lambda *_: None)
    monkeypatch.setattr(serve._Server, "run", lambda *_, **__: None)
    monkeypatch.setattr(serve.stopping, "on_signals", lambda _: None)
    anywhere = {"host": "0.0.0.0", "port": 0}  # noqa: S104 - that is the point
    for settings, warned in (
        (anywhere, True),
        ({**anywhere, "control_token": "t"}, False),
        ({**anywhere, "control_port": unused_port()}, False),
        ({"port": 0}, False),
        ({"port": 0, "host": "localhost"}, False),
    ):
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            serve.serve(Settings(**settings))
        assert ("from other machines" in caplog.text) is warned, settings
