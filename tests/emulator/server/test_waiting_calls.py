"""Calls that wait on a real server: their clients vanish, the state is reset, the server is stopped."""

import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing

import pytest
from tests.contract.server import environment, running
from tests.emulator.server.waiting_clients import Caller, Control

CLOUDS = ("alibaba", "tencent")
GIVEN_UP = {"alibaba": (503, "ServiceUnavailable"), "tencent": (200, "ServiceUnavailable")}
MINUTE = 60_000
RUNS = 100
THOROUGH_RUNS = 1_000


@pytest.fixture(scope="module")
def port():
    with running("--timing", "manual") as server:
        yield server.port


@pytest.fixture
def control(port):
    with closing(Control(port)) as made:
        yield made
        made.call("DELETE", "faults")


@pytest.fixture(params=CLOUDS)
def late(request, control, port):
    """A cloud on which the calls of one account are a minute late, and a client whose call waits."""
    rule = control.add_late(request.param, f"late-{request.param}", MINUTE)
    caller = Caller(port, request.param, f"late-{request.param}", "late")
    wait_for(control, rule, 1)
    yield request.param, caller
    caller.vanish()
    control.call("POST", "reset")


def wait_for(control, rule, hits):
    """Wait until a rule has struck so many calls: those wait, then."""
    deadline = time.monotonic() + 20
    while control.hits(rule) < hits:
        assert time.monotonic() < deadline, "the call did not arrive"


def advance(control, milliseconds):
    control.call("POST", "clock/advance", {"by": f"{milliseconds}ms"})


def test_a_call_whose_client_vanished_is_not_carried_out(late, control):
    cloud, caller = late
    caller.vanish()
    advance(control, 5 * MINUTE)
    assert control.networks(f"late-{cloud}") == []
    (record,) = control.call("GET", f"journal?access_key=late-{cloud}")["records"][-1:]
    assert (record["status"], record["outcome"], record["changed"]) == (0, "failed", [])


def test_a_call_with_another_behind_it_on_its_connection_is_taken_back_too(control, port):
    rule = control.add_late("alibaba", "twice", MINUTE)
    caller = Caller(port, "alibaba", "twice", "one", "two")
    wait_for(control, rule, 1)
    caller.vanish()
    advance(control, 5 * MINUTE)
    assert control.networks("twice") == []


def test_a_reset_answers_who_waits_and_the_call_is_never_carried_out(late, control):
    cloud, caller = late
    control.call("POST", f"reset?access_key=late-{cloud}")
    assert caller.answer() == GIVEN_UP[cloud]
    advance(control, 5 * MINUTE)
    assert control.networks(f"late-{cloud}") == []


def test_a_restored_snapshot_ends_the_calls_that_wait_as_a_reset_does(late, control):
    cloud, caller = late
    control.call("POST", "restore", control.call("GET", "snapshot"))
    assert caller.answer() == GIVEN_UP[cloud]
    advance(control, 5 * MINUTE)
    assert control.networks(f"late-{cloud}") == []


def test_the_reset_of_another_account_lets_a_call_wait_on(late, control):
    cloud, caller = late
    control.call("POST", "reset?access_key=another")
    advance(control, 5 * MINUTE)
    assert caller.answer() == (200, "")
    assert control.networks(f"late-{cloud}") == ["late"]


def test_with_after_the_change_is_made_though_the_client_vanishes(control, port):
    rule = control.add_late("alibaba", "after", MINUTE, after=True)
    caller = Caller(port, "alibaba", "after", "made")
    wait_for(control, rule, 1)
    caller.vanish()
    assert control.networks("after") == ["made"]


@pytest.fixture
def stopping():
    """A server that the test stops, and how it ended: seconds, exit status, what it logged."""
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "duolect",
            "serve",
            "--port",
            "0",
            "--timing",
            "manual",
            "--stop-on-eof",
            "true",
        ],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        port = int(process.stdout.readline().rpartition(":")[2])

        def stop():
            asked = time.monotonic()
            process.send_signal(signal.SIGTERM)
            _, complaints = process.communicate(timeout=20)
            return time.monotonic() - asked, process.returncode, complaints

        yield port, stop
        process.kill()


@pytest.mark.parametrize("cloud", CLOUDS)
@pytest.mark.parametrize("after", [False, True])
def test_a_stop_answers_who_waits_in_the_vendors_words_and_takes_no_longer(stopping, cloud, after):
    port, stop = stopping
    with closing(Control(port)) as control:
        rule = control.add_late(cloud, "k", MINUTE, after=after)
        callers = [Caller(port, cloud, "k", str(number)) for number in range(3)]
        wait_for(control, rule, 3)
    seconds, status, complaints = stop()
    assert (status, complaints) == (0, "")
    assert seconds < 2
    assert [caller.answer() for caller in callers] == [GIVEN_UP[cloud]] * 3


def test_clients_that_neither_send_nor_read_on_cost_a_stop_two_seconds_and_no_complaint(stopping):
    port, stop = stopping
    with closing(Control(port)) as control:
        half = socket.create_connection(("127.0.0.1", port))
        half.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
        slow = socket.create_connection(("127.0.0.1", port))
        slow.sendall(b"GET /_duolect/coverage HTTP/1.1\r\nHost: x\r\n\r\n" * 50)
        control.call("GET", "health")
    with half, slow:
        seconds, status, complaints = stop()
    assert (status, complaints) == (0, "")
    assert 1.5 < seconds < 4


# -- random runs ---------------------------------------------------------------------------------------


class Run:
    """One seeded run: calls wait, clients vanish, the account is reset, the clock is advanced.

    It knows which networks there must be. A call acts when its minute is over, if its client is there still
    and nothing was reset since; one that is late ``after`` it was carried out acts at once.
    """

    def __init__(self, port, control, seed):
        self.port, self.control, self.random = port, control, random.Random(seed)  # noqa: S311 - a plan
        self.cloud = CLOUDS[seed % 2]
        self.after = seed % 5 == 4
        self.key = f"run-{seed}"
        self.rule = control.add_late(self.cloud, self.key, MINUTE, after=self.after)
        self.now = self.made = 0
        self.waiting, self.expected, self.acted, self.ended = [], [], 0, 0

    def call(self):
        self.made += 1
        name = f"n{self.made}"
        caller = Caller(self.port, self.cloud, self.key, name)
        wait_for(self.control, self.rule, self.made)
        self.waiting.append((self.now + MINUTE, name, caller))
        if self.after:
            self.expected.append(name)

    def vanish(self):
        if self.waiting:
            _, _, caller = self.waiting.pop(self.random.randrange(len(self.waiting)))
            caller.vanish()
            self.ended += 1

    def reset(self):
        self.control.call("POST", f"reset?access_key={self.key}")
        for _, _, caller in self.waiting:
            assert caller.answer() == GIVEN_UP[self.cloud]
            caller.vanish()
            self.ended += 1
        self.waiting, self.expected = [], []

    def advance(self):
        by = self.random.choice((1, MINUTE // 2, MINUTE, 5 * MINUTE))
        advance(self.control, by)
        self.now += by
        due = [each for each in self.waiting if each[0] <= self.now]
        if self.random.random() < 0.2 and len(due) == len(self.waiting):
            self.reset_at_once()
            return
        for each in due:
            self.waiting.remove(each)
            assert each[2].answer() == (200, "")
            each[2].vanish()
            self.acted += 1
            if not self.after:
                self.expected.append(each[1])

    def reset_at_once(self):
        """Reset while calls are due and may or may not have been carried out: both are gone after it."""
        self.control.call("POST", f"reset?access_key={self.key}")
        for _, _, caller in self.waiting:
            caller.answer()
            caller.vanish()
        self.waiting, self.expected = [], []

    def go(self):
        for _ in range(self.random.randint(4, 10)):
            self.random.choices((self.call, self.vanish, self.reset, self.advance), (5, 3, 1, 2))[0]()
        while self.waiting and self.random.random() < 0.5:
            self.vanish()
        advance(self.control, 5 * MINUTE)
        for _, name, caller in self.waiting:
            assert caller.answer() == (200, "")
            caller.vanish()
            if not self.after:
                self.expected.append(name)
        assert self.control.networks(self.key) == sorted(self.expected)
        self.control.call("DELETE", f"faults/{self.rule}")
        self.control.call("POST", f"reset?access_key={self.key}")


def test_no_call_acts_after_a_reset_or_after_its_client_went_away(port, thorough):
    acted = ended = 0
    with closing(Control(port)) as control:
        for seed in range(THOROUGH_RUNS if thorough else RUNS):
            run = Run(port, control, seed)
            run.go()
            acted, ended = acted + run.acted, ended + run.ended
    assert acted > 20
    assert ended > 40
