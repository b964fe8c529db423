"""Creating worlds in the accounts of a running emulator."""

import pytest
from tests.emulator.asgi import application, send

WORLDS = "/_duolect/worlds"
VPCS = "/?Action=DescribeVpcs&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=me"
NETWORK = {"id": "vpc-mine", "CidrBlock": "10.0.0.0/8"}


def world(**kinds):
    return {"alibaba": [{"account": "me", **kinds}]}


def networks(app):
    return [each["VpcId"] for each in send(app, "GET", VPCS).json()["Vpcs"]["Vpc"]]


def test_a_world_is_there_at_once_and_goes_with_a_reset():
    app = application(max_body=100_000)
    answer = send(
        app, "POST", WORLDS, json={**world(networks=[NETWORK]), "keys": [{"id": "k", "secret": "s"}]}
    )
    assert answer.status_code == 201
    assert answer.json() == {
        "worlds": [{"cloud": "alibaba", "access_key": "me", "region": "cn-hangzhou"}],
        "keys": ["k"],
    }
    assert networks(app) == ["vpc-mine"]
    assert send(app, "GET", "/_duolect/clock").json()["pending"] == 0
    assert [key["id"] for key in send(app, "GET", "/_duolect/keys").json()["keys"]] == ["k"]
    assert send(app, "GET", "/_duolect/durations").json()["clouds"]["alibaba"]["attach"] == "200ms"
    send(app, "POST", "/_duolect/reset")
    assert networks(app) == []


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"azure": []}, "azure: there is no azure; there may be keys, alibaba, tencent."),
        (
            {"alibaba": [{}]},
            "alibaba[0]: account is missing: only a world file has worlds of every account.",
        ),
        (world(quotas={"networks": 1}), "alibaba[0].quotas: only a world file has quotas."),
        (
            world(networks=[NETWORK, NETWORK]),
            "alibaba[0].networks[1]: the id vpc-mine is taken already.",
        ),
        (
            {"alibaba": [*world(networks=[NETWORK])["alibaba"], *world(networks=[NETWORK])["alibaba"]]},
            "alibaba[1].networks[0]: the id vpc-mine is taken already.",
        ),
        (
            world(networks=[NETWORK, {"CidrBlock": "127.0.0.0/8"}]),
            (
                "alibaba[0].networks[1]: InvalidParameter: "
                "The CIDR block 127.0.0.0/8 is not one a VPC may have."
            ),
        ),
        (world(networks=[{"VpcName": "x" * 200}]), "alibaba[0].networks[0]: "),
    ],
)
def test_an_invalid_world_changes_nothing(body, detail):
    app = application(max_body=100_000)
    answer = send(app, "POST", WORLDS, json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(detail)
    assert send(app, "GET", "/_duolect/partitions").json() == {"partitions": []}
    assert networks(app) == []
    assert send(app, "GET", "/_duolect/keys").json() == {"keys": []}
