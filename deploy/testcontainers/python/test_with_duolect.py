"""Duolect as a container of a test's own, by testcontainers: pip install testcontainers==4.15.0."""

import json
import os
import urllib.request

from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy

IMAGE = os.environ.get("DUOLECT_IMAGE_NAME", "duolect:0.1.0")


def test_a_network_is_created() -> None:
    container = DockerContainer(IMAGE).with_exposed_ports(4780).with_env("DUOLECT_TIMING", "instant")
    with container.waiting_for(HttpWaitStrategy(4780, "/_duolect/health")) as duolect:
        endpoint = f"http://{duolect.get_container_host_ip()}:{duolect.get_exposed_port(4780)}"
        query = "Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=me"
        with urllib.request.urlopen(f"{endpoint}/?{query}", timeout=10) as answer:
            assert json.load(answer)["VpcId"].startswith("vpc-")
