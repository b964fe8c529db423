"""The manifests, run as they stand: in pods, as a step of a workflow, by programs that start containers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.contract.requirements import require, require_command
from tests.contract.server import environment
from tests.image.engine import Engine
from tests.image.kubelet import Kubelet

from duolect.client import Duolect

DEPLOY = Path(__file__).parents[2] / "deploy"
PROGRAMS = {
    "python": [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", "."],
    "go": ["go", "test", "-count=1", "./..."],
    "java": ["mvn", "--quiet", "--batch-mode", "test"],
}


def manifest(path: str) -> list[dict]:
    return list(yaml.safe_load_all((DEPLOY / path).read_text()))


def networks(duolect: Duolect) -> list[str]:
    return [
        f"{node['id']} of {partition['access_key']}"
        for partition in duolect.state()["partitions"]
        for node in partition["nodes"]
    ]


@pytest.mark.parametrize("language", PROGRAMS)
def test_testcontainers_start_it(engine: Engine, image: str, tmp_path: Path, language: str) -> None:
    if language == "python":
        require("testcontainers")
    command = PROGRAMS[language]
    folder = tmp_path / language
    shutil.copytree(DEPLOY / "testcontainers" / language, folder)
    done = subprocess.run(  # noqa: S603 - our own examples
        [require_command(command[0]), *command[1:]],
        cwd=folder,
        env=environment(
            DOCKER_HOST=engine.socket,
            DUOLECT_IMAGE_NAME=image,
            TESTCONTAINERS_CONNECTION_MODE="docker_host",  # the tests may run in a container themselves
            TESTCONTAINERS_HOST_OVERRIDE="127.0.0.1",
            TESTCONTAINERS_RYUK_DISABLED="true",  # an image of others' that cleans up
        ),
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert engine.run("ps", "--quiet").stdout == ""


@pytest.mark.usefixtures("image")
def test_a_sidecar_is_ready_before_the_program_starts(engine: Engine, tmp_path: Path) -> None:
    configuration, pod = manifest("kubernetes/sidecar.yaml")
    kubelet = Kubelet(engine, tmp_path, {configuration["metadata"]["name"]: configuration["data"]})
    (program,) = pod["spec"]["containers"]
    with kubelet.pod({**pod["spec"], "containers": [program]}) as running:
        ended = running.containers["program"]
        engine.run("wait", ended.id)
        assert ended.exit_status() == 0, ended.logs()
        assert "alibaba Vpc 2016-04-28 DescribeVpcs" in ended.logs()
        sidecar = running.sidecars["duolect"]
        listening = sidecar.python("print(open('/proc/net/tcp').read())")
        assert "0100007F:12AC" in listening, "on the loopback address, port 4780"
        assert "00000000:12AC" not in listening
        said = sidecar.execute("duolect", "worlds", "list").stdout
        assert said == "alibaba cn-hangzhou, every account\n"
        assert sidecar.signal("SIGTERM") < 2


@pytest.mark.usefixtures("image")
def test_a_deployment_serves_its_service(engine: Engine, tmp_path: Path) -> None:
    deployment, service = manifest("kubernetes/deployment.yaml")
    template = deployment["spec"]["template"]["spec"]
    (container,) = template["containers"]
    (port,) = service["spec"]["ports"]
    assert {each["name"]: each["containerPort"] for each in container["ports"]}[port["targetPort"]] == port[
        "port"
    ]
    with Kubelet(engine, tmp_path, {}).pod(template) as running:
        duolect = Duolect(running.containers["duolect"].address())
        assert duolect.health()["status"] == "ok"
        assert running.containers["duolect"].logs().startswith('{"level": "INFO"')


@pytest.mark.parametrize("furnished", [False, True])
def test_a_step_of_a_workflow_runs_it(engine: Engine, image: str, tmp_path: Path, furnished: bool) -> None:  # noqa: FBT001
    (action,) = manifest("github/action/action.yml")
    (step,) = action["runs"]["steps"]
    inputs = {name: each["default"] for name, each in action["inputs"].items()} | {"image": image}
    if furnished:
        inputs |= {"worlds": str(DEPLOY / "compose" / "worlds"), "flags": "--timing manual --seed 7"}
    variables = {
        name: inputs[text.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, text in step["env"].items()
    }
    commands = tmp_path / "bin"
    commands.mkdir()
    docker = commands / "docker"
    docker.write_text("#!/bin/sh\nexec " + " ".join(engine.command) + ' "$@"\n')
    docker.chmod(0o755)
    outputs, exported = tmp_path / "outputs", tmp_path / "exported"
    done = subprocess.run(  # noqa: S603 - our own action
        [require_command("bash"), "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env=environment(
            **variables,
            **engine.variables,
            PATH=f"{commands}:{os.environ['PATH']}",
            GITHUB_OUTPUT=str(outputs),
            GITHUB_ENV=str(exported),
        ),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    given = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
    try:
        assert exported.read_text() == f"DUOLECT_ENDPOINT={given['endpoint']}\n"
        duolect = Duolect(given["endpoint"])
        assert duolect.health()["status"] == "ok"
        assert bool(duolect.worlds()["worlds"]) is furnished
        assert duolect.clock.show()["mode"] == ("manual" if furnished else "real")
    finally:
        engine.run("rm", "--force", given["container"])


def test_services_of_a_composition_find_each_other(engine: Engine, image: str) -> None:
    (composition,) = manifest("compose/compose.yaml")
    services = composition["services"]
    assert services["program"]["depends_on"] == {"duolect": {"condition": "service_healthy"}}
    network = "duolect-composition"
    engine.run("network", "create", network)

    def flags(name: str) -> list[str]:
        service = services[name]
        found = [f"--network={network}", f"--network-alias={name}"]
        found += [f"--env={key}={value}" for key, value in service["environment"].items()]
        found += ["--read-only"] * service.get("read_only", False)
        found += [f"--cap-drop={each}" for each in service.get("cap_drop", [])]
        found += [f"--security-opt={each}" for each in service.get("security_opt", [])]
        found += [
            f"--volume={(DEPLOY / 'compose' / each.partition(':')[0]).resolve()}:{each.partition(':')[2]}"
            for each in service.get("volumes", [])
        ]
        return found

    try:
        with engine.container(image, flags=flags("duolect")) as duolect:
            duolect.wait_until_ready()
            assert duolect.execute("duolect", "health").returncode == 0
            command = services["program"]["command"]
            with engine.container(image, *command, flags=flags("program")) as program:
                engine.run("wait", program.id)
                assert program.exit_status() == 0, program.logs()
                assert program.logs() == "nothing was used yet\n"
            said = duolect.execute("duolect", "worlds", "list").stdout
            assert said == "alibaba cn-hangzhou, every account\ntencent ap-guangzhou, every account\n"
    finally:
        engine.run("network", "rm", "--force", network)
