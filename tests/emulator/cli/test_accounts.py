"""Keys, conditions, signatures, worlds, partitions and coverage from a shell and from Python."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.contract.server import environment
from tests.emulator.http_calls import call, create_vpc

from duolect.account import Account
from duolect.cli.command import run
from duolect.client import ControlError
from duolect.testing.process import running

WORLD = '[[alibaba]]\naccount = "%s"\nnetworks = [{id = "vpc-mine", CidrBlock = "10.0.0.0/8"}]\n'


@pytest.fixture
def command(duolect, capsys):
    def said(*arguments, status=0):
        assert run([*arguments, "--url", duolect.url]) == status
        written = capsys.readouterr()
        assert status or written.err == ""
        return written.err if status else written.out

    return said


def test_keys_are_put_listed_and_removed(command, duolect):
    assert command("keys", "list") == "no keys are known\n"
    assert command("keys", "put", "k1", "s") == ""
    command(
        "keys", "put", "k2", "s", "--token", "t", "--expires", "1790000000", "--account", "k1", "--sub-user"
    )
    assert command("keys", "list").splitlines() == [
        "id  account  kind                 expires",
        "k1  k1",
        "k2  k1       sub-user, temporary  1790000000",
    ]
    assert json.loads(command("keys", "list", "--json")) == duolect.keys.list()
    command("keys", "remove", "k1")
    command("keys", "remove", "k2")
    assert command("keys", "remove", "k1", status=2) == "duolect: There is no such key.\n"


def test_conditions_refuse_what_an_account_may_not_do(command, duolect, account):
    whose = ["--access-key", account.access_key]
    assert command("conditions", "list") == "no conditions\n"
    adding = ["conditions", "add", "--cloud", "alibaba", "--code", "Forbidden.RAM"]
    assert command(*adding, "--action", "CreateVpc", *whose) == ""
    command(*adding, "--access-key", "other")
    assert create_vpc(account)["Code"] == "Forbidden.RAM"
    lines = command("conditions", "list").splitlines()
    assert lines[1].split() == ["alibaba", account.access_key, "CreateVpc", "Forbidden.RAM", "*", "*"]
    command("conditions", "clear", *whose)
    assert "VpcId" in create_vpc(account)
    assert [each["access_key"] for each in duolect.conditions.list()] == ["other"]
    command("conditions", "clear")
    assert duolect.conditions.list() == []
    message = command(*adding, "--action", "Nothing", status=2)
    assert message.startswith("duolect: alibaba has no action Nothing")


def test_what_is_out_of_stock_has_a_zone_and_a_type(command, duolect, account):
    adding = ["conditions", "add", "--cloud", "alibaba", "--code", "OperationDenied.NoStock"]
    command(*adding, "--zone", "cn-hangzhou-h", "--instance-type", "ecs.g7.large")
    own = account.conditions.add("tencent", "ResourcesSoldOut.SpecifiedInstanceType", zone="ap-guangzhou-3")
    places = [(each["zone"], each["instance_type"]) for each in duolect.conditions.list()]
    assert places == [("cn-hangzhou-h", "ecs.g7.large"), ("ap-guangzhou-3", "*")]
    assert account.conditions.list() == [own]
    duolect.conditions.clear()


def test_an_account_has_conditions_of_its_own(duolect, account):
    other = Account(duolect, "other")
    other.conditions.add("alibaba", "Forbidden.RAM")
    added = account.conditions.add("alibaba", "Forbidden.RAM", "CreateVpc")
    assert account.conditions.list() == [added]
    assert create_vpc(account)["Code"] == "Forbidden.RAM"
    account.reset()
    assert account.conditions.list() == []
    assert create_vpc(other)["Code"] == "Forbidden.RAM"
    other.reset()


def test_signatures_that_were_not_believed_are_explained(capsys):
    with running(environment=environment(), signatures="strict", keys="me:secret") as strict:
        assert strict.signatures() == {"mode": "strict", "failures": []}
        sent = {"Signature": "wrong", "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0"}
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for name in ("DescribeVpcs", "CreateVpc"):
            call(Account(strict, "me"), name, "2016-04-28", SignatureNonce=name, Timestamp=now, **sent)
        assert run(["signatures", "--url", strict.url]) == 0
        text = capsys.readouterr().out
        assert text.startswith("signatures are verified: strict\n")
        assert text.count("  sent      wrong") == 2
        assert "string to sign:" in text
        assert run(["signatures", "--last", "1", "--json", "--url", strict.url]) == 0
        (failure,) = json.loads(capsys.readouterr().out)["failures"]
        assert failure["action"] == "CreateVpc"


def test_a_world_file_is_laid(command, account, tmp_path):
    file = tmp_path / "world.toml"
    file.write_text(WORLD % account.access_key + '[[keys]]\nid = "k3"\nsecret = "s"\n')
    assert command("lay", str(file)).splitlines() == [
        f"laid alibaba cn-hangzhou, account {account.access_key}",
        "laid key k3",
    ]
    assert command("lay", str(file), status=2) == "duolect: line 3: the id vpc-mine is taken already.\n"
    assert "VPC" in json.dumps(call(account, "DescribeVpcs", "2016-04-28")).upper()
    tree = tmp_path / "world.json"
    tree.write_text(
        json.dumps({"alibaba": [{"account": account.access_key, "networks": [{"id": "vpc-2"}]}]})
    )
    assert "laid alibaba" in command("lay", str(tree))
    command("keys", "remove", "k3")
    assert "No such file" in command("lay", "/nowhere", status=2)
    file.write_bytes(b"\xff")
    assert "is not TOML" in command("lay", str(file), status=2)
    file.write_text("[")
    assert "The body is not TOML" in command("lay", str(file), status=2)


def test_a_world_of_every_account_is_laid_listed_and_cleared(command, duolect, tmp_path):
    assert command("worlds", "list") == "no account begins with a world\n"
    file = tmp_path / "world.toml"
    file.write_text((WORLD % "").replace('account = ""\n', ""))
    assert command("lay", str(file)) == "laid alibaba cn-hangzhou, every account\n"
    assert command("worlds", "list") == "alibaba cn-hangzhou, every account\n"
    assert duolect.worlds()["worlds"][0]["access_key"] == "*"
    new = Account(duolect, "begins-with-a-world")
    assert call(new, "DescribeVpcs", "2016-04-28")["Vpcs"]["Vpc"][0]["VpcId"] == "vpc-mine"
    assert command("worlds", "clear") == ""
    assert duolect.worlds() == {"worlds": []}
    new.reset()
    assert call(new, "DescribeVpcs", "2016-04-28")["TotalCount"] == 0


def test_what_the_guides_lay_can_be_laid_as_text(duolect):
    text = (Path(__file__).parents[3] / "examples" / "worlds" / "both.toml").read_text()
    laid = duolect.lay_worlds(text)
    assert {each["cloud"] for each in laid["worlds"]} == {"alibaba", "tencent"}
    for key in laid["keys"]:
        duolect.keys.remove(key)
    duolect.clear_worlds()
    duolect.reset()
    with pytest.raises(ControlError, match="The body is not TOML"):
        duolect.lay_worlds("[")


def test_partitions_are_listed(command, duolect, account):
    whose = ["--access-key", account.access_key]
    assert command("partitions", *whose) == "nothing was used yet\n"
    create_vpc(account)
    line = command("partitions", *whose).splitlines()[1]
    assert line.startswith(f"alibaba  cn-hangzhou  {account.access_key}  1")
    assert "1 network" in line
    assert duolect.partitions(access_key=account.access_key)["partitions"][0]["region"] == "cn-hangzhou"


def test_coverage_lists_actions_and_explains_one(command, duolect):
    lines = command("coverage").splitlines()
    assert "alibaba Ecs 2014-05-26 AttachNetworkInterface" in lines
    assert len(lines) == sum(len(each["actions"]) for each in duolect.coverage().values())
    one = command("coverage", "AttachNetworkInterface")
    assert "alibaba Ecs 2014-05-26 AttachNetworkInterface" in one
    assert "tencent vpc 2017-03-12 AttachNetworkInterface" in one
    assert "NetworkInterfaceId  served" in one
    assert json.loads(command("coverage", "CreateVpc", "--json"))["tencent"]["actions"][0]["codes"]
    assert "no cloud serves an action Nope" in command("coverage", "Nope", status=2)
