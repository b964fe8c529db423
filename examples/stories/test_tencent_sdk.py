"""Stories for a program that uses Tencent Cloud's SDK: ``pytest examples/stories``."""

from duolect.testing.machine import Seen, tell_stories


class Program:
    """Put your own program in its place: each method calls it, and raises where it says that it failed."""

    def __init__(self, account):
        self.vpc = account.tencent.vpc()
        self.sleep = account.clock.sleep  # in place of time.sleep

    def create(self, network, subnet, group):
        place = {"VpcId": network, "SubnetId": subnet, "SecurityGroupIds": [group]}
        made = self._call("CreateNetworkInterface", NetworkInterfaceName="story", **place)
        interface = made["NetworkInterface"]["NetworkInterfaceId"]
        self._wait(interface)
        return interface

    def attach(self, interface, instance):
        self._task("AttachNetworkInterface", NetworkInterfaceId=interface, InstanceId=instance)

    def detach(self, interface, instance):
        self._task("DetachNetworkInterface", NetworkInterfaceId=interface, InstanceId=instance)

    def assign(self, interface, count):
        parameters = {"NetworkInterfaceId": interface, "SecondaryPrivateIpAddressCount": count}
        self._call("AssignPrivateIpAddresses", **parameters)
        self._wait(interface)

    def unassign(self, interface, address):
        gone = [{"PrivateIpAddress": address}]
        self._task("UnassignPrivateIpAddresses", NetworkInterfaceId=interface, PrivateIpAddresses=gone)

    def delete(self, interface):
        self._call("DeleteNetworkInterface", NetworkInterfaceId=interface)
        while self._shown(interface):
            self.sleep(1)

    def look(self, interface):
        shown = self._shown(interface)
        if shown is None:
            return None
        addresses = {each["PrivateIpAddress"] for each in shown["PrivateIpAddressSet"]}
        return Seen((shown["Attachment"] or {}).get("InstanceId"), frozenset(addresses))

    def _call(self, action, **parameters):
        return self.vpc.call_json(action, parameters)["Response"]

    def _task(self, action, **parameters):
        task = self._call(action, **parameters)["RequestId"]
        while (status := self._call("DescribeVpcTaskResult", TaskId=task)["Status"]) == "RUNNING":
            self.sleep(1)
        if status != "SUCCESS":
            raise RuntimeError(f"{action} is {status}")

    def _shown(self, interface):
        found = self._call("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface])
        return next(iter(found["NetworkInterfaceSet"]), None)

    def _wait(self, interface):
        while not self._is_ready(self._shown(interface)):
            self.sleep(1)

    def _is_ready(self, shown):
        addresses = shown["PrivateIpAddressSet"]
        return {shown["State"], *(each["State"] for each in addresses)} == {"AVAILABLE"}


def test_the_program_comes_through_every_story(duolect):
    tell_stories(duolect, "tencent", Program)
