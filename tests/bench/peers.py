"""``make bench-peers``: Duolect beside moto's server, which emulates another cloud's network interfaces.

moto is no dependency of the project: it is installed by its name and version into a folder under build/.
Each is asked for the same: interfaces with three addresses, a tag and a group, among none, 1,000 and
10,000 that are there. One connection; moto's server closes it after every answer, so there it is one
connection for each request. Signatures are sent and not verified by either.
"""

import argparse
import re
import subprocess
import tempfile
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL
from typing import Any, Final
from urllib.parse import urlencode

import attrs
from tests.bench.client import load
from tests.bench.clouds import Account, post
from tests.bench.figures import Progress, Results, say
from tests.bench.servers import HEALTH, Server, duolect, free_port, running
from tests.bench.work import CLOUDS, CONFIG

MOTO: Final = "5.2.5"
STATUS = b"GET /moto-api/data.json HTTP/1.1\r\nHost: x\r\n\r\n"
_AT_ONCE = 500
_FEW = 10
"""Interfaces after which everything that the first ones bring is there."""
PROCESSOR = "Processor time of a create"
MEDIAN = "Median time of a create"
AIMS = {0: 20, 1_000: 25, 10_000: 45}
"""How many times our processor time moto's is to be, among so many interfaces."""


class Moto(Account):
    """Signed with AWS4-HMAC-SHA256 in form only: moto reads who signed, and for which service."""

    name = "moto"
    several: Mapping[str, Any] = {
        "SecondaryPrivateIpAddressCount": 2,
        "TagSpecification.1.ResourceType": "network-interface",
        "TagSpecification.1.Tag.1.Key": "role",
        "TagSpecification.1.Tag.1.Value": "bench",
    }
    subnet = group = ""

    def request(self, action: str, **parameters: Any) -> bytes:
        body = urlencode({"Action": action, "Version": "2016-11-15", **parameters}).encode()
        return post(
            "/",
            {
                "Host": f"127.0.0.1:{self.port}",
                "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
                "User-Agent": "Boto3/1.40 Python/3.11.7 Linux/6 Botocore/1.40",
                "X-Amz-Date": "20260101T000000Z",
                "Authorization": f"AWS4-HMAC-SHA256 Credential={self.account}/20260101/us-east-1/ec2/"
                f"aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature={'0' * 64}",
            },
            body,
        )

    def create_network(self) -> None:
        vpc = self._make("vpcId", "CreateVpc", CidrBlock="10.0.0.0/16")
        self.subnet = self._make("subnetId", "CreateSubnet", VpcId=vpc, CidrBlock="10.0.0.0/16")
        named = {"GroupName": "bench", "GroupDescription": "bench"}
        self.group = self._make("groupId", "CreateSecurityGroup", VpcId=vpc, **named)

    def create(self, **more: Any) -> bytes:
        named = {"SecurityGroupId.1": self.group, "Description": "bench"}
        return self.request("CreateNetworkInterface", SubnetId=self.subnet, **named, **more)

    def interface_of(self, body: bytes) -> str:
        return _text(body, "networkInterfaceId")

    def _make(self, id_name: str, action: str, **parameters: Any) -> str:
        (body,) = load(self.port, [[self.request(action, **parameters)]], 1, keep=True).bodies
        return _text(body, id_name)


def _text(body: bytes, name: str) -> str:
    found = re.search(f"<{name}>(.*?)</{name}>", body.decode())
    if found is None:
        raise AssertionError(body)
    return found[1]


def install(folder: Path) -> Path:
    """Install moto where it is not, and return the Python that has it."""
    python = folder / f"moto-{MOTO}" / "bin" / "python"
    there = (
        python.exists()
        and not subprocess.run(  # noqa: S603 - our own command
            [python, "-c", "import moto.server"], stderr=DEVNULL, check=False
        ).returncode
    )
    if not there:
        say(f"Installing moto {MOTO} into {folder}, which takes a minute")
        venv.create(python.parents[1], clear=True, with_pip=True)
        package = f"moto[server,ec2]=={MOTO}"
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)  # noqa: S603
    return python.absolute()


@contextmanager
def moto(python: Path) -> Iterator[Server]:
    """Run moto's server, whose log is a line for each request."""
    port = free_port()
    with running(
        [str(python), "-m", "moto.server", "-p", str(port)], port, STATUS, stderr=DEVNULL
    ) as server:
        yield server


@attrs.frozen
class Peer:
    """An account, and the server that it is on."""

    server: Server
    account: Account


@attrs.frozen
class Extent:
    """How long a run is."""

    rounds: int
    requests: int
    sizes: Sequence[int]


def creating(peer: Peer, count: int) -> tuple[float, float]:
    """Create so many interfaces, one after the other, and delete them again.

    Returns:
        Microseconds on the processor for each, and the median of the time that the client waited.
    """
    account = peer.account
    plan = [account.create(**account.several) for _ in range(count)]
    before = peer.server.cpu
    run = load(account.port, [plan], count, keep=True)
    processor = (peer.server.cpu - before) / count
    load(account.port, [[account.delete(account.interface_of(body)) for body in run.bodies]], count)
    return processor * 1e6, run.p50 * 1e6


def fill(account: Account, there: int, size: int) -> None:
    """Make interfaces until there are so many, a few at a time: some peers take long."""
    while there < size:
        progress(f"{account.name}: {there:,} of {size:,} interfaces")
        count = min(_AT_ONCE, size - there)
        account.populate(count, **account.several)
        there += count


def creates(results: Results, other: Peer, ours: Sequence[Peer], extent: Extent) -> None:
    """Compare a create among ever more interfaces, in turns."""
    peers = (other, *ours)
    for peer in peers:
        peer.account.create_network()
    there = 0
    for size in extent.sizes:
        taken: list[list[tuple[float, float]]] = []
        for peer in peers:
            fill(peer.account, there, size)
        there = size
        for number in range(extent.rounds + 1):
            progress(f"creates among {size:,} interfaces, round {number} of {extent.rounds}")
            measured = [creating(peer, extent.requests) for peer in peers]
            if number:  # the first round warms up
                taken.append(measured)
        for place, peer in enumerate(ours, 1):
            for kind, what in enumerate((PROCESSOR, MEDIAN)):
                theirs, mine = ([each[of][kind] for each in taken] for of in (0, place))
                results.add(
                    f"{what}, {other.account.name}'s over ours",
                    f"{peer.account.name}, among {size:,}",
                    [one / another for one, another in zip(theirs, mine, strict=True)],
                    ours=mine,
                    theirs=theirs,
                    unit="us",
                    aim=AIMS.get(size) if what == PROCESSOR else None,
                )


def memory(peer: Peer, sizes: Sequence[int]) -> dict[int, float]:
    """Return bytes for each of so many interfaces; for none, all that the server takes."""
    account = peer.account
    account.create_network()
    account.populate(_FEW, **account.several)
    idle = peer.server.memory
    taken = {0: float(idle)}
    there = 0
    for size in filter(None, sizes):
        fill(account, there, size)
        there = size
        taken[size] = (peer.server.memory - idle) / size
    return taken


def memories(
    results: Results, name: str, theirs: dict[int, float], ours: Mapping[str, dict[int, float]]
) -> None:
    """Keep the ratios of memory."""
    for size, taken in theirs.items():
        for cloud, mine in ours.items():
            unit, scale = ("bytes", 1) if size else ("MiB", 2**20)
            results.add(
                f"Memory, ours over {name}'s",
                f"{cloud}, an interface of {size:,}" if size else f"{cloud}, server with none",
                [mine[size] / taken],
                ours=[mine[size] / scale],
                theirs=[taken / scale],
                unit=unit,
                aim=0.8 if size else None,
            )


def main() -> None:
    """Compare, show, keep."""
    extent = Extent(options.rounds, options.requests, options.sizes)
    python = install(options.peers)
    results = Results(
        f"Duolect beside moto {MOTO}",
        {"moto": MOTO, "rounds": extent.rounds, "requests": extent.requests, "sizes": extent.sizes},
    )
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "bench.toml"
        config.write_text(CONFIG)
        flags = ("--config", str(config))
        with moto(python) as theirs, duolect(*flags, first=HEALTH) as server:
            ours = [Peer(server, make(server.port, "peer")) for make in CLOUDS]
            creates(results, Peer(theirs, Moto(theirs.port, "AKIDPEER")), ours, extent)
        with moto(python) as theirs:
            theirs_taken = memory(Peer(theirs, Moto(theirs.port, "AKIDPEER")), extent.sizes)
        taken = {}
        for make in CLOUDS:
            with duolect(*flags, "--journal", "0", first=HEALTH) as server:
                account = make(server.port, "peer")
                taken[account.name] = memory(Peer(server, account), extent.sizes)
        memories(results, "moto", theirs_taken, taken)
    progress.end()
    results.show()
    results.save(options.out, "peers")


progress = Progress()

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="rounds of each comparison (15)")
    parser.add_argument("--requests", type=int, default=200, help="creates in a round (200)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 1_000, 10_000], help="interfaces there")
    parser.add_argument("--peers", type=Path, default=Path("build/peers"), help="folder for the peers")
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="folder for the results")
    options = parser.parse_args()
    main()
