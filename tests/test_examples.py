"""The examples run, and show what they promise."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.contract.requirements import require, require_command
from tests.contract.server import Server, environment, settings_file

ROOT = Path(__file__).parents[1]
NEEDS = {
    "alibaba_sdk": ("alibabacloud_ecs20140526", "alibabacloud_vpc20160428"),
    "aliyun_legacy_sdk": ("aliyunsdkecs", "aliyunsdkvpc"),
    "tencent_sdk": ("tencentcloud",),
}

ALIBABA_LIFE = """
CreateNetworkInterface .* eni-\\w+ +Available
AttachNetworkInterface +to the far one +refused, HTTP 403 +Available
InvalidOperation\\.AvailabilityZoneMismatch
AttachNetworkInterface +to the near one +accepted
DescribeNetworkInterfaces +i-\\w+ +Attaching
DescribeNetworkInterfaces +i-\\w+ +InUse
DetachNetworkInterface +accepted
DescribeNetworkInterfaces +no instance +Available
DeleteNetworkInterface +accepted
DescribeNetworkInterfaces +not found +gone
DeleteVpc +gone
"""
TENCENT_LIFE = """
CreateNetworkInterface .* eni-\\w+ +PENDING
DescribeNetworkInterfaces +no Attachment +AVAILABLE
AttachNetworkInterface +to the far one +refused +AVAILABLE
UnsupportedOperation\\.ZoneMismatch
AttachNetworkInterface +to the near one +accepted
DescribeVpcTaskResult +of that request +RUNNING
DescribeNetworkInterfaces +no Attachment +ATTACHING
DescribeNetworkInterfaces +Attachment ins-\\w+ +AVAILABLE, attached
DescribeVpcTaskResult +of that request +SUCCESS
DetachNetworkInterface +accepted
DescribeNetworkInterfaces +no Attachment +AVAILABLE
DeleteNetworkInterface +accepted
DescribeNetworkInterfaces +not found +gone
DeleteVpc +gone
"""
LIVES = {"alibaba_sdk": ALIBABA_LIFE, "aliyun_legacy_sdk": ALIBABA_LIFE, "tencent_sdk": TENCENT_LIFE}


def run(example: str, **variables: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own examples
        [sys.executable, "-W", "ignore", "-m", f"examples.{example}"],
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout, "colour where nobody sees it"
    return done.stdout


def assert_tells(output: str, life: str) -> None:
    """Check that the output shows a life's lines, in their order."""
    rest = output
    for line in life.strip().splitlines():
        found = re.search(rf"{line}$", rest, re.MULTILINE)
        assert found, f"no line like {line!r} in what follows:\n{rest}"
        rest = rest[found.end() :]


@pytest.mark.parametrize("example", LIVES)
def test_each_example_tells_the_life_of_an_interface(open_server: Server, example: str) -> None:
    for package in NEEDS[example]:
        require(package)
    assert_tells(run(example, DUOLECT_ENDPOINT=open_server.address), LIVES[example])


def test_the_demo_tells_all_three(tmp_path: Path) -> None:
    for package in (name for names in NEEDS.values() for name in names):
        require(package)
    output = run("demo", DUOLECT_CONFIG=settings_file(tmp_path))
    greeting, *stories = output.split("\n\n")
    assert "Duolect is ready on http://127.0.0.1:" in greeting
    assert_tells(output, ALIBABA_LIFE + ALIBABA_LIFE + TENCENT_LIFE)
    summary = stories[-1]
    assert "Available → Attaching → InUse → Detaching → Available" in summary
    assert "PENDING → AVAILABLE → ATTACHING → AVAILABLE, attached → DETACHING → AVAILABLE" in summary


def test_examples_do_nothing_when_they_are_imported(capsys: pytest.CaptureFixture[str]) -> None:
    for package in (name for names in NEEDS.values() for name in names):
        require(package)
    for example in (*LIVES, "demo", "story"):
        require(f"examples.{example}")
    assert capsys.readouterr() == ("", "")


def test_the_suite_of_a_user_passes() -> None:
    for needed in ("alibabacloud_ecs20140526", "tencentcloud"):
        require(needed)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "examples/pytest_suite"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "7 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("sdk", ["alibaba_sdk", "aliyun_legacy_sdk", "tencent_sdk"])
def test_the_stories_of_each_sdk_are_told(sdk: str, tmp_path: Path) -> None:
    for package in NEEDS[sdk]:
        require(package)
    few = tmp_path / "few.py"
    few.write_text("from duolect.testing import machine\nmachine._LENGTHS = ((5, 3), (12, 1))\n")
    done = subprocess.run(  # noqa: S603 - our own example
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "few",
            f"examples/stories/test_{sdk}.py",
        ],
        cwd=ROOT,
        env=environment(
            PYTHONPATH=os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
        ),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "1 passed" in done.stdout, done.stdout + done.stderr


CREATE = 'curl -s "http://$DUOLECT_ENDPOINT/?Action=CreateVpc&Version=2016-04-28&AccessKeyId=me&Format=JSON'
CREATE += '&RegionId=cn-hangzhou&CidrBlock=10.0.0.0/8"'


@pytest.mark.parametrize(
    ("command", "flags", "status", "says"),
    [
        ("true", "--timing instant", 0, "verified\n"),
        ("exit 7", "", 7, "verified\n"),
        (CREATE, "--timing manual", 1, "leaked: network vpc-"),
        ("true", "--timing slow", 2, ""),
    ],
    ids=["tidy", "fails", "leaks", "does not start"],
)
def test_a_job_ends_as_its_command_and_its_leaks_say(
    tmp_path: Path, command: str, flags: str, status: int, says: str
) -> None:
    needed = {Path(require_command(each)).parent for each in ("bash", "curl", "duolect")}
    path = ":".join([*map(str, needed), os.environ["PATH"]])
    done = subprocess.run(  # noqa: S603 - our own example
        [require_command("bash"), str(ROOT / "examples" / "verify_in_ci.sh"), "bash", "-c", command],
        cwd=tmp_path,
        env=environment(PATH=path, DUOLECT_FLAGS=flags),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == status, done.stderr
    assert says in done.stdout
    assert done.stderr.count("\n") == (1 if status == 2 else 0)
    assert (tmp_path / "calls.jsonl").exists() is (status != 2)


def test_a_job_that_is_killed_leaves_no_emulator(tmp_path: Path) -> None:
    needed = {Path(require_command(each)).parent for each in ("bash", "duolect")}
    path = ":".join([*map(str, needed), os.environ["PATH"]])
    # The command ends by itself, as soon as the script is no more.
    command = 'echo "$DUOLECT_ENDPOINT"; while kill -0 $PPID 2> /dev/null; do sleep 0.1; done'
    with subprocess.Popen(  # noqa: S603 - our own example
        [require_command("bash"), str(ROOT / "examples" / "verify_in_ci.sh"), "bash", "-c", command],
        cwd=tmp_path,
        env=environment(PATH=path),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as job:
        assert job.stdout is not None
        host, _, port = job.stdout.readline().strip().partition(":")
        socket.create_connection((host, int(port))).close()
        job.kill()
    deadline = time.monotonic() + 20
    while _connects(host, int(port)):
        assert time.monotonic() < deadline, "the emulator outlived the script"
        time.sleep(0.1)


def _connects(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0
