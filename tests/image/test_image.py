"""The image, as it is run: hardened, signalled, pointed at, given files."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.contract.server import environment
from tests.image.engine import Container, Engine

from duolect import __version__
from duolect.client import Duolect

SIZE = 60_000_000
"""Bytes that what the image adds to its base may have."""
HARDENED = (
    "--read-only",
    "--cap-drop",
    "all",
    "--security-opt",
    "no-new-privileges",
    "--publish",
    "127.0.0.1::4780",
)
"""How a cautious cluster runs a container: nothing to write to, no capability, none to be had."""
SHELLS = ("/usr/bin/sh", "/usr/bin/dash", "/usr/bin/bash")
WORLD = '[[alibaba]]\naccount = "me"\nnetworks = [{id = "vpc-boot", CidrBlock = "10.0.0.0/8"}]\n'
CREATE = "http://{}/?Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=me"


def curl(url: str) -> object:
    from urllib.request import ProxyHandler, build_opener  # noqa: PLC0415

    with build_opener(ProxyHandler({})).open(url, timeout=10) as answer:
        return json.load(answer)


def networks(container: Container) -> list[str]:
    tree = Duolect(container.address()).state(access_key="me")
    return [node["id"] for partition in tree["partitions"] for node in partition["nodes"]]


@pytest.fixture(scope="module")
def hardened(engine: Engine, image: str) -> Container:
    with engine.container(image, flags=HARDENED) as container:
        container.wait_until_ready()
        yield container


def test_the_image_says_what_it_is(engine: Engine, image: str) -> None:
    about = engine.inspect("image", image)
    configuration = about["Config"]
    assert configuration["User"] == "65532:65532"
    assert configuration["Entrypoint"] == ["dumb-init", "--", "duolect"]
    assert configuration["Cmd"] == ["serve"]
    assert list(configuration["ExposedPorts"]) == ["4780/tcp"]
    check = configuration.get("Healthcheck") or about.get("HealthCheck") or about["Healthcheck"]
    assert check["Test"] == ["CMD", "duolect", "health"]
    labels = configuration["Labels"]
    assert labels["org.opencontainers.image.title"] == "Duolect"
    assert labels["org.opencontainers.image.version"] == __version__
    assert labels["org.opencontainers.image.licenses"] == "Apache-2.0"


def test_what_the_image_adds_to_its_base_is_small(hardened: Container) -> None:
    program = """
from pathlib import Path
roots = Path("/opt/duolect"), Path("/etc/duolect")
print(sum(each.lstat().st_size for root in roots for each in root.rglob("*")))
"""
    size = int(hardened.python(program))
    sys.stderr.write(f"\nwhat the image adds to its base has {size / 1e6:.1f} MB\n")
    assert size < SIZE


def test_only_the_image_that_was_built_with_it_has_the_driver_for_postgresql(
    engine: Engine, image: str, postgres_image: str
) -> None:
    store = ("--env", "DUOLECT_STORE=postgresql://duolect@127.0.0.1:1/duolect")
    for name, said in ((image, "PostgreSQL needs the package psycopg"), (postgres_image, "127.0.0.1")):
        with engine.container(name, flags=[*HARDENED, *store]) as container:
            engine.run("wait", container.id, timeout=30)
            assert said in container.logs()
            assert "Traceback" not in container.logs()


def test_it_serves_without_rights_and_has_nothing_to_write_to(hardened: Container) -> None:
    status = dict(
        line.split(":\t", 1)
        for line in hardened.python("print(open('/proc/1/status').read())").splitlines()
        if ":\t" in line
    )
    assert status["Name"] == "dumb-init"
    assert status["Uid"].split() == ["65532"] * 4
    assert {int(status[name], 16) for name in ("CapEff", "CapPrm", "CapInh", "CapBnd")} == {0}
    assert status["NoNewPrivs"] == "1"
    write = "try: open('/opt/duolect/x', 'w')\nexcept OSError as error: print(error.strerror)"
    assert hardened.python(write) in {"Read-only file system", "Permission denied"}
    assert hardened.execute("duolect", "health").stdout.startswith(f"Duolect {__version__} on ")
    assert "Traceback" not in hardened.logs()


def test_nothing_that_a_start_imports_has_to_be_compiled(hardened: Container) -> None:
    program = """
import importlib.util, os, sys
import duolect.server.serve, duolect.control.application, duolect.bootstrap, uvicorn.loops.uvloop
print([
    name for name, module in sorted(sys.modules.items())
    if (getattr(module, "__file__", None) or "").endswith(".py") and name != "__main__"
    and not os.path.exists(importlib.util.cache_from_source(module.__file__))
])
"""
    assert hardened.python(program) == "[]"


def test_it_needs_no_shell(engine: Engine, image: str) -> None:
    hidden = [part for shell in SHELLS for part in ("--volume", f"/dev/null:{shell}:ro")]
    with engine.container(image, flags=[*HARDENED, *hidden]) as container:
        container.wait_until_ready()
        assert container.execute("duolect", "health").returncode == 0
        assert container.execute("sh", "-c", "true", check=False).returncode != 0
        assert curl(f"http://{container.address()}/_duolect/health")["status"] == "ok"


def test_the_health_check_follows_the_port(engine: Engine, image: str) -> None:
    with engine.container(image, flags=("--env", "DUOLECT_PORT=4999")) as container:
        container.wait_until_ready()
        assert ":4999 serves" in container.execute("duolect", "health").stdout


@pytest.mark.parametrize("way", ["http", "https", "proxy"])
def test_the_vendors_sdks_lead_a_life(hardened: Container, tmp_path: Path, way: str) -> None:
    address, authority = hardened.address(), tmp_path / "ca.pem"
    authority.write_text(Duolect(address).ca())
    trust = {"REQUESTS_CA_BUNDLE": str(authority), "SSL_CERT_FILE": str(authority)}
    variables = {
        "http": {"DUOLECT_URL": f"http://{address}"},
        "https": {"DUOLECT_URL": f"https://{address}", **trust},
        "proxy": {"HTTPS_PROXY": f"http://{address}", "https_proxy": f"http://{address}", **trust},
    }[way]
    done = subprocess.run(
        [sys.executable, "-m", "tests.image.sdk_life"],
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout == "both lives were led\n", done.stderr
    calls = {
        record["cloud"] for record in Duolect(hardened.address()).journal.records(access_key=f"image-{way}")
    }
    assert calls == {"alibaba", "tencent"}


def test_it_is_ready_soon_and_stops_at_once(engine: Engine, image: str) -> None:
    started = time.monotonic()
    with engine.container(image, flags=HARDENED) as container:
        container.wait_until_ready()
        ready = time.monotonic() - started
        took = container.signal("SIGTERM")
        assert container.exit_status() == 0
        assert took < 1
    sys.stderr.write(f"\nready {ready:.2f} s after the engine was asked, gone {took:.2f} s after SIGTERM\n")


@pytest.mark.parametrize("delay", [0, 10, 20, 40, 60, 80, 100, 125, 150, 250, 400])
def test_a_signal_during_the_start_is_not_lost(engine: Engine, image: str, delay: int) -> None:
    with engine.container(image, flags=HARDENED) as container:
        time.sleep(delay / 1000)
        assert container.signal("SIGTERM") < 1
        assert container.exit_status() in {0, 143}
        assert "Traceback" not in container.logs()


def test_what_is_mounted_is_laid_before_it_is_ready(engine: Engine, image: str, tmp_path: Path) -> None:
    (tmp_path / "world.toml").write_text(WORLD)
    tmp_path.chmod(0o755)
    mount = ("--volume", f"{tmp_path}:/etc/duolect/boot.d:ro")
    with engine.container(image, flags=[*HARDENED, *mount]) as container:
        container.wait_until_ready()
        assert networks(container) == ["vpc-boot"]


@pytest.mark.parametrize("mounted", ["folder", "file"])
def test_state_on_a_mount_outlives_the_container(
    engine: Engine, image: str, tmp_path: Path, mounted: str
) -> None:
    source, target, state = tmp_path, "/state", "/state/state.json"
    if mounted == "file":
        source, target = tmp_path / "state.json", state
        source.touch()
    os.chown(source, 65532, 65532)
    command = ("serve", "--snapshot", state, "--snapshot-on-exit", state, "--snapshot-every", "1s")
    mount = ("--volume", f"{source}:{target}")
    for count in (1, 2):
        with engine.container(image, *command, flags=[*HARDENED, *mount]) as container:
            container.wait_until_ready()
            curl(CREATE.format(container.address()))
            assert len(networks(container)) == count
            assert container.signal("SIGTERM") < 2
            assert container.exit_status() == 0
