"""Creating worlds in the accounts of a running emulator."""

import pytest
from tests.emulator.asgi import application, send

WORLDS = "/_duolect/worlds"
VPCS = "/?Action=DescribeVpcs&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=me"
NETWORK = {"id": "vpc-mine", "CidrBlock": "10.0.0.0/8"}


FROM_THE_BEGINNING = "only a world file, and a world of every account, has"
TOML = {"content-type": "application/toml"}


def world(**kinds):
    return {"alibaba": [{"account": "me", **kinds}]}


def networks(app, account="me"):
    answer = send(app, "GET", VPCS.replace("=me", f"={account}"))
    return [each["VpcId"] for each in answer.json()["Vpcs"]["Vpc"]]


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
        (world(quotas={"networks": 1}), f"alibaba[0].quotas: {FROM_THE_BEGINNING} quotas."),
        (world(**{"not-sold": {"*": ["*"]}}), f"alibaba[0].not-sold: {FROM_THE_BEGINNING} not-sold."),
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


def test_a_world_of_every_account_is_there_from_an_accounts_beginning_on():
    app = application(max_body=100_000)
    assert networks(app, "used") == []
    everyone = {"alibaba": [{"networks": [NETWORK], "quotas": {"networks": 1}}]}
    answer = send(app, "POST", WORLDS, json=everyone)
    assert answer.status_code == 201
    names = {"worlds": [{"cloud": "alibaba", "access_key": "*", "region": "cn-hangzhou"}]}
    assert answer.json() == {**names, "keys": []}
    assert send(app, "GET", WORLDS).json() == names
    assert networks(app, "used") == [], "what is in use stays as it is"
    assert networks(app, "new") == ["vpc-mine"]
    create = "/?Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=new"
    assert send(app, "GET", create).json()["Code"] == "QuotaExceeded.Vpc"
    assert send(app, "GET", "/_duolect/leaks").json()["leaks"] == []
    send(app, "POST", "/_duolect/reset")
    assert networks(app, "used") == networks(app, "new") == ["vpc-mine"]
    assert send(app, "DELETE", WORLDS).status_code == 204
    assert send(app, "GET", WORLDS).json() == {"worlds": []}
    assert networks(app, "new") == ["vpc-mine"], "until it is reset"
    send(app, "POST", "/_duolect/reset?access_key=new")
    assert networks(app, "new") == []


def test_a_world_of_every_account_that_one_could_not_begin_with_is_refused(tmp_path):
    file = tmp_path / "world.toml"
    file.write_text(
        '[[alibaba]]\naccount = "me"\nnetworks = [{id = "vpc-mine", CidrBlock = "10.0.0.0/8"}]\n'
    )
    app = application(max_body=100_000, world=str(file))
    answer = send(app, "POST", WORLDS, json={"alibaba": [{"networks": [NETWORK]}]})
    assert answer.status_code == 422
    assert answer.json()["detail"] == "alibaba[0].networks[0]: the id vpc-mine is taken already."
    send(app, "POST", "/_duolect/reset")
    assert networks(app) == ["vpc-mine"]
    assert networks(app, "another") == []
    assert send(app, "DELETE", WORLDS).status_code == 204
    assert [each["access_key"] for each in send(app, "GET", WORLDS).json()["worlds"]] == ["me"]


def test_a_world_of_every_account_goes_with_the_rest_of_a_refused_request():
    app = application(max_body=100_000)
    wrong = {"alibaba": [{"networks": [NETWORK]}, *world(networks=[NETWORK])["alibaba"]]}
    assert send(app, "POST", WORLDS, json=wrong).status_code == 422
    assert send(app, "GET", WORLDS).json() == {"worlds": []}
    assert networks(app) == []


def test_a_world_file_is_laid_as_it_is():
    app = application(max_body=100_000)
    text = """
        [[alibaba]]
        account = "me"

        [[alibaba.networks]]
        id = "vpc-mine"
        CidrBlock = "10.0.0.0/8"
    """
    assert send(app, "POST", WORLDS, content=text, headers=TOML).status_code == 201
    assert networks(app) == ["vpc-mine"]
    again = send(app, "POST", WORLDS, content=text, headers=TOML)
    assert (again.status_code, again.json()["detail"]) == (422, "line 5: the id vpc-mine is taken already.")


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        (b"[[alibaba]", "The body is not TOML: Expected ']]'"),
        (b"\xff", "The body is not TOML: 'utf-8' codec"),
        (b"a." * 200_000 + b"a = 1", "The body is not TOML: a key has more than 32 parts."),
        (b"'''a'''." * 10_000 + b"a = 1", "The body is not TOML: "),
        (b"a = " + b"[" * 100_000, "The body is not TOML: it is nested too deeply."),
        (b"a = " + b"{a = " * 100_000, "The body is not TOML: it is nested too deeply."),
    ],
)
def test_what_is_no_toml_is_refused_at_once(text, detail):
    answer = send(application(), "POST", WORLDS, content=text, headers=TOML)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(detail)


def test_what_looks_like_toml_within_a_text_has_no_line():
    inner = "[x = {a = 1, b = 2}#]\n" + "a." * 1000 + " = 1\n"
    text = f"[[alibaba]]\naccount = '''\n{inner}'''\nnetworks = 1\n"
    answer = send(application(), "POST", WORLDS, content=text, headers=TOML)
    assert answer.status_code == 400, "a key with more parts than anybody writes, wherever it stands"
    text = text.replace("a." * 1000, "a")
    answer = send(application(), "POST", WORLDS, content=text, headers=TOML)
    assert answer.json()["detail"] == "line 6: networks must be a list of tables: [[alibaba.networks]]."
