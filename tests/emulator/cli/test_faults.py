"""``duolect faults``: rules of every kind from a shell."""

import json

import pytest
from tests.emulator.http_calls import fetch

from duolect.cli.command import run
from duolect.client import ControlError


@pytest.fixture
def faults(duolect, capsys):
    """Run ``duolect faults`` and return its status, output and complaints."""

    def faults(*arguments):
        status = run(["faults", *arguments, "--url", duolect.url])
        said = capsys.readouterr()
        return status, said.out, said.err

    yield faults
    duolect.faults.clear()


def test_a_preset_is_added_and_listed(duolect, faults):
    status, out, _ = faults("presets")
    assert (status, out.splitlines()[0]) == (0, "preset                what it is like")
    assert "flaky-gateway" in out
    assert faults("add", "--preset", "slow-detach", "--cloud", "tencent", "--access-key", "me") == (
        0,
        "f-1\n",
        "",
    )
    (rule,) = duolect.faults.list()
    assert (rule["cloud"], rule["access_key"], rule["delay_ms"]) == ("tencent", "me", 90_000)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("add", "--preset", "slow"), "there is no preset slow; "),
        (
            ("add", "--preset", "slow-detach", "--hang"),
            "--preset goes with --cloud, --access-key, --resource",
        ),
        (("add", "--hang"), "a rule needs --cloud: alibaba or tencent"),
        (("add", "--cloud", "alibaba", "--raw-file", "/nowhere"), "raw.file: /nowhere: No such file"),
        (("add", "--cloud", "alibaba", "--code", "Nobody.Knows"), "Any code can be had with its status"),
        (("add", "--cloud", "tencent", "--action", "DeleteVpc", "--hang"), "hang has no effect on it"),
    ],
)
def test_what_cannot_be_added_is_one_line(faults, arguments, reason):
    status, out, complaint = faults(*arguments)
    assert (status, out, complaint.count("\n")) == (2, "", 1)
    assert reason in complaint


def test_a_raw_answer_is_written_with_flags(account, faults, tmp_path):
    page = tmp_path / "gateway.html"
    page.write_text("<h1>502</h1>")
    whose = ("--cloud", "alibaba", "--action", "DescribeVpcs", "--access-key", account.access_key)
    raw = ("--raw-status", "502", "--raw-header", "X-Via: gateway", "--raw-file", str(page), "--times", "1")
    assert faults("add", *whose, *raw)[0] == 0
    assert faults("add", *whose, "--raw-json", '{"Vpcs": null}', "--times", "1")[0] == 0
    (first, _) = json.loads(faults("list", "--json")[1])
    assert first["raw"]["headers"] == {"X-Via": "gateway", "content-type": "text/html"}
    account.faults.add(cloud="alibaba", raw={"file": str(page)}, times=1)
    with pytest.raises(ControlError, match="fiel"):
        account.faults.add(cloud="alibaba", raw={"fiel": str(page)})
    bodies = [fetch(account, "DescribeVpcs", "2016-04-28") for _ in range(3)]
    assert bodies == [b"<h1>502</h1>", b'{"Vpcs": null}', b"<h1>502</h1>"]
