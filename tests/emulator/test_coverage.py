"""The coverage page says what the code declares."""

from pathlib import Path

from tests.emulator.asgi import application, send

from duolect import coverage
from duolect.bootstrap import DIALECTS

PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"
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
        assert len(TREE[made.name]) == len(made.actions)
    (create,) = (each for each in TREE["tencent"] if each["action"] == "CreateNetworkInterface")
    names = {each["name"] for each in create["parameters"]}
    assert {"VpcId", "PrivateIpAddresses.PrivateIpAddress", "Tags.Key"} <= names
    assert "UnsupportedOperation.ResourceMismatch" in create["codes"]


def test_what_is_refused_or_ignored_says_why():
    silent = [
        (action["action"], each["name"])
        for actions in TREE.values()
        for action in actions
        for each in action["parameters"]
        if each["treatment"] in {"ignored", "refused"} and not each["note"]
    ]
    assert silent == []
