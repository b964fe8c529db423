"""The variables by which unmodified programs find the emulator."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.contract.requirements import require, require_command
from tests.contract.server import environment

from duolect.cli.command import run

EMULATOR = f"{shlex.quote(sys.executable)} -m duolect"


def bash(script, **variables):
    done = subprocess.run(  # noqa: S603 - our own script
        [require_command("bash"), "-euc", script],
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def written(capsys, *arguments):
    assert run(["env", *arguments]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


@pytest.mark.parametrize("cloud", ["alibaba", "tencent"])
@pytest.mark.parametrize("more", ["", "--proxy"])
def test_what_a_shell_reads_are_exports_and_nothing_else(duolect, cloud, more):
    lines = bash(f"{EMULATOR} env {cloud} {more} --url {duolect.url}").splitlines()
    assert lines
    assert all(line.startswith("export ") and "=" in line for line in lines)


def test_without_a_proxy_nobody_is_asked(capsys):
    told = json.loads(written(capsys, "tencent", "--url", "127.0.0.1:1", "--format", "json"))
    assert told == {
        "DUOLECT_ENDPOINT": "127.0.0.1:1",
        "TENCENTCLOUD_SECRET_ID": "me",
        "TENCENTCLOUD_SECRET_KEY": "any",
        "TENCENTCLOUD_REGION": "ap-guangzhou",
    }
    told = json.loads(written(capsys, "alibaba", "--access-key", "k", "--secret", "s", "--json"))
    assert (told["ALIBABA_CLOUD_ACCESS_KEY_ID"], told["ALICLOUD_SECRET_KEY"]) == ("k", "s")
    assert told["LOCATION_ENDPOINT"] == told["DUOLECT_ENDPOINT"] == "127.0.0.1:4780"


def test_as_a_proxy_the_emulator_is_trusted(duolect, capsys, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/mine")
    asked = ["alibaba", "--proxy", "--url", duolect.url, "--format", "json"]
    told = json.loads(written(capsys, *asked))
    assert told["HTTPS_PROXY"] == told["http_proxy"] == duolect.url
    trusted = Path(told["SSL_CERT_FILE"])
    assert trusted.read_text() == duolect.ca()
    assert told["NODE_EXTRA_CA_CERTS"] == told["REQUESTS_CA_BUNDLE"] == str(trusted)
    ours, rest = told["PYTHONPATH"].split(os.pathsep)
    assert rest == "/mine"
    assert (Path(ours) / "certifi" / "__init__.py").exists()
    monkeypatch.setenv("PYTHONPATH", told["PYTHONPATH"])
    assert json.loads(written(capsys, *asked))["PYTHONPATH"] == told["PYTHONPATH"], "once is enough"


def test_what_was_set_is_unset(duolect):
    script = f"""
        eval "$({EMULATOR} env tencent --proxy)"
        env | grep -c trusted
        eval "$({EMULATOR} env tencent --proxy --unset)"
        env | grep -c -e trusted -e PROXY -e TENCENTCLOUD || true
        echo "$PYTHONPATH"
    """
    path = os.environ.get("PYTHONPATH") or str(Path(__file__).parent)
    said = bash(script, DUOLECT_ENDPOINT=duolect.endpoint, PYTHONPATH=path).split()
    assert said == ["6", "0", os.pathsep.join(filter(None, path.split(os.pathsep)))]
    unset = bash(f"{EMULATOR} env alibaba --unset", DUOLECT_ENDPOINT="127.0.0.1:1").splitlines()
    assert "unset ALIBABA_CLOUD_ACCESS_KEY_ID" in unset
    assert all(line.startswith("unset ") for line in unset)


def test_other_formats_say_the_same(duolect, capsys):
    asked = ["tencent", "--url", duolect.url, "--secret", "it's # $x"]
    assert "TENCENTCLOUD_SECRET_KEY=it's # $x" in written(capsys, *asked, "--format", "github").splitlines()
    dotenv = written(capsys, *asked, "--format", "dotenv")
    assert bash(f'{dotenv}printf %s "$TENCENTCLOUD_SECRET_KEY"') == "it's # $x"
    assert json.loads(written(capsys, *asked, "--format", "json"))["TENCENTCLOUD_SECRET_KEY"] == "it's # $x"
    github = written(capsys, *asked, "--format", "github", "--unset").splitlines()
    assert "TENCENTCLOUD_SECRET_ID=" in github
    assert set(json.loads(written(capsys, *asked, "--json", "--unset")).values()) == {None}


@pytest.mark.parametrize("flag", ["--access-key", "--secret"])
@pytest.mark.parametrize("value", ["a\nPATH=/elsewhere", "a\x1b[2J"])
def test_a_key_of_several_lines_is_refused(capsys, flag, value):
    with pytest.raises(SystemExit) as ended:
        run(["env", "tencent", "--format", "github", flag, value])
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "is not one line of printable text" in said.err


def test_an_emulator_without_tls_is_no_proxy_for_https(capsys):
    from duolect.testing.process import running  # noqa: PLC0415

    with running(environment=environment(), tls="off") as emulator:
        assert run(["env", "tencent", "--proxy", "--url", emulator.url]) == 2
    assert capsys.readouterr().err.startswith("duolect: TLS cannot be had: ")


def test_tccli_needs_nothing_else(duolect, tmp_path):
    """No endpoint, no configuration: the tool calls vpc.tencentcloudapi.com by https."""
    require("tccli")
    tccli = shlex.quote(str(Path(sys.executable).with_name("tccli")))
    script = f'eval "$({EMULATOR} env tencent --proxy)"; {tccli} vpc DescribeVpcs'
    said = bash(script, HOME=str(tmp_path), DUOLECT_ENDPOINT=duolect.endpoint)
    assert json.loads(said)["TotalCount"] == 0


def test_alibaba_clouds_sdk_needs_nothing_else(duolect):
    require("alibabacloud_ecs20140526")
    program = """
import os
from alibabacloud_ecs20140526.client import Client
from alibabacloud_ecs20140526 import models
from alibabacloud_tea_openapi.models import Config

key, secret = (os.environ[f"ALIBABA_CLOUD_ACCESS_KEY_{name}"] for name in ("ID", "SECRET"))
region = os.environ["ALIBABA_CLOUD_REGION_ID"]
ecs = Client(Config(access_key_id=key, access_key_secret=secret, region_id=region))
request = models.DescribeNetworkInterfacesRequest(region_id=region)
print(ecs.describe_network_interfaces(request).body.total_count)
"""
    script = (
        f'eval "$({EMULATOR} env alibaba --proxy)"; {shlex.quote(sys.executable)} -W ignore -c "$PROGRAM"'
    )
    assert bash(script, PROGRAM=program, DUOLECT_ENDPOINT=duolect.endpoint) == "0\n"
