"""A server that is killed at any instant: what was answered is there, and nothing is there by half.

A few clients of both clouds create, delete and look, each on its own. The server is killed amid that, again
and again, and started anew from its file. What a client was told, or saw, must be there; what it did not
hear of is there as a whole or not at all.
"""

import random
import time
from contextlib import suppress
from threading import Thread

import attrs
from tests.emulator.store.servers import Refused, alibaba, serving, tencent, url_of

from duolect.bootstrap import bootstrap
from duolect.settings.settings import Settings
from duolect.store.opening import looked_into, open_to_look
from duolect_core.invariants import check

CLIENTS = 3
SEVERAL = 3
"""How many subnets one call makes: all, or none."""
FEW, MANY = 5, 200


@attrs.define
class Told:
    """What a client knows: what was made, seen and let go of, and what it had no answer to."""

    made: set = attrs.field(factory=set)
    seen: set = attrs.field(factory=set)
    gone: set = attrs.field(factory=set)
    leaving: str = ""
    unsure: str = ""
    """The name of what was being made when the answer did not come."""


class Alibaba:
    """Security groups of one account, one by one."""

    whole = 1

    def __init__(self, port, number):
        self.client = alibaba(port, f"AKKILL{number}")

    def ready(self):
        with suppress(Refused):
            if not self.client.call("DescribeVpcs", "2016-04-28")["Vpcs"]["Vpc"]:
                self.client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
        self.vpc = self.client.call("DescribeVpcs", "2016-04-28")["Vpcs"]["Vpc"][0]["VpcId"]

    def create(self, name):
        return {
            self.client.call(
                "CreateSecurityGroup", VpcId=self.vpc, SecurityGroupName=name, ClientToken=name
            )["SecurityGroupId"]
        }

    def delete(self, group):
        self.client.call("DeleteSecurityGroup", SecurityGroupId=group)

    def all(self):
        found, page = {}, 1
        while True:
            some = self.client.call("DescribeSecurityGroups", PageSize=50, PageNumber=page)
            listed = some["SecurityGroups"]["SecurityGroup"]
            found |= {each["SecurityGroupId"]: each["SecurityGroupName"] for each in listed}
            page += 1
            if len(found) >= some["TotalCount"] or not listed:
                return found


class Tencent:
    """Subnets of one account, several in a call."""

    whole = SEVERAL

    def __init__(self, port, number):
        self.client = tencent(port, f"AKIDKILL{number}")
        self.place = number

    def ready(self):
        if not self.client.call("DescribeVpcs")["VpcSet"]:
            self.client.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/12")
        self.vpc = self.client.call("DescribeVpcs")["VpcSet"][0]["VpcId"]

    def create(self, name):
        number = int(name.rpartition("-")[2])
        blocks = [(number * SEVERAL + place) % 4000 for place in range(SEVERAL)]
        wanted = [
            {
                "CidrBlock": f"10.{block // 256}.{block % 256}.0/24",
                "SubnetName": name,
                "Zone": "ap-guangzhou-3",
            }
            for block in blocks
        ]
        made = self.client.call("CreateSubnets", VpcId=self.vpc, Subnets=wanted)["SubnetSet"]
        return {each["SubnetId"] for each in made}

    def delete(self, subnet):
        self.client.call("DeleteSubnet", SubnetId=subnet)

    def all(self):
        found = {}
        while True:
            some = self.client.call("DescribeSubnets", Limit="100", Offset=str(len(found)))
            found |= {each["SubnetId"]: each["SubnetName"] for each in some["SubnetSet"]}
            if len(found) >= some["TotalCount"]:
                return found


def work(cloud, told, chance, begin):
    """Create, delete and look until the server is gone."""
    number = begin
    try:
        while True:
            number += 1
            told.unsure, is_full = f"n-{number}", False
            try:
                told.made |= cloud.create(told.unsure)
            except Refused:  # a quota
                is_full = True
            told.unsure = ""
            for _ in range(SEVERAL if is_full else chance.random() < 0.4):
                told.leaving = chance.choice(sorted(told.made))
                cloud.delete(told.leaving)
                told.made.discard(told.leaving)
                told.gone.add(told.leaving)
                told.leaving = ""
            if chance.random() < 0.1:
                told.seen = {*cloud.all()}
    except OSError:
        pass


def judge(cloud, told):
    """Compare what is there with what a client knows, and let it know what it was not told."""
    there = cloud.all()
    unsure = {each for each in told.made | told.seen if each == told.leaving}
    assert told.made - unsure <= set(there), "something acknowledged is lost"
    assert not told.gone & set(there), "something is back that was deleted"
    new = {each: name for each, name in there.items() if each not in told.made}
    assert set(new.values()) <= {told.unsure}, "something is there that nobody made"
    assert len(new) in {0, cloud.whole}, "something is there by half"
    assert told.seen - told.gone - unsure <= set(there), "something is gone that was seen"
    told.gone |= unsure - set(there)
    told.made, told.seen, told.leaving, told.unsure = set(there), set(), "", ""


def judge_all(file, partitions):
    """Look into a store that nobody has open: all that is in it is sound."""
    with looked_into(url_of(file), bootstrap(Settings()).state) as state:
        found = dict(state.partitions.items())
        assert len(found) == partitions
        for partition in found.values():
            assert check(partition) == []


def test_what_was_answered_outlives_kills_at_any_instant(place, thorough):
    file, chance = place(), random.Random(17)  # noqa: S311 - when is no secret
    told = {(kind, number): Told() for kind in (Alibaba, Tencent) for number in range(CLIENTS)}
    kills = MANY if thorough else FEW
    acknowledged = 0
    for kill in range(kills + 1):
        begun = time.monotonic()
        with serving(file, "--timing", "instant", small=True) as process:
            clouds = {key: key[0](process.port, key[1]) for key in told}
            for key, cloud in clouds.items():
                cloud.ready()
                if kill:
                    judge(cloud, told[key])
            acknowledged = max(acknowledged, sum(len(each.made) + len(each.gone) for each in told.values()))
            if kill == kills:
                break
            threads = [
                Thread(
                    target=work,
                    args=(cloud, told[key], random.Random(chance.random()), kill * 1000),  # noqa: S311
                    daemon=True,
                )
                for key, cloud in clouds.items()
            ]
            for thread in threads:
                thread.start()
            time.sleep(chance.uniform(0.02, 0.5 if kill % 4 else 1.5))
            process.kill()
            process.wait()
            for thread in threads:
                thread.join(30)
        if kill % 10 == 0:
            judge_all(file, len(told))
        assert time.monotonic() - begun < 60
    assert acknowledged >= 5 * kills
    store = open_to_look(url_of(file))
    assert any(kept.snapshots[-1] for kept in store.partitions()), "no snapshot was made amid all this"
    store.close()
