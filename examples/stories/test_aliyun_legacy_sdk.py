"""Stories for a program that uses Alibaba Cloud's classic SDK: ``pytest examples/stories``."""

import json

from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest

from duolect.testing.machine import Seen, tell_stories


class Program:
    """Put your own program in its place: each method calls it, and raises where it says that it failed."""

    def __init__(self, account):
        self.client = AcsClient(account.access_key, account.secret, "cn-hangzhou")
        self.endpoint = account.duolect.endpoint
        self.sleep = account.clock.sleep  # in place of time.sleep

    def create(self, _network, subnet, group):
        made = self._call("CreateNetworkInterface", VSwitchId=subnet, SecurityGroupId=group)
        self._wait(made["NetworkInterfaceId"], "Available")
        return made["NetworkInterfaceId"]

    def attach(self, interface, instance):
        self._call("AttachNetworkInterface", NetworkInterfaceId=interface, InstanceId=instance)
        self._wait(interface, "InUse")

    def detach(self, interface, instance):
        self._call("DetachNetworkInterface", NetworkInterfaceId=interface, InstanceId=instance)
        self._wait(interface, "Available")

    def assign(self, interface, count):
        parameters = {"NetworkInterfaceId": interface, "SecondaryPrivateIpAddressCount": count}
        self._call("AssignPrivateIpAddresses", **parameters)

    def unassign(self, interface, address):
        parameters = {"NetworkInterfaceId": interface, "PrivateIpAddress.1": address}
        self._call("UnassignPrivateIpAddresses", **parameters)

    def delete(self, interface):
        self._call("DeleteNetworkInterface", NetworkInterfaceId=interface)
        while self._shown(interface):
            self.sleep(1)

    def look(self, interface):
        shown = self._shown(interface)
        if shown is None:
            return None
        addresses = {each["PrivateIpAddress"] for each in shown["PrivateIpSets"]["PrivateIpSet"]}
        return Seen(shown.get("InstanceId") or None, frozenset(addresses))

    def _call(self, action, **parameters):
        request = CommonRequest(domain=self.endpoint, version="2014-05-26", action_name=action)
        request.set_protocol_type("http")
        for name, value in parameters.items():
            request.add_query_param(name, value)
        return json.loads(self.client.do_action_with_exception(request))

    def _shown(self, interface):
        found = self._call("DescribeNetworkInterfaces", **{"NetworkInterfaceId.1": interface})
        return next(iter(found["NetworkInterfaceSets"]["NetworkInterfaceSet"]), None)

    def _wait(self, interface, wanted):
        while (status := self._shown(interface)["Status"]) != wanted:
            if not status.endswith("ing"):
                raise RuntimeError(f"{interface} is {status} and will not be {wanted}")
            self.sleep(1)


def test_the_program_comes_through_every_story(duolect):
    tell_stories(duolect, "alibaba", Program)
