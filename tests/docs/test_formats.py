"""The settings and formats that the guides show are those that there are."""

import json
import re
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.docs.guides import TEXTS, Program, blocks

from duolect.bootstrap import bootstrap
from duolect.faults.rules import EFFECTS, FaultRule
from duolect.record.journal import Finding
from duolect.settings.sources import load
from duolect.testing import Account, Duolect


def test_the_faults_in_a_settings_file_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "duolect.toml"
    path.write_text("".join(blocks("faults", "toml")), "utf-8")
    stale, gateway = (each.rule for each in bootstrap(load({"config": str(path)}, {})).faults.all)
    assert stale.stale_ms == 5000
    assert gateway.raw is not None
    assert (gateway.raw.status, gateway.raw.headers) == (502, {"Content-Type": "text/html"})


@pytest.mark.usefixtures("program")
def test_the_snapshot_that_is_shown_is_like_a_real_one(duolect: Duolect) -> None:
    (text,) = blocks("snapshots", "json")
    drawn, real = json.loads(text), duolect.snapshot()
    assert list(drawn) == list(real)
    assert drawn["version"] == real["version"]
    (shown,), (partition,) = drawn["partitions"], real["partitions"]
    assert {**shown, "orders": 0, "operations": 0}.keys() <= {
        **partition,
        "orders": 0,
        "operations": 0,
    }.keys()
    (network,), (found,) = shown["networks"].values(), partition["networks"].values()
    assert network.keys() <= found.keys()


def named(guide: str, title: str) -> list[str]:
    """Return the names in the first column of the tables whose head begins so."""
    tables = re.findall(rf"^\| {title} \|.*\n\|[- |]+\n((?:\|.*\n)+)", TEXTS[guide], re.MULTILINE)
    return [
        name
        for table in tables
        for cell in re.findall(r"^\| (.*?) \|", table, re.MULTILINE)
        for name in re.findall(r"`([a-z_-]+)", cell)
    ]


def test_the_tables_name_every_member_of_a_fault() -> None:
    assert sorted(
        [*named("faults", "member"), *named("faults", "effect"), "after", "message", "status"]
    ) == sorted(attrs.fields_dict(FaultRule))
    assert set(named("faults", "effect")) == set(EFFECTS)


def test_the_tables_name_every_finding_and_metric(duolect: Duolect, program: Program) -> None:
    assert sorted(named("testing", "finding")) == sorted(Finding)
    program.create()
    connection = HTTPConnection(duolect.host, duolect.port)
    connection.request("GET", "/_duolect/metrics")
    page = connection.getresponse().read().decode()
    connection.close()
    families = set(re.findall(r"^# TYPE (\w+)", page, re.MULTILINE))
    assert families == set(named("testing", "metric"))


def test_the_table_of_an_account_names_what_it_has(duolect: Duolect) -> None:
    account = Account(duolect, "me")
    table = TEXTS["testing"].partition("| of `duolect_account` | |")[2].partition("\n\n")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert len(cells) > 5
    for name in (name for cell in cells for name in re.findall(r"`([a-z_.]+)", cell)):
        if not name.startswith("."):
            found: Any = account
            for part in name.rstrip(".").split("."):
                found = getattr(found, part)
