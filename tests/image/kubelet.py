"""A pod by the letter of its manifest, in a container engine: what a kubelet does that concerns one node.

Init containers are started in order; one that restarts always is a sidecar, and the next one waits for its
startup probe. They share one network, and end in the opposite order. podman itself knows no sidecars.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import attrs
from tests.image.engine import Container, Engine

Manifest = Mapping[str, Any]


@attrs.frozen
class Pod:
    """A pod whose containers have been started."""

    sidecars: Mapping[str, Container]
    containers: Mapping[str, Container]


@attrs.frozen
class Kubelet:
    """Starts pods in an engine."""

    engine: Engine
    folder: Path
    configuration: Mapping[str, Mapping[str, str]]
    """By name of a ConfigMap, its data."""

    @contextmanager
    def pod(self, specification: Manifest) -> Iterator[Pod]:
        """Start a pod, and end it with the block."""
        with ExitStack() as stack:
            network: Sequence[str] = ("--publish", "127.0.0.1::4780")
            started: list[dict[str, Container]] = []
            for group in (specification.get("initContainers", []), specification["containers"]):
                started.append({})
                for each in group:
                    container = stack.enter_context(self._start(specification, each, network))
                    started[-1][each["name"]] = container
                    if network[0] == "--publish":  # the first one has the network that the others share
                        network = ("--network", f"container:{container.id}")
                    self._wait(container, each)
            yield Pod(*started)

    @contextmanager
    def _start(
        self, specification: Manifest, container: Manifest, network: Sequence[str]
    ) -> Iterator[Container]:
        security = container["securityContext"]
        assert specification["securityContext"]["runAsNonRoot"]
        user = self.engine.inspect("image", container["image"])["Config"]["User"]
        assert user.partition(":")[0] not in {"", "0", "root"}, "a kubelet starts no image of root's then"
        flags = [*network, *(f"--cap-drop={name}" for name in security["capabilities"]["drop"])]
        if security["readOnlyRootFilesystem"]:
            flags.append("--read-only")
        if not security["allowPrivilegeEscalation"]:
            flags.append("--security-opt=no-new-privileges")
        flags += [f"--env={each['name']}={each['value']}" for each in container.get("env", [])]
        for mount in container.get("volumeMounts", []):
            source = self._volume(specification, mount["name"])
            flags.append(
                f"--volume={source}:{mount['mountPath']}:{'ro' if mount.get('readOnly') else 'rw'}"
            )
        with self.engine.container(container["image"], *container.get("args", []), flags=flags) as started:
            yield started

    def _volume(self, specification: Manifest, name: str) -> Path:
        """Return a folder as a ConfigMap is mounted: links to a folder whose name begins with dots."""
        (volume,) = (each for each in specification["volumes"] if each["name"] == name)
        folder = self.folder / name
        if not folder.exists():
            (folder / "..data").mkdir(parents=True)
            for file, text in self.configuration[volume["configMap"]["name"]].items():
                (folder / "..data" / file).write_text(text)
                (folder / file).symlink_to(Path("..data") / file)
        return folder

    @staticmethod
    def _wait(started: Container, container: Manifest) -> None:
        probe = container.get("startupProbe")
        if probe is None:
            return
        for _ in range(probe["failureThreshold"]):
            if started.execute(*probe["exec"]["command"], check=False).returncode == 0:
                return
            time.sleep(probe["periodSeconds"])
        raise AssertionError(started.logs())
