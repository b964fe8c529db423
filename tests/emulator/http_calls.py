"""Calls of Alibaba Cloud over HTTP, without an SDK."""

import json
from http.client import HTTPConnection
from urllib.parse import urlencode

CREATE = {"CidrBlock": "10.0.0.0/8", "VpcName": "mine"}


def create_vpc(account, **more):
    """Create a VPC."""
    return call(account, "CreateVpc", "2016-04-28", **CREATE, **more)


def call(account, action, version="2014-05-26", **parameters):
    """Call an action and return the tree of its answer, whatever its status."""
    return json.loads(fetch(account, action, version, **parameters))


def fetch(account, action, version="2014-05-26", **parameters):
    """Call an action and return the body of its answer, whatever it is."""
    query = {
        "Action": action,
        "Version": version,
        "Format": "JSON",
        "RegionId": "cn-hangzhou",
        "AccessKeyId": account.access_key,
        **parameters,
    }
    connection = HTTPConnection(account.duolect.host, account.duolect.port)
    connection.request("GET", f"/?{urlencode(query)}", headers={"connection": "close"})
    return connection.getresponse().read()
