"""A server that is killed: what is left is what was written before, whole."""

import json
import signal
import time
from http.client import HTTPConnection

from tests.emulator.server.test_stopping import started

CALL = "/?Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=one&Action="


def port_of(process):
    return int(process.stdout.readline().rpartition(":")[2])


def ask(port, action):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", CALL + action)
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def networks(port):
    return {each["VpcId"] for each in ask(port, "DescribeVpcs&PageSize=50")["Vpcs"]["Vpc"]}


def create(port):
    return ask(port, "CreateVpc&CidrBlock=10.0.0.0/8")["VpcId"]


def test_without_a_file_nothing_is_left():
    with started() as process:
        port = port_of(process)
        assert networks(port) == set() != {create(port)}
        process.send_signal(signal.SIGKILL)
    with started() as process:
        assert networks(port_of(process)) == set()


def test_the_latest_whole_snapshot_is_left(tmp_path):
    file = tmp_path / "state.json"
    flags = ("--snapshot", str(file), "--snapshot-on-exit", str(file))
    with started(*flags, "--snapshot-every", "1s") as process:
        port = port_of(process)
        first = create(port)
        deadline = time.monotonic() + 20
        while not file.exists() or first not in file.read_text():
            assert time.monotonic() < deadline, "no snapshot was written"
            time.sleep(0.02)
        later = {create(port) for _ in range(5)}
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    with started(*flags) as process:
        found = networks(port_of(process))
        assert {first} <= found <= {first, *later}
