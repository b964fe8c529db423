"""Answers as they come from a connection, without an HTTP client that would make sense of them."""

import json

import attrs

HELLO = b"GET /_duolect/health HTTP/1.1\r\nHost: x\r\n\r\n"
"""The request that every emulator answers."""


@attrs.frozen
class Answer:
    status: int
    type: str
    body: bytes

    @property
    def code(self) -> str:
        tree = json.loads(self.body)
        return (
            tree["Response"].get("Error", {}).get("Code", "")
            if "Response" in tree
            else tree.get("Code", "")
        )


def answers(connection):
    """Read answers until the server closes the connection."""
    stream = connection.makefile("rb")
    while line := stream.readline():
        version, status, _ = line.split(b" ", 2)
        assert version == b"HTTP/1.1"
        headers = {}
        while (line := stream.readline().strip()) and line:
            name, _, value = line.partition(b":")
            headers[name.lower()] = value.strip().decode()
        assert int(status) < 500
        yield Answer(
            int(status),
            headers.get(b"content-type", ""),
            stream.read(int(headers.get(b"content-length", 0))),
        )
