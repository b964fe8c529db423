"""Several emulators on one PostgreSQL, each a process with a port of its own."""

import json
import signal
import subprocess
import sys
import time
from hashlib import sha256
from http.client import HTTPConnection

from tests.contract.server import environment
from tests.emulator.store.shared.postgresql import free_port

_START = 30


class Replicas:
    """So many emulators."""

    def __init__(self, url, folder, count=3, flags=("--timing", "instant"), program=("-m", "duolect")):
        self.url, self.folder, self.flags, self.program = url, folder, flags, program
        self.ports = [free_port() for _ in range(count)]
        self.processes = [None] * count
        self.said = []
        """What each wrote that has ended."""

    def __enter__(self):
        for number in range(len(self.ports)):
            self.start(number)
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()
            process.stdout.close()

    def start(self, number):
        """Start one, and return when it is ready."""
        command = [sys.executable, *self.program, "serve", "--port", str(self.ports[number]), *self.flags]
        with (self.folder / f"log-{number}").open("a") as log:
            self.processes[number] = process = subprocess.Popen(  # noqa: S603 - our own command
                command,
                env=environment(DUOLECT_STORE=self.url),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        if not process.stdout.readline():
            raise AssertionError(self.log(number))
        return process

    def log(self, number):
        file = self.folder / f"log-{number}"
        return file.read_text() if file.exists() else ""

    def kill(self, number):
        """Kill one at once."""
        self.processes[number].kill()
        self.processes[number].wait()
        self.processes[number].stdout.close()

    def leader(self, postgres):
        """Return the number of the one that executes."""
        ((address,),) = postgres.run("SELECT address FROM duolect_seat", url=self.url)
        return None if address is None else self.ports.index(int(address.rpartition(":")[2]))

    def ask(self, number, path, method="GET", tree=None, timeout=30):
        """Return what one answers to a control call."""
        connection = HTTPConnection("127.0.0.1", self.ports[number], timeout=timeout)
        connection.request(method, f"/_duolect/{path}", None if tree is None else json.dumps(tree))
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        assert answer.status < 400, text
        return json.loads(text) if text else None

    def answers(self, number, within=_START):
        """Return after how many seconds one answers."""
        begun = time.monotonic()
        while True:
            try:
                self.ask(number, "health", timeout=5)
            except (OSError, ValueError):
                assert time.monotonic() < begun + within, self.log(number)
                time.sleep(0.02)
            else:
                return time.monotonic() - begun

    def digests(self):
        """Return hashes of all partitions, but for the time, as each says: there is one of them."""
        found = set()
        for number in range(len(self.ports)):
            partitions = self.ask(number, "snapshot")["partitions"]
            for each in partitions:
                del each["now"]
            found.add(sha256(json.dumps(partitions, sort_keys=True).encode()).hexdigest())
        return found
