"""What https and the proxy cost: python -m tests.bench.reaches [--rounds N] [--requests N]

One server, one keep-alive connection for each way there, one small request after the other. The ways take
turns, round by round, and the first round warms up. What is compared is the time that the server's process
spends on the processor: it moves less than throughput when the machine has other work.
"""

import argparse
import os
import socket
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.contract.server import environment

from duolect.testing.process import running

HOST = "ecs.aliyuncs.com"
TARGET = "/?Action=DescribeNetworkInterfaces&Version=2014-05-26&RegionId=cn-hangzhou&Format=JSON"
_TICK = os.sysconf("SC_CLK_TCK")


def spent(pid: int) -> float:
    """Return the seconds that a process has spent on the processor."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def ask(connection: socket.socket, request: bytes, times: int) -> None:
    """Send a request again and again, each after the answer to the one before."""
    for _ in range(times):
        connection.sendall(request)
        answer = connection.recv(65_536)
        while not answer.endswith(b"}"):
            answer += connection.recv(65_536)
        if not answer.startswith(b"HTTP/1.1 200"):
            raise ValueError(answer)


@contextmanager
def ways(host: str, port: int, certificate: str) -> Iterator[Mapping[str, tuple[socket.socket, bytes]]]:
    """Open a connection for each way, and yield it with the request that is sent on it."""
    trusting = ssl.create_default_context(cadata=certificate)
    direct = f"GET {TARGET} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    proxied = f"GET http://{HOST}{TARGET} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    with ExitStack() as stack:
        plain, by_proxy, secret, tunnel = (
            stack.enter_context(socket.create_connection((host, port))) for _ in range(4)
        )
        tunnel.sendall(f"CONNECT {HOST}:443 HTTP/1.1\r\n\r\n".encode())
        tunnel.recv(1000)
        yield {
            "http": (plain, direct),
            "http by proxy": (by_proxy, proxied),
            "https": (stack.enter_context(trusting.wrap_socket(secret, server_hostname=HOST)), direct),
            "https by proxy": (
                stack.enter_context(trusting.wrap_socket(tunnel, server_hostname=HOST)),
                direct,
            ),
        }


def handshakes(host: str, port: int, certificate: str, times: int) -> None:
    """Open connections by https, with a whole handshake each, and close them."""
    trusting = ssl.create_default_context(cadata=certificate)
    for _ in range(times):
        with socket.create_connection((host, port)) as plain:
            trusting.wrap_socket(plain, server_hostname=HOST).close()


def main() -> None:
    """Measure, and write a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reaches")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=2_000)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(environment=environment(), ca_dir=folder) as duolect,
    ):
        pid = next(
            int(child)
            for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            if b"serve" in Path(f"/proc/{child}/cmdline").read_bytes()
        )
        certificate = duolect.ca()
        costs: dict[str, list[tuple[float, float]]] = {}
        with ways(duolect.host, duolect.port, certificate) as opened:
            for _ in range(options.rounds + 1):
                for name, (connection, request) in opened.items():
                    began, before = time.perf_counter(), spent(pid)
                    ask(connection, request, options.requests)
                    cost = (spent(pid) - before, time.perf_counter() - began)
                    costs.setdefault(name, []).append(cost)
        before = spent(pid)
        handshakes(duolect.host, duolect.port, certificate, 500)
        handshake = (spent(pid) - before) / 500
    for name, measured in costs.items():
        processor, wall = (
            sorted(
                each[kind] / base[kind] for each, base in zip(measured[1:], costs["http"][1:], strict=True)
            )
            for kind in (0, 1)
        )
        used = statistics.median(each[0] for each in measured[1:]) / options.requests
        sys.stdout.write(
            f"{name:15} {used * 1e6:5.0f} us; over http: processor {statistics.median(processor):.2f} "
            f"({processor[0]:.2f} to {processor[-1]:.2f}), time {statistics.median(wall):.2f}\n"
        )
    sys.stdout.write(f"a handshake     {handshake * 1e6:5.0f} us\n")


if __name__ == "__main__":
    main()
