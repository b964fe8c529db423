"""Jobs of CI beside each other on three emulators: each has its account, its clock and its faults alone."""

import pytest
from tests.emulator.store.servers import alibaba
from tests.emulator.store.shared.jobs import FLAGS, HOUR, SLACK, VPC, Job, run
from tests.emulator.store.shared.replicas import Replicas

from duolect.account import Account
from duolect.client import Duolect

FEW, MANY = 16, 100


@pytest.fixture
def replicas(postgres, tmp_path):
    with Replicas(postgres.fresh(), tmp_path, flags=FLAGS) as started:
        yield started


def test_no_job_sees_the_time_the_faults_or_the_resources_of_another(replicas, thorough):
    run([Job(number, replicas.ports) for number in range(MANY if thorough else FEW)])
    assert replicas.ask(0, "partitions")["partitions"] == []


def test_the_clock_of_a_job_goes_on_when_who_executes_is_killed(replicas, postgres):
    first = replicas.leader(postgres)
    other = (first + 1) % 3
    account = Account(Duolect(f"127.0.0.1:{replicas.ports[first]}"), "LTAIlater")
    alibaba(replicas.ports[first], "LTAIlater").call("CreateVpc", **VPC)
    account.clock.advance(5 * HOUR)
    before = account.clock.time()
    common = replicas.ask(other, "clock")["instant"]
    replicas.kill(first)
    replicas.answers(other)
    later = Account(Duolect(f"127.0.0.1:{replicas.ports[other]}"), "LTAIlater")
    assert before <= later.clock.time() < before + SLACK
    assert common <= replicas.ask(other, "clock")["instant"]
