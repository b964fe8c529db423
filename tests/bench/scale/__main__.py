"""``python -m tests.bench.scale``: one account with 100,000 interfaces.

It is made through the API, paged both ways while others change it, and controlled, while a second client
calls and notes how long it waits. Single calls are compared with those in an account with ten interfaces.
In the end what is there is checked from end to end, as the property tests check it.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.client import load
from tests.bench.clouds import Alibaba
from tests.bench.figures import Progress, machine, say
from tests.bench.scale.waiting import second_client
from tests.bench.scale.world import CONFIG, Sizes, build, create, send
from tests.bench.servers import Server, duolect

from duolect.bootstrap import bootstrap
from duolect.settings.sources import load as load_settings
from duolect.snapshots import snapshots
from duolect_core.engine.partition import Partition

PAGE = 500
Figures = dict[str, Any]
progress = Progress()


def control(port: int, method: str, path: str, body: bytes | None = None) -> bytes:
    """Call the control API and return the answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request(method, f"/_duolect/{path}", body, {"content-type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    assert answer.status < 300, text[:500]
    return text


# -- paging ---------------------------------------------------------------------------------------------


def by_token(account: Alibaba) -> Iterator[Sequence[str]]:
    """Yield the ids on each page, where pages follow tokens."""
    more: dict[str, str] = {}
    while True:
        answer = account.call("DescribeNetworkInterfaces", MaxResults=str(PAGE), **more)
        yield _ids(answer)
        if not answer.get("NextToken"):
            return
        more = {"NextToken": answer["NextToken"]}


def by_number(account: Alibaba) -> Iterator[Sequence[str]]:
    """Yield the ids on each page, where pages have numbers."""
    number, seen, total = 1, 0, 1
    while seen < total:
        answer = account.call("DescribeNetworkInterfaces", PageNumber=str(number), PageSize=str(PAGE))
        total = answer["TotalCount"]
        yield _ids(answer)
        number, seen = number + 1, seen + PAGE


def _ids(answer: Mapping[str, Any]) -> Sequence[str]:
    return [each["NetworkInterfaceId"] for each in answer["NetworkInterfaceSets"]["NetworkInterfaceSet"]]


def page(account: Alibaba, stay: Sequence[str], pages: Iterator[Sequence[str]]) -> Figures:
    """Page through all while interfaces come and go; each that stays must be seen."""
    seen: list[str] = []
    took: list[float] = []
    begun = time.perf_counter()
    for found in pages:
        took.append(time.perf_counter() - begun)
        seen += found
        (body,) = send(account.port, [create(account)])
        account.call("DeleteNetworkInterface", NetworkInterfaceId=account.interface_of(body))
        begun = time.perf_counter()
    missed = {*stay} - {*seen}
    assert not missed, f"{len(missed)} of {len(stay)} were on no page"
    return {"pages": len(took), "median_ms": _ms(median(took)), "longest_ms": _ms(max(took))}


# -- single calls, and control calls ----------------------------------------------------------------------


def single_calls(large: Alibaba, few: Alibaba, ids: Sequence[str], own: Sequence[str]) -> Figures:
    """Return what calls about one resource take in both accounts, in turns."""
    found: Figures = {}
    for name in ("describe", "create", "change"):
        took: dict[str, list[float]] = {"few": [], "large": []}
        for turn in range(options.rounds + 1):
            for key, account, known in (("few", few, own), ("large", large, ids)):
                some = [known[place % len(known)] for place in range(turn, turn + options.requests)]
                run = load(account.port, [[_single(name, account, each) for each in some]], len(some))
                took[key] += run.latencies if turn else []
        found[name] = {
            f"{label}_{key}_ms": _ms(_at(each, share))
            for key, each in took.items()
            for label, share in (("p50", 0.5), ("p99", 0.99))
        }
        for label, share in (("p50", 0.5), ("p99", 0.99)):
            found[name][f"{label}_ratio"] = round(_at(took["large"], share) / _at(took["few"], share), 3)
    return found


def _single(name: str, account: Alibaba, interface: str) -> bytes:
    if name == "describe":
        return account.describe(interface)
    if name == "create":
        return create(account)
    named = {"NetworkInterfaceId": interface, "NetworkInterfaceName": "changed"}
    return account.request("ModifyNetworkInterfaceAttribute", **named)


def control_calls(port: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the control calls in turn; the last one leaves what the first one found."""
    kept: dict[str, bytes] = {}
    yield "metrics", lambda: control(port, "GET", "metrics")
    yield "mark", lambda: control(port, "POST", "marks")
    yield "partitions", lambda: control(port, "GET", "partitions")
    yield "export", lambda: control(port, "GET", "journal/export")
    yield "journal", lambda: control(port, "GET", "journal?action=RunInstances")
    yield "verify", lambda: control(port, "POST", "verify", json.dumps(WANTED).encode())
    yield "leaks", lambda: control(port, "GET", "leaks")
    yield "state", lambda: control(port, "GET", "state")
    yield "snapshot", lambda: kept.update(snapshot=control(port, "GET", "snapshot"))
    yield "restore", lambda: control(port, "POST", "restore", kept["snapshot"])
    yield "clock idle", lambda: control(port, "POST", "clock/idle")
    yield "forget", lambda: control(port, "DELETE", "journal")
    yield "reset", lambda: control(port, "POST", "reset?access_key=large")
    yield "restore again", lambda: control(port, "POST", "restore", kept["snapshot"])


WANTED = {"expect": [{"calls": {"action": "DeleteVpc", "parameters": {"VpcId": "vpc-none"}}, "times": 3}]}


def waits_during(server: Server, request: bytes, call: Callable[[], object]) -> Figures:
    """Return how long a second client waited while a call was made, and how long that took."""
    with second_client(server.port, server.pid, request) as waits:
        begun, cpu = time.perf_counter(), server.cpu
        call()
        took, cpu = time.perf_counter() - begun, server.cpu - cpu
    return {
        "longest_ms": _ms(waits.longest),
        "longest_by_the_clock_ms": _ms(max(waits.by_the_clock)),
        "p99_ms": _ms(waits.at(0.99)),
        "calls": len(waits.seconds),
        "seconds": round(took, 2),
        "server_cpu_seconds": round(cpu, 2),
    }


def _at(seconds: Sequence[float], share: float) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))]


def _ms(seconds: float) -> float:
    return round(seconds * 1e3, 2)


# -- the run ----------------------------------------------------------------------------------------------


def run(server: Server, config: Path) -> Figures:
    """Make the world, measure, check; return the figures."""
    port, figures = server.port, dict[str, Any](waits={})
    few, large, second = (Alibaba(port, name) for name in ("few", "large", "second"))
    empty = server.memory
    own = build(few, Sizes(1, 1, 10), lambda _: None)
    second.create_network()
    request = second.describe(second.populate(1)[0])
    begun = time.perf_counter()
    ids = build(large, Sizes(options.subnets, options.instances, options.interfaces), progress)
    figures["made"] = {"interfaces": len(ids), "seconds": round(time.perf_counter() - begun, 1)}
    figures["bytes_per_interface"] = (server.memory - empty) // len(ids)
    for name, pages in (("by token", by_token), ("by number", by_number)):
        progress(f"paging {name}")
        figures[f"paged {name}"] = page(large, ids, pages(large))
    progress("single calls")
    figures["single calls"] = single_calls(large, few, ids, own)
    figures["waits"]["nothing"] = waits_during(server, request, lambda: time.sleep(options.quiet))
    for name, call in control_calls(port):
        progress(f"a second client during: {name}")
        figures["waits"][name] = row = waits_during(server, request, call)
        progress(f"  {row}")
    progress("checking what is there")
    checked = check(config, control(port, "GET", "snapshot"))
    figures["checked"] = sum(len(each.graph.interfaces) for each in checked)
    return figures


def check(config: Path, snapshot: bytes) -> Sequence[Partition]:
    """Check every partition of a snapshot from end to end, which is what restoring begins with."""
    settings = load_settings({"config": str(config)})
    prepared = snapshots.prepare(bootstrap(settings).state, snapshots.parse(snapshot), consume=True)
    return tuple(prepared.partitions.values())


def main() -> None:
    with ExitStack() as stack:
        config = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "scale.toml"
        config.write_text(CONFIG)
        first = Alibaba(0, "first").request("DescribeNetworkInterfaces", MaxResults="10")
        server = stack.enter_context(duolect("--config", str(config), first=first))
        figures = run(server, config)
    progress.end()
    date = datetime.now(UTC).isoformat(timespec="minutes")
    about = {"date": date, "machine": machine(), "options": vars(options)}
    text = json.dumps({**about, **figures}, indent=1)
    if options.results:
        Path(options.results).write_text(f"{text}\n")
    say(text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interfaces", type=int, default=100_000)
    parser.add_argument("--instances", type=int, default=2_000)
    parser.add_argument("--subnets", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--requests", type=int, default=200, help="single calls of each kind in a round")
    parser.add_argument(
        "--quiet", type=float, default=3.0, help="seconds for which the second client is alone at first"
    )
    parser.add_argument("--results", metavar="FILE", help="where to write the figures too, as JSON")
    options = parser.parse_args()
    main()
