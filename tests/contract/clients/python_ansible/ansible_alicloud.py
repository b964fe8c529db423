"""Ansible's modules for Alibaba Cloud, which stand on footmark: signed with version 1, HMAC-SHA1.

None of them has a setting for an endpoint. They speak plain HTTP, so that the emulator is their proxy.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from checks import ENDPOINT, KEY, SECRET, Checks, main

REGION, ZONE = "cn-hangzhou", "cn-hangzhou-h"
IMAGE = "aliyun_3_x64_20G_alibase_20240528.vhd"
TAGS = {"team": "net"}
NETWORK = {"name": "shop", "cidr_block": "172.16.0.0/12", "description": "it's (50 %) ~ready*!"}
RULE = {"ip_protocol": "tcp", "port_range": "80/80", "source_cidr_ip": "0.0.0.0/0"}


class Failed(Exception):
    """A task failed; its text says with what."""


class Ansible:
    """The command, with a home of its own."""

    def __init__(self, home: str) -> None:
        found = find_spec("ansible")
        assert found is not None
        assert found.origin is not None
        self._command = str(Path(sys.executable).with_name("ansible"))
        self._variables = {
            **os.environ,
            "HOME": home,
            "HTTP_PROXY": f"http://{ENDPOINT}",
            "NO_PROXY": "",
            "ANSIBLE_LIBRARY": str(Path(found.origin).parent / "modules/cloud/alicloud"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        }

    def __call__(self, module: str, /, secret: str = SECRET, **arguments: Any) -> Any:
        """Carry out one task on this host, and return what it registers."""
        common = {"alicloud_access_key": KEY, "alicloud_secret_key": secret, "alicloud_region": REGION}
        done = subprocess.run(  # noqa: S603 - arguments of this program
            [
                *(self._command, "localhost", "--module-name", module),
                *("--extra-vars", f"ansible_python_interpreter={sys.executable}"),
                *("--args", json.dumps({**common, **arguments})),
            ],
            env=self._variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        head, arrow, told = done.stdout.partition("=>")
        assert arrow, done.stdout + done.stderr
        registered = json.loads(told)
        if "FAILED" in head:
            raise Failed(registered["msg"], registered.get("module_stderr", ""))
        return registered

    @contextmanager
    def made(self, module: str, shown: str, /, **arguments: Any) -> Iterator[Any]:
        """Make something, see that a second run changes nothing, and take it away in the end."""
        first = self(module, **arguments)
        assert first["changed"], first
        again = self(module, **arguments)
        assert not again["changed"], again
        assert again[shown]["id"] == first[shown]["id"]
        yield again[shown]
        gone = self(module, state="absent", **arguments)
        assert gone["changed"], gone


def scenario(checks: Checks, _: None) -> None:
    """Live the life of a network, an instance and what they hold."""
    with tempfile.TemporaryDirectory() as home:
        live(checks, Ansible(home))


def live(checks: Checks, ansible: Ansible) -> None:  # noqa: PLR0915 - a life, from beginning to end
    """Live it with the command's home in place."""
    with checks.check("sign") as told:
        assert ansible("ali_vpc_info")["vpcs"] == []
        said = failure(lambda: ansible("ali_vpc_info", secret=f"not{SECRET}"))
        assert "InvalidAccessKeySecret" in said or "SignatureDoesNotMatch" in said, said
        told.append("another secret: InvalidAccessKeySecret")

    with ExitStack() as made:
        with checks.check("success"):
            vpc = made.enter_context(ansible.made("ali_vpc", "vpc", **NETWORK))
            assert vpc["description"] == NETWORK["description"]
            part = {"vpc_id": vpc["id"], "cidr_block": "172.16.0.0/24", "zone_id": ZONE, "name": "front"}
            vswitch = made.enter_context(ansible.made("ali_vswitch", "vswitch", **part))
            tagged = ansible("ali_vswitch", **part, tags=TAGS)["vswitch"]
            assert (tagged["id"], tagged["tags"]) == (vswitch["id"], TAGS)
            web = {"name": "web", "vpc_id": vpc["id"], "rules": [RULE]}
            group = made.enter_context(ansible.made("ali_security_group", "group", **web))
            assert [each["port_range"] for each in group["permissions"]] == ["80/80"]

            # Without count_tag the module fails before it asks for anything.
            at = {"vswitch_id": vswitch["id"], "security_groups": [group["id"]]}
            kind = {"image_id": IMAGE, "instance_type": "ecs.g7.large", "count_tag": str(TAGS), **at}
            first = ansible("ali_instance", **kind)
            again = ansible("ali_instance", **kind)
            ((instance,), (same,)) = first["instances"], again["instances"]
            assert (first["changed"], again["changed"]) == (True, False)
            assert (same["id"], same["status"], same["tags"]) == (instance["id"], "running", TAGS)

        with checks.check("error") as told:
            for code, module, arguments in (
                ("InvalidVpcId.NotFound", "ali_vswitch", {**part, "vpc_id": "vpc-bp1nowhere000000000000"}),
                (
                    "InvalidVSwitchId.NotFound",
                    "ali_eni",
                    {**at, "vswitch_id": "vsw-bp1nowhere000000000000"},
                ),
                ("InvalidInstanceType", "ali_instance", {**kind, "count": 2, "instance_type": "ecs.none"}),
            ):
                said = failure(lambda: ansible(module, **arguments))  # noqa: B023 - called at once
                assert code in said, said
                told.append(code)

        with checks.check("poll") as told:
            # The module knows an interface by its id, and waits for its state.
            eni_id = ansible("ali_eni", name="second", **at)["interface"]["id"]
            here = {"eni_id": eni_id, "attached": True, "instance_id": instance["id"]}
            attached = ansible("ali_eni", **here)
            assert (attached["changed"], attached["interface"]["state"]) == (True, "inuse"), attached[
                "interface"
            ]
            assert attached["interface"]["instance_id"] == instance["id"]
            assert not ansible("ali_eni", **here)["changed"]
            detached = ansible("ali_eni", eni_id=eni_id, attached=False)
            assert (detached["changed"], detached["interface"]["state"]) == (True, "available")
            told.append("as the module waits")

        with checks.check("success") as told:
            assert ansible("ali_eni", eni_id=eni_id, state="absent")["changed"]
            eip_id = ansible("ali_eip", name="front", bandwidth=10)["eip"]["id"]
            bound = ansible("ali_eip", instance_id=instance["id"], reuse_existing_ip_allowed=True)["eip"]
            assert (bound["id"], bound["instance_id"], bound["status"]) == (
                eip_id,
                instance["id"],
                "inuse",
            ), bound
            released = {"instance_id": instance["id"], "release_on_disassociation": True, "state": "absent"}
            assert ansible("ali_eip", **released)["changed"]
            # A stop without user_data fails in the module, after it has stopped the instance.
            it = {"instance_ids": [instance["id"]]}
            (stopped,) = ansible("ali_instance", **it, state="stopped", user_data="#!/bin/sh")["instances"]
            assert stopped["status"] == "stopped"
            assert ansible("ali_instance", **it, state="absent", force=True)["changed"]
            assert ansible("ali_instance_info", instance_ids=[instance["id"]])["instances"] == []
            made.close()
            assert ansible("ali_vpc_info")["vpcs"] == []
            told.append("all deleted")


def failure(call: Any) -> str:
    """Return what a task fails with."""
    try:
        call()
    except Failed as error:
        return str(error)
    raise AssertionError("the task was expected to fail")


main("ansible-alicloud", {"v1": None}, scenario)
