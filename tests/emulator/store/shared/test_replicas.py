"""Several emulators on one PostgreSQL are as one: whichever is asked, killed, stopped or started again."""

import random
import signal
import socket
import threading
import time
from contextlib import suppress

import attrs
import pytest
from tests.emulator.store.servers import alibaba, tencent
from tests.emulator.store.shared.replicas import Replicas
from tests.soak.clouds import CLOUDS, KINDS, Broken, Refused
from tests.soak.http import Lost

from duolect.bootstrap import bootstrap
from duolect.settings.settings import Settings
from duolect.store.opening import looked_into
from duolect_core.invariants import check

VPC = {"version": "2016-04-28", "CidrBlock": "10.0.0.0/8"}
FEW, MANY = 4, 60


@pytest.fixture
def replicas(postgres, tmp_path):
    with Replicas(postgres.fresh(), tmp_path) as started:
        yield started


def vpcs(client):
    return {each["VpcId"] for each in client.call("DescribeVpcs", "2016-04-28", PageSize=50)["Vpcs"]["Vpc"]}


def test_what_one_is_told_another_one_shows(replicas):
    ports = replicas.ports
    made = {alibaba(port).call("CreateVpc", **VPC)["VpcId"] for port in ports}
    assert [vpcs(alibaba(port)) for port in ports] == [made] * 3
    tencent(ports[1]).call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16")
    assert tencent(ports[2]).call("DescribeVpcs")["TotalCount"] == 1
    assert len(replicas.digests()) == 1
    calls = replicas.ask(0, "journal?action=CreateVpc")["records"]
    assert len(calls) == 4, "there is one journal"
    replicas.ask(1, "clock/advance", "POST", {"by": 3600})
    times = [replicas.ask(number, "clock")["now"] for number in range(3)]
    assert len({each[:13] for each in times}) == 1, "there is one clock"
    rule = {"cloud": "alibaba", "action": "DescribeVpcs", "code": "ServiceUnavailable"}
    replicas.ask(2, "faults", "POST", rule)
    assert len(replicas.ask(0, "faults")["faults"]) == 1


def test_large_answers_come_through_to_who_reads_slowly_and_says_no_more(replicas, postgres):
    follower = (replicas.leader(postgres) + 1) % 3
    one = alibaba(replicas.ports[follower])
    vpc = one.call("CreateVpc", **VPC)["VpcId"]
    for number in range(90):
        one.call("CreateSecurityGroup", VpcId=vpc, SecurityGroupName=f"n{number}", Description="d" * 250)
    assert len(replicas.digests()) == 1
    with socket.create_connection(("127.0.0.1", replicas.ports[follower]), timeout=10) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(b"GET /_duolect/snapshot HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        data = b""
        while more := connection.recv(2000):
            data += more
            time.sleep(0.0005)
    assert data.count(b"d" * 250) == 90
    assert data.endswith((b"}", b"}\n", b"\r\n0\r\n\r\n"))


def test_another_one_goes_on_when_who_executes_is_killed(replicas, postgres):
    clients = [alibaba(port) for port in replicas.ports]
    made = {client.call("CreateVpc", **VPC)["VpcId"] for client in clients}
    first = replicas.leader(postgres)
    before = replicas.ask(first, "clock")["now"]
    replicas.kill(first)
    other = (first + 1) % 3
    took = replicas.answers(other)
    assert took < 10
    assert replicas.leader(postgres) != first
    assert vpcs(alibaba(replicas.ports[other])) == made
    assert replicas.ask(other, "clock")["now"] >= before
    replicas.start(first)
    assert vpcs(alibaba(replicas.ports[first])) == made
    assert len(replicas.digests()) == 1


def test_who_executes_hands_over_when_it_is_stopped_and_who_calls_meanwhile_waits(replicas, postgres):
    alibaba(replicas.ports[0]).call("CreateVpc", **VPC)
    first = replicas.leader(postgres)
    other = (first + 1) % 3
    replicas.processes[first].terminate()
    begun = time.monotonic()
    made = alibaba(replicas.ports[other]).call("CreateVpc", **VPC)["VpcId"]
    assert time.monotonic() - begun < 10
    assert replicas.processes[first].wait(20) == 0
    assert made in vpcs(alibaba(replicas.ports[(first + 2) % 3]))
    assert "s3cret" not in "".join(map(replicas.log, range(3)))


def test_a_follower_ends_when_it_is_asked_to(replicas, postgres):
    follower = (replicas.leader(postgres) + 1) % 3
    replicas.processes[follower].terminate()
    assert replicas.processes[follower].wait(10) == 0
    alibaba(replicas.ports[(follower + 1) % 3]).call("CreateVpc", **VPC)


def test_one_that_was_stopped_and_followed_answers_nothing_and_ends(replicas, postgres):
    first = replicas.leader(postgres)
    others = [number for number in range(3) if number != first]
    known = alibaba(replicas.ports[others[0]]).call("CreateVpc", **VPC)["VpcId"]
    reading, creating = (socket.create_connection(("127.0.0.1", replicas.ports[first])) for _ in range(2))
    passed_on = alibaba(replicas.ports[others[0]])
    vpcs(passed_on)
    replicas.processes[first].send_signal(signal.SIGSTOP)
    query = "/?Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=AKSTORE&Action="
    for connection, action in ((reading, "DescribeVpcs"), (creating, "CreateVpc&CidrBlock=10.0.0.0/8")):
        connection.settimeout(30)
        connection.sendall(f"GET {query}{action} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    with pytest.raises(OSError, match=r".*"):  # it is given up when another one has followed
        passed_on.call("DescribeVpcs", "2016-04-28")
    assert replicas.answers(others[1]) < 20
    later = alibaba(replicas.ports[others[1]]).call("CreateVpc", **VPC)["VpcId"]
    replicas.processes[first].send_signal(signal.SIGCONT)
    for connection in (reading, creating):
        heard = b""
        with suppress(ConnectionError):
            heard = connection.recv(65_536)
        assert heard == b"", "nothing that is not the latest, and nothing that is not kept"
        connection.close()
    assert replicas.processes[first].wait(20) == 75
    assert "another emulator has followed this one" in replicas.log(first)
    assert vpcs(alibaba(replicas.ports[others[0]])) == {known, later}
    replicas.start(first)
    assert vpcs(alibaba(replicas.ports[first])) == {known, later}


def test_connections_that_were_lost_do_not_end_it(replicas, postgres):
    clients = [alibaba(port) for port in replicas.ports]
    made = {client.call("CreateVpc", **VPC)["VpcId"] for client in clients}
    first = replicas.leader(postgres)
    postgres.run(  # all but the lock's, and those of others
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'duolect' "
        "AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory') AND pid <> pg_backend_pid()"
    )
    made.add(clients[first].call("CreateVpc", **VPC)["VpcId"])
    assert replicas.leader(postgres) == first
    assert vpcs(clients[(first + 1) % 3]) == made


@attrs.define
class Worker:
    """One account of one cloud, on whichever emulator answers."""

    kind: str
    number: int
    ports: list
    chance: random.Random
    stopped: threading.Event
    made: dict = attrs.field(factory=lambda: {kind: set() for kind in KINDS})
    gone: set = attrs.field(factory=set)
    unsure: dict = attrs.field(factory=lambda: dict.fromkeys(KINDS, 0))
    leaving: set = attrs.field(factory=set)
    lost: int = 0
    done: int = 0
    broken: str = ""

    @property
    def account(self):
        return f"{'LTAI' if 'alibaba' in self.kind else 'AKID'}{self.kind}{self.number}".replace("-", "")

    def cloud(self):
        return CLOUDS[self.kind](self.chance.choice(self.ports), self.account)

    def run(self):
        cloud = None
        while not self.stopped.is_set():
            try:
                cloud = cloud or self.cloud()
                self.step(cloud)
                self.done += 1
            except (Lost, OSError):
                cloud = None
                self.lost += 1
                time.sleep(0.01)
            except Broken as broken:
                self.broken = str(broken)
                return
            except Exception as error:  # noqa: BLE001 - the test tells it
                self.broken = repr(error)
                return

    def step(self, cloud):
        kind = self.chance.choice(KINDS)
        if len(self.made[kind]) < 4 or (len(self.made[kind]) < 8 and self.chance.random() < 0.5):
            self.unsure[kind] += 1
            with suppress(Refused):  # a quota: what it was not sure of is there
                self.made[kind].add(cloud.create(kind, f"{self.account}-{self.chance.getrandbits(60)}"))
            self.unsure[kind] -= 1
            if self.chance.random() < 0.3:
                told = self.made[kind] - self.leaving
                assert told <= set(self.cloud().list(kind)), "it was told, and is not shown"
        elif left := sorted(self.made[kind] - self.leaving):
            chosen = self.chance.choice(left)
            self.leaving.add(chosen)
            cloud.delete(kind, chosen)
            self.leaving.discard(chosen)
            self.made[kind].discard(chosen)
            self.gone.add(chosen)

    def judge(self, port):
        cloud = CLOUDS[self.kind](port, self.account)
        for kind in KINDS:
            there = set(cloud.list(kind))
            assert self.made[kind] - self.leaving <= there, "something that was answered is lost"
            assert not self.gone & self.made[kind], "an id was given twice"
            assert not self.gone & there, "something is back that was deleted"
            assert len(there - self.made[kind]) <= self.unsure[kind], "something is there that nobody made"


def workers_of(ports, stopped, seed):
    return [
        Worker(kind, number, ports, random.Random(f"{seed}{kind}{number}"), stopped)  # noqa: S311
        for kind in CLOUDS
        for number in range(2 if kind.endswith("sdk") else 3)
    ]


def test_nothing_that_was_answered_is_lost_while_replicas_are_killed_and_started(
    replicas, postgres, thorough
):
    chance = random.Random(23)  # noqa: S311 - when is no secret
    stopped = threading.Event()
    workers = workers_of(replicas.ports, stopped, "kills")
    threads = [threading.Thread(target=each.run, daemon=True) for each in workers]
    for thread in threads:
        thread.start()
    kills = MANY if thorough else FEW
    followed = 0
    for kill in range(kills):
        time.sleep(chance.uniform(0.2, 1.5))
        first = replicas.leader(postgres)
        killed = first if first is not None and kill % 3 != 2 else chance.randrange(3)
        followed += killed == first
        replicas.kill(killed)
        if kill % 2 and kill + 1 < kills:
            time.sleep(chance.uniform(0, 1.5))
            other = (killed + 1) % 3
            replicas.kill(other)
            replicas.start(other)
        replicas.start(killed)
    time.sleep(1)
    stopped.set()
    for thread in threads:
        thread.join(60)
    assert [each.broken for each in workers if each.broken] == []
    assert all(each.done > 10 for each in workers), [(each.kind, each.done, each.lost) for each in workers]
    assert sum(each.lost for each in workers)
    assert followed
    for each in workers:
        each.judge(chance.choice(replicas.ports))
    assert len(replicas.digests()) == 1
    assert "s3cret" not in "".join(map(replicas.log, range(3)))
    with looked_into(replicas.url, bootstrap(Settings()).state) as state:
        for partition in dict(state.partitions.items()).values():
            assert check(partition) == []
            addresses = [each.ip for each in partition.graph.public_addresses.values()]
            assert len(set(addresses)) == len(addresses), "an address was given twice"


def test_one_that_is_said_to_be_elsewhere_by_its_own_address_does_not_call_itself(postgres, tmp_path):
    url = postgres.fresh()
    with Replicas(url, tmp_path, count=1) as first:
        alibaba(first.ports[0]).call("CreateVpc", **VPC)
        (tmp_path / "other").mkdir()
        other = Replicas(url, tmp_path / "other", count=1)
        postgres.run("UPDATE duolect_seat SET address = %s", (f"127.0.0.1:{other.ports[0]}",), url=url)
        starting = threading.Thread(target=other.start, args=(0,), daemon=True)
        starting.start()
        until = time.monotonic() + 20
        while "give each its own address with --advertise" not in other.log(0):
            assert time.monotonic() < until
            time.sleep(0.05)
        first.kill(0)  # then it follows
        starting.join(20)
        assert len(vpcs(alibaba(other.ports[0]))) == 1
        other.kill(0)


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        (("--uds", "socket"), "uds: emulators that share a PostgreSQL"),
        (("--control-port", "1"), "control-port: emulators that share a PostgreSQL"),
        (("--advertise", "nowhere"), "advertise must be HOST:PORT"),
        (("--snapshot-every", "5s"), "snapshot-every needs snapshot-on-exit"),
    ],
)
def test_settings_that_others_could_not_live_with_are_refused(postgres, tmp_path, flags, reason):
    replicas = Replicas(postgres.fresh(), tmp_path, count=1, flags=flags)
    with pytest.raises(AssertionError, match=reason):
        replicas.start(0)
    assert replicas.processes[0].wait(10) == 2
    replicas.kill(0)
