"""A job of CI: an account of its own on both clouds, with its clock and its faults, on all emulators."""

import threading
import time

import attrs
from tests.emulator.store.servers import Refused, alibaba, tencent

from duolect.account import Account
from duolect.client import Duolect

FLAGS = ("--clocks", "per-account", "--timing", "realistic")
"""What emulators are started with that jobs share."""
HOUR = 3_600
VPC = {"version": "2016-04-28", "CidrBlock": "10.0.0.0/8"}
SLACK = 120
"""Seconds that may pass beside those by which a job moves its clock."""


@attrs.define
class Job:
    """What one job does, each step on another emulator, and what it has seen that is not its own."""

    number: int
    ports: list
    seconds: float = 0.0
    error: str = ""

    def run(self):
        begun = time.monotonic()
        try:
            self._live()
        except (Exception, AssertionError) as error:  # noqa: BLE001 - the test tells it
            self.error = f"job {self.number}: {error!r}"
        self.seconds = time.monotonic() - begun

    def _port(self, step):
        return self.ports[(self.number + step) % len(self.ports)]

    def _live(self):
        key = f"LTAIjob{self.number}"
        accounts = [Account(Duolect(f"127.0.0.1:{self._port(step)}"), key) for step in range(3)]
        clients = [alibaba(self._port(step), key) for step in range(3)]
        others = [tencent(self._port(step), key) for step in range(3)]
        name = f"job-{self.number}"
        mine = clients[0].call("CreateVpc", **VPC, VpcName=name)["VpcId"]
        theirs = others[1].call("CreateVpc", VpcName=name, CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self._sees(clients[2], others[0], mine, theirs)
        self._has_its_own_time(accounts)
        (shown,) = clients[1].call("DescribeVpcs", "2016-04-28")["Vpcs"]["Vpc"]
        assert shown["Status"] == "Available"
        self._has_its_own_faults(accounts, clients)
        self._sees(clients[0], others[2], mine, theirs)
        called = accounts[2].journal(action="CreateVpc")
        assert len(called) == 2
        assert {each["access_key"] for each in called} == {key}
        clients[2].call("DeleteVpc", "2016-04-28", VpcId=mine)
        others[1].call("DeleteVpc", VpcId=theirs)
        accounts[0].clock.until_idle()
        accounts[1].assert_no_leaks()
        accounts[2].reset()

    def _sees(self, one, other, mine, theirs):
        seen = one.call("DescribeVpcs", "2016-04-28")["Vpcs"]["Vpc"]
        assert [(each["VpcId"], each["VpcName"]) for each in seen] == [(mine, f"job-{self.number}")]
        assert [each["VpcId"] for each in other.call("DescribeVpcs")["VpcSet"]] == [theirs]

    def _has_its_own_time(self, accounts):
        begun = accounts[0].clock.time()
        by = (self.number + 1) * HOUR
        accounts[1].clock.advance(by)
        passed = accounts[2].clock.time() - begun
        assert by <= passed < by + SLACK, f"{passed} seconds have passed, and not {by}"

    def _has_its_own_faults(self, accounts, clients):
        struck = self.number % 2
        if struck:
            rule = accounts[0].faults.add(
                cloud="alibaba", action="DescribeVSwitches", code="ServiceUnavailable", times=1
            )
        outcomes = []
        for client in clients:
            try:
                client.call("DescribeVSwitches", "2016-04-28")
                outcomes.append("")
            except Refused as refused:
                outcomes.append(str(refused))
        assert outcomes == ["ServiceUnavailable" if struck else "", "", ""]
        if struck:
            assert accounts[1].faults.hits(rule) == 1
            accounts[0].faults.clear()


def run(jobs):
    threads = [threading.Thread(target=each.run, daemon=True) for each in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert [each.error for each in jobs if each.error] == []
