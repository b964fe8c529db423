"""Servers with stores, and clients of both clouds that know what was answered to them."""

import json
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException

from tests.contract.server import environment
from tests.harness import AlibabaClient, TencentClient

SMALL = """
import sys
from duolect.store import housekeeping, sqlite
housekeeping.SHARED = 80
housekeeping.ENOUGH, housekeeping.LEAST, housekeeping.REACH = 80, 10, 60
housekeeping.Housekeeping.__init__.__kwdefaults__.update(enough=80, least=10, reach=60)
sqlite._AHEAD = 2**18
from duolect.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
"""A server that tidies up all the time, so that whatever happens happens amid that too."""


def url_of(place):
    """Return the URL of a store: a file's, or what is one already."""
    return place if isinstance(place, str) else f"sqlite:///{place}"


@contextmanager
def serving(file, *flags, small=False):
    """Run a server with a store, and kill it in the end; its port is in ``port``."""
    program = ["-c", SMALL] if small else ["-m", "duolect"]
    command = [sys.executable, *program, "serve", "--port", "0", "--store", url_of(file), *flags]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            line = process.stdout.readline()
            if not line:
                raise AssertionError(process.stderr.read())
            process.port = int(line.rpartition(":")[2])
            yield process
        finally:
            process.kill()


class Refused(Exception):
    """A call was answered with an error, whose code this holds."""


class Client:
    """One account on one connection."""

    def __init__(self, port, builder):
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self._builder = builder

    def call(self, action, version=None, **parameters):
        """Return the answer's tree; raise ``Refused``, or ``OSError`` where no answer came."""
        more = {"version": version} if version else {}
        request = self._builder.request(action, **more, **parameters)
        query = f"?{request.query.decode()}" if request.query else ""
        try:
            self._connection.request(request.method, f"/{query}", request.body, dict(request.headers))
            answer = self._connection.getresponse()
            tree = json.loads(answer.read())
        except (HTTPException, ValueError) as error:
            raise ConnectionError(str(error)) from None
        if "Response" in tree:
            tree = tree["Response"]
        error = tree.get("Error", {}).get("Code") or (answer.status >= 400 and tree.get("Code"))
        if error:
            raise Refused(error)
        return tree

    def get(self, path):
        """Return what the control API answers."""
        self._connection.request("GET", f"/_duolect/{path}")
        answer = self._connection.getresponse()
        return answer.status, json.loads(answer.read())

    def post(self, path, tree=None, method="POST"):
        """Let the control API do something."""
        self._connection.request(method, f"/_duolect/{path}", json.dumps({} if tree is None else tree))
        answer = self._connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None


def alibaba(port, key="AKSTORE"):
    return Client(port, AlibabaClient(None, key, "cn-hangzhou"))


def tencent(port, key="AKIDSTORE"):
    return Client(port, TencentClient(None, key, "ap-guangzhou"))
