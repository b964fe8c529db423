"""Clients of either cloud that let a server wait, over plain sockets, and the control API beside them."""

import http.client
import json
import socket

BODY = '{"VpcName": "%s", "CidrBlock": "10.0.0.0/16"}'
REQUEST = {
    "alibaba": "GET /?Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou"
    "&AccessKeyId={key}&VpcName={name} HTTP/1.1\r\nHost: x\r\n\r\n",
    "tencent": "POST / HTTP/1.1\r\nHost: x\r\nX-TC-Action: CreateVpc\r\nX-TC-Version: 2017-03-12\r\n"
    "X-TC-Region: ap-guangzhou\r\nContent-Type: application/json\r\n"
    "Authorization: TC3-HMAC-SHA256 Credential={key}/2026-09-21/vpc/tc3_request, "
    "SignedHeaders=content-type;host, Signature=0\r\nContent-Length: {length}\r\n\r\n{body}",
}


class Control:
    """The control API on one connection."""

    def __init__(self, port):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def call(self, method, path, body=None):
        text = None if body is None else json.dumps(body)
        self._connection.request(method, f"/_duolect/{path}", text)
        answer = self._connection.getresponse()
        content = answer.read()
        assert answer.status < 300, content
        return json.loads(content) if content else None

    def add_late(self, cloud, key, milliseconds, **more):
        """Let the calls of an account be late, and return the rule's id."""
        rule = {
            "cloud": cloud,
            "access_key": key,
            "action": "CreateVpc",
            "latency_ms": milliseconds,
            **more,
        }
        return self.call("POST", "faults", rule)["id"]

    def hits(self, rule):
        return self.call("GET", f"faults/{rule}")["hits"]

    def networks(self, key):
        """Return the names of the networks that an account has."""
        tree = self.call("GET", f"state?access_key={key}")
        return sorted(node["name"] for each in tree["partitions"] for node in each["nodes"])

    def close(self):
        self._connection.close()


class Caller:
    """A client that asks for networks of these names and waits for the answer."""

    def __init__(self, port, cloud, key, *names):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        requests = []
        for name in names:
            body = BODY % name
            requests.append(REQUEST[cloud].format(key=key, name=name, body=body, length=len(body)))
        self._socket.sendall("".join(requests).encode())

    def answer(self):
        """Return the status of the answer and its code, empty for a success."""
        answer = http.client.HTTPResponse(self._socket)
        answer.begin()
        tree = json.loads(answer.read())
        answer.close()
        error = tree.get("Response", {}).get("Error", tree)
        return answer.status, error.get("Code", "")

    def vanish(self):
        self._socket.close()
