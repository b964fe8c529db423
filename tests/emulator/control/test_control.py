import pytest
from tests.emulator.asgi import application, send

from duolect import __version__
from duolect.control.application import ROUTES

HELLO = (
    "/?Action=DescribeNetworkInterfaces&Version=2014-05-26&Format=JSON&RegionId=cn-hangzhou&AccessKeyId="
)


def test_health_says_what_is_served():
    assert send(application(), "HEAD", "/_duolect/health").status_code == 200
    answer = send(application(), "GET", "/_duolect/health")
    assert answer.status_code == 200
    tree = answer.json()
    assert (tree["status"], tree["version"]) == ("ok", __version__)
    assert set(tree["dialects"]) == {"alibaba", "tencent"}
    assert min(tree["dialects"].values()) > 5


def test_reset_forgets_everything_and_says_what_it_was():
    app = application()
    for key in ("one", "two"):
        send(app, "GET", HELLO + key)
    answer = send(app, "POST", "/_duolect/reset")
    assert answer.json()["forgotten"] == [
        {"cloud": "alibaba", "access_key": key, "region": "cn-hangzhou"} for key in ("one", "two")
    ]
    assert send(app, "POST", "/_duolect/reset").json() == {"forgotten": []}


def test_reset_of_one_account_leaves_the_others():
    app = application()
    for key in ("one", "two"):
        send(app, "GET", HELLO + key)
    forgotten = send(app, "POST", "/_duolect/reset", params={"access_key": "one"}).json()["forgotten"]
    assert [each["access_key"] for each in forgotten] == ["one"]
    left = send(app, "POST", "/_duolect/reset").json()["forgotten"]
    assert [each["access_key"] for each in left] == ["two"]


def test_a_body_that_a_route_does_not_take_is_refused_and_forgets_nothing():
    app = application()
    send(app, "GET", HELLO + "one")
    answer = send(app, "POST", "/_duolect/reset", content=b'{"access_key": "two"}')
    assert answer.status_code == 400
    assert answer.json()["detail"] == "POST /_duolect/reset takes no body."
    assert len(send(app, "POST", "/_duolect/reset", content=b"{}").json()["forgotten"]) == 1


def test_a_mistyped_parameter_forgets_nothing():
    app = application()
    send(app, "GET", HELLO + "one")
    answer = send(app, "POST", "/_duolect/reset?acces_key=one")
    assert answer.status_code == 400
    assert answer.json()["detail"] == "/_duolect/reset: there is no acces_key; the nearest is access_key."
    assert len(send(app, "POST", "/_duolect/reset").json()["forgotten"]) == 1


@pytest.mark.parametrize("url", ["/_duolect", "/_duolect/", "/_duolect/x", "/_duolect/health/"])
def test_a_path_that_is_not_there_is_a_problem_that_names_those_that_are(url):
    answer = send(application(), "GET", url)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "title": "Not Found",
        "status": 404,
        "detail": f"There are {', '.join(sorted({route.path for route in ROUTES}))}.",
    }


@pytest.mark.parametrize(
    ("method", "path", "takes"),
    [("GET", "reset", "POST"), ("PUT", "reset", "POST"), ("POST", "health", "GET")],
)
def test_a_wrong_method_is_a_problem_that_names_the_right_one(method, path, takes):
    answer = send(application(), method, f"/_duolect/{path}")
    assert answer.status_code == 405
    assert answer.headers["allow"] == takes
    assert answer.json()["detail"] == f"/_duolect/{path} takes {takes}."


def test_parameters_that_are_not_text_are_a_problem():
    answer = send(application(), "POST", "/_duolect/reset?access_key=%ff")
    assert answer.status_code == 400


def test_the_marks_of_a_cloud_do_not_lead_out_of_the_control_api():
    answer = send(application(), "GET", "/_duolect/health", headers={"x-tc-action": "DescribeVpcs"})
    assert answer.json()["status"] == "ok"


KEYS = "/_duolect/keys"


def test_a_key_is_made_known_changed_listed_and_forgotten():
    app = application()
    assert send(app, "PUT", f"{KEYS}/AK1", json={"secret": "s"}).status_code == 201
    changed = {"secret": "s", "token": "t", "expires": 1_790_000_060}
    assert send(app, "PUT", f"{KEYS}/AK1", json=changed).status_code == 204
    assert send(app, "GET", KEYS).json() == {
        "keys": [
            {
                "id": "AK1",
                "account": "AK1",
                "sub_user": False,
                "temporary": True,
                "expires": 1_790_000_060,
            }
        ]
    }
    assert send(app, "DELETE", f"{KEYS}/AK1").status_code == 204
    assert send(app, "DELETE", f"{KEYS}/AK1").status_code == 404
    assert send(app, "GET", KEYS).json() == {"keys": []}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"[" * 9_000, 400),
        (b"{}", 422),
        (b'{"secret": ""}', 422),
        (b'{"secret": 1}', 422),
        (b'{"secret": "s", "expires": true}', 422),
        (b'{"secret": "s", "colour": "red"}', 422),
        (b'"' + b"x" * 70_000, 413),
    ],
)
def test_an_invalid_key_is_a_problem_and_changes_nothing(body, status):
    app = application()
    answer = send(app, "PUT", f"{KEYS}/AK1", content=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert send(app, "GET", KEYS).json() == {"keys": []}


def test_a_signature_that_failed_is_shown_beside_what_was_computed():
    app = application(signatures="warn", keys="AK1:secret")
    send(
        app,
        "GET",
        HELLO + "AK1&Signature=wrong&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=n"
        "&Timestamp=2026-09-21T14:13:20Z",
    )
    tree = send(app, "GET", "/_duolect/signatures").json()
    (failure,) = tree["failures"]
    assert (tree["mode"], failure["reason"], failure["sent"]) == ("warn", "mismatch", "wrong")
    assert failure["strings_to_sign"][0].startswith("GET&%2F&AccessKeyId%3DAK1")
    assert failure["expected"] != ["wrong"]


def test_a_failure_of_the_control_api_is_a_problem_too(monkeypatch):
    app = application()
    monkeypatch.setattr("duolect.state.partitions.Partitions.forget", lambda *_: 1 / 0)
    answer = send(app, "POST", "/_duolect/reset")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.json()["detail"] == "The emulator failed."


def test_keys_of_one_account_see_the_same_things():
    app = application()
    for key in ("AK1", "AK2"):
        body = {"secret": "s", "account": "company"}
        assert send(app, "PUT", f"{KEYS}/{key}", json=body).status_code == 201
    for key in ("AK1", "AK2", "AK3"):
        send(app, "GET", HELLO + key)
    forgotten = send(app, "POST", "/_duolect/reset").json()["forgotten"]
    assert [each["access_key"] for each in forgotten] == ["company", "AK3"]


CONDITIONS = "/_duolect/conditions"
SUB_USERS = {
    "cloud": "alibaba",
    "access_key": "sub-users",
    "action": "*",
    "code": "Forbidden.SubUser",
    "zone": "*",
    "instance_type": "*",
}


def test_a_condition_for_sub_users_refuses_them_and_not_owners():
    app = application()
    send(app, "PUT", f"{KEYS}/AK1", json={"secret": "s", "sub_user": True})
    assert send(app, "POST", CONDITIONS, json=SUB_USERS).status_code == 201
    assert send(app, "GET", CONDITIONS).json() == {"conditions": [SUB_USERS]}
    refused = send(app, "GET", HELLO + "AK1")
    assert (refused.status_code, refused.json()["Code"]) == (403, "Forbidden.SubUser")
    assert send(app, "GET", HELLO + "AK2").status_code == 200
    assert send(app, "DELETE", CONDITIONS).status_code == 204
    assert send(app, "GET", HELLO + "AK1").status_code == 200


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "cloud is missing."),
        ({**SUB_USERS, "cloud": "other"}, "there is no cloud other; there are alibaba, tencent."),
        ({**SUB_USERS, "action": "Sing"}, "alibaba has no action Sing; none of the "),
        (
            {**SUB_USERS, "code": "Sang"},
            "alibaba does not document the code Sang for any action; none of the ",
        ),
        ({**SUB_USERS, "code": 1}, "code must be a text."),
        (
            {**SUB_USERS, "song": "x"},
            "there is no song; there are cloud, code, access_key, action, zone, instance_type.",
        ),
        ({**SUB_USERS, "zone": "Mars"}, "alibaba has no zone Mars; none of the "),
    ],
)
def test_a_condition_that_could_refuse_nothing_is_a_problem(body, reason):
    app = application()
    answer = send(app, "POST", CONDITIONS, json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(reason)
    assert send(app, "GET", CONDITIONS).json() == {"conditions": []}
