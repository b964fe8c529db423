"""A container engine for the tests: docker where its engine runs, else podman with a store of its own.

podman is run as a service in a mount namespace of its own, and its runtime through a script, because it
serves machines too that have no service manager, may not raise limits, or mount the first version of
cgroups beside the second. Its socket also speaks docker's API, for programs that start containers by that.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs

_START = 30
"""Seconds in which podman's service must answer."""
_SERVE = """
set -eu
if [ ! -e /sys/fs/cgroup/cgroup.controllers ]; then
    umount --recursive /sys/fs/cgroup
    mount -t cgroup2 none /sys/fs/cgroup
fi
exec podman --root "$1/store" --runroot "$1/run" system service --time 0 "unix://$1/podman.sock"
"""
_CONFIGURATION = """
[containers]
cgroups = "disabled"
[network]
network_backend = "netavark"
default_subnet = "10.217.88.0/24"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "crun"
[engine.runtimes]
crun = ["{runtime}"]
"""
_RUNTIME = """#!{python}
import json, os, sys
def given(flag, name=""):
    return [os.path.join(sys.argv[sys.argv.index(flag) + 1], name)] if flag in sys.argv else []
for path in given("--bundle", "config.json") * ("create" in sys.argv) + given("--process"):
    with open(path.rstrip("/")) as file:
        specification = json.load(file)
    specification.get("process", specification).pop("rlimits", None)
    with open(path.rstrip("/"), "w") as file:
        json.dump(specification, file)
os.execv("{crun}", ["crun", *sys.argv[1:]])
"""
"""Starts containers with the limits that there are, where an engine would raise them."""


class NoEngine(Exception):
    """There is no container engine that works; ``str`` says what was missed."""


class EngineError(AssertionError):
    """A command of the engine failed; ``str`` holds what it said."""


@attrs.frozen
class Engine:
    """A container engine, by its command line."""

    command: Sequence[str]
    socket: str
    """Where its API is, as DOCKER_HOST names it."""
    variables: Mapping[str, str] = attrs.field(factory=dict)
    """What its commands find in their environment beside this process's."""

    def run(
        self, *arguments: str, check: bool = True, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the engine, and raise ``EngineError`` where it fails."""
        done = subprocess.run(  # noqa: S603 - our own engine
            [*self.command, *arguments],
            env={**os.environ, **self.variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
        )
        if check and done.returncode:
            raise EngineError(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done

    def load(self, archive: Path) -> str:
        """Load an image and return its name."""
        said = self.run("load", "--input", str(archive), timeout=300).stdout
        return (
            said.strip().splitlines()[-1].rpartition("Loaded image: ")[2].rpartition("Loaded image(s): ")[2]
        )

    def inspect(self, kind: str, name: str) -> Any:
        """Return what the engine says of an image or a container."""
        return json.loads(self.run(kind, "inspect", name).stdout)[0]

    @contextmanager
    def container(self, image: str, *arguments: str, flags: Sequence[str] = ()) -> Iterator["Container"]:
        """Start a container, and remove it when the block ends."""
        started = self.run("run", "--detach", *flags, image, *arguments)
        container = Container(self, started.stdout.strip().splitlines()[-1])
        try:
            yield container
        finally:
            self.run("rm", "--force", container.id, check=False)


@attrs.frozen
class Container:
    """A container that was started."""

    engine: Engine
    id: str

    def logs(self) -> str:
        """Return what it has written."""
        done = self.engine.run("logs", self.id)
        return done.stdout + done.stderr

    def execute(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command in it."""
        return self.engine.run("exec", self.id, *arguments, check=check)

    def python(self, program: str) -> str:
        """Run a program in it and return what it writes."""
        return self.execute("/opt/duolect/bin/python", "-c", program).stdout.strip()

    def address(self) -> str:
        """Return where the port that it publishes is reached from this machine."""
        return self.engine.run("port", self.id, "4780").stdout.splitlines()[0].strip()

    def wait_until_ready(self, seconds: float = 30) -> None:
        """Return once the server in it is ready."""
        end = time.monotonic() + seconds
        while "Duolect is ready on" not in self.logs():
            assert time.monotonic() < end, self.logs()
            assert self.running(), self.logs()
            time.sleep(0.05)

    def running(self) -> bool:
        """Say whether it runs."""
        return bool(self.engine.inspect("container", self.id)["State"]["Running"])

    def signal(self, name: str = "SIGTERM") -> float:
        """Send it a signal and return how many seconds after the engine was asked to it had ended."""
        sent = time.time()
        self.engine.run("kill", "--signal", name, self.id)
        self.engine.run("wait", self.id, timeout=20)
        ended = self.engine.inspect("container", self.id)["State"]["FinishedAt"]
        return datetime.fromisoformat(ended).timestamp() - sent

    def exit_status(self) -> int:
        """Return the status with which it has ended."""
        return int(self.engine.inspect("container", self.id)["State"]["ExitCode"])


@contextmanager
def engine(folder: Path) -> Iterator[Engine]:
    """Return a container engine; one that has to be started keeps what it stores in a folder.

    Raises:
        NoEngine: there is none.
    """
    docker = shutil.which("docker")
    if docker and subprocess.run([docker, "info"], capture_output=True, check=False).returncode == 0:  # noqa: S603
        yield Engine((docker,), os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock"))
        return
    missing = [name for name in ("podman", "crun", "conmon", "unshare") if not shutil.which(name)]
    if missing or os.geteuid():
        raise NoEngine(f"no docker answers, and for podman there is no {', '.join(missing) or 'root'}")
    with _podman(folder) as started:
        yield started


@contextmanager
def _podman(folder: Path) -> Iterator[Engine]:
    runtime = folder / "runtime"
    runtime.write_text(_RUNTIME.format(python=sys.executable, crun=shutil.which("crun")))
    runtime.chmod(0o755)
    configuration = folder / "containers.conf"
    configuration.write_text(_CONFIGURATION.format(runtime=runtime))
    socket = f"unix://{folder}/podman.sock"
    variables = {"CONTAINERS_CONF": str(configuration)}
    podman = Engine(("podman", "--remote", "--url", socket), socket, variables)
    with (
        (folder / "service.log").open("w+") as log,
        subprocess.Popen(  # noqa: S603
            ["unshare", "--mount", "sh", "-c", _SERVE, "sh", str(folder)],  # noqa: S607 - of this machine
            env={**os.environ, **variables},
            stdout=log,
            stderr=log,
        ) as service,
    ):
        try:
            end = time.monotonic() + _START
            while podman.run("version", check=False).returncode:
                if time.monotonic() > end or service.poll() is not None:
                    log.seek(0)
                    raise NoEngine(f"podman does not answer: {log.read()}")
                time.sleep(0.1)
            yield podman
        finally:
            podman.run("rm", "--all", "--force", check=False)
            service.terminate()
            service.wait(10)
