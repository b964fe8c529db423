"""The coverage page says what the code declares, and what the vendors have beside it."""

import importlib
import importlib.metadata
from pathlib import Path

import pytest
from tests.emulator.asgi import application, send

from duolect.bootstrap import DIALECTS
from duolect.coverage import coverage, definitions

PAGE = Path(__file__).parents[3] / "docs" / "coverage.md"
TREE = coverage.tree([dialect() for dialect in DIALECTS])


def test_the_page_is_what_the_code_says():
    assert PAGE.read_text("utf-8") == coverage.page([dialect() for dialect in DIALECTS]), (
        "run: python -m duolect.coverage > docs/coverage.md"
    )


def test_the_control_api_shows_the_same():
    assert send(application(), "GET", "/_duolect/coverage").json() == TREE


def test_every_action_is_there_with_all_parts_of_its_parameters():
    for dialect in DIALECTS:
        made = dialect()
        assert len(TREE[made.name]["actions"]) == len(made.actions)
    (create,) = (each for each in TREE["tencent"]["actions"] if each["action"] == "CreateNetworkInterface")
    names = {each["name"] for each in create["parameters"]}
    assert {"VpcId", "PrivateIpAddresses.PrivateIpAddress", "Tags.Key"} <= names
    assert "UnsupportedOperation.ResourceMismatch" in create["codes"]


def test_what_is_refused_or_ignored_says_why():
    silent = [
        (action["action"], each["name"])
        for cloud in TREE.values()
        for action in cloud["actions"]
        for each in action["parameters"]
        if each["treatment"] in {"ignored", "refused"} and not each["note"]
    ]
    assert silent == []


def test_the_vendors_names_are_those_of_their_packages():
    try:
        found = definitions.read_packages()
    except (ModuleNotFoundError, importlib.metadata.PackageNotFoundError):
        pytest.skip("the vendors' packages are not installed: pip install duolect[sdk]")
    assert list(definitions.products()) == found, (
        "run: python -m duolect.coverage --definitions > emulator/duolect/coverage/definitions.json"
    )


def test_every_action_that_is_served_is_one_of_the_vendors():
    known = {(each.cloud, each.name, each.version): set(each.actions) for each in definitions.products()}
    for dialect in DIALECTS:
        made = dialect()
        for action in made.actions.values():
            assert action.name in known[made.name, action.product, action.version]


def test_what_the_vendor_has_and_we_lack_is_absent():
    ecs = next(each for each in TREE["alibaba"]["products"] if each["product"] == "Ecs")
    assert ecs["actions"] == ecs["served"] + len(ecs["absent"])
    assert "ActivateRouterInterface" in ecs["absent"]
    assert "TagResources" not in ecs["absent"]
    assert "ActivateRouterInterface" in PAGE.read_text("utf-8")


@pytest.mark.parametrize(
    ("action", "family"),
    [
        ("AttachNetworkInterface", "network interfaces and their addresses"),
        ("AuthorizeSecurityGroup", "security groups and the lists that rules and routes name"),
        ("UntagResources", "tags"),
        ("DescribeRouteTables", "route tables"),
        ("CreateVpnGateway", "gateways, VPN, lines and peering"),
        ("AllocateEipAddress", "public addresses and bandwidth"),
        ("Surprise", "everything else"),
    ],
)
def test_an_action_belongs_to_a_family(action, family):
    assert definitions.family(action) == family


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ([], PAGE.read_text("utf-8")),
        (["--definitions"], definitions.write(definitions.products())),
    ],
)
def test_the_command_writes_the_page_or_the_definitions(monkeypatch, capsys, arguments, text):
    monkeypatch.setattr("sys.argv", ["coverage", *arguments])
    monkeypatch.setattr("duolect.coverage.__main__.read_packages", definitions.products)
    importlib.import_module("duolect.coverage.__main__").main()
    assert capsys.readouterr().out == text


def test_a_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(definitions, "find_spec", lambda _: None)
    with pytest.raises(ModuleNotFoundError, match="alibabacloud_ecs20140526"):
        definitions.read_packages()
