"""The manifests against the schemas of those who read them; `make image-test` runs what can be run."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from tests.contract.requirements import require

from duolect import __version__
from duolect.bootstrap import bootstrap
from duolect.settings.settings import Settings
from duolect.settings.sources import load

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SCHEMAS = {
    "deploy/compose/compose.yaml": "vendor.compose-spec",
    "deploy/compose/shared.yaml": "vendor.compose-spec",
    "deploy/github/services.yml": "vendor.github-workflows",
    "deploy/github/action/action.yml": "vendor.github-actions",
    "deploy/gitlab/.gitlab-ci.yml": "vendor.gitlab-ci",
    ".github/workflows/image.yml": "vendor.github-workflows",
}
"""By manifest, the schema of the package check-jsonschema."""
KUBERNETES = ("1.29", "1.33", "1.37")
"""From the first in which a sidecar is on by default."""


def objects(name: str) -> list[dict]:
    return list(yaml.safe_load_all((DEPLOY / "kubernetes" / name).read_text()))


@pytest.mark.parametrize("manifest", SCHEMAS)
def test_a_manifest_is_what_its_schema_says(manifest: str) -> None:
    require("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[manifest]]
    transform = ["--data-transform", "gitlab-ci"] if "gitlab" in manifest else []
    done = subprocess.run(  # noqa: S603 - our own files
        [*command, *transform, str(ROOT / manifest)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("version", KUBERNETES)
@pytest.mark.parametrize("name", ["sidecar.yaml", "deployment.yaml", "shared.yaml"])
def test_kubernetes_takes_an_object(name: str, version: str) -> None:
    kubernetes = require("kubernetes_validate")
    for each in objects(name):
        kubernetes.validate(each, version, strict=True)


def test_kubernetes_takes_no_other() -> None:
    kubernetes = require("kubernetes_validate")
    pod = objects("sidecar.yaml")[1]
    pod["spec"]["initContainers"][0]["startProbe"] = {}
    with pytest.raises(kubernetes.ValidationError):
        kubernetes.validate(pod, KUBERNETES[-1], strict=True)


def test_every_manifest_names_this_version_of_the_image() -> None:
    written = [
        path for path in DEPLOY.rglob("*") if path.suffix in {".yaml", ".yml", ".py", ".go", ".java"}
    ]
    texts = [path.read_text() for path in (*written, ROOT / "docs" / "containers.md")]
    versions = [version for text in texts for version in re.findall(r"\bduolect:(\d+\.\d+\.\d+)", text)]
    assert len(versions) > 10
    assert set(versions) == {__version__}


def test_a_service_does_not_lead_its_own_pods_astray() -> None:
    deployment, service = objects("deployment.yaml")
    template = deployment["spec"]["template"]
    assert service["spec"]["selector"] == template["metadata"]["labels"]
    assert template["spec"]["enableServiceLinks"] is False
    assert deployment["spec"]["replicas"] == 1, "state is in memory"


def shared_settings(manifest: str) -> dict[str, str]:
    """Return the settings of the emulators that share a PostgreSQL; the store is named by its secret."""
    if manifest == "compose":
        service = yaml.safe_load((DEPLOY / "compose" / "shared.yaml").read_text())["services"]["duolect"]
        assert service["deploy"]["replicas"] == 3
        assert service["restart"] == "always"
        return service["environment"]
    secret, deployment, service, *_ = objects("shared.yaml")
    assert service["spec"]["selector"] == deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["replicas"] == 3
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    return {
        each["name"]: each.get("value") or secret["stringData"][each["valueFrom"]["secretKeyRef"]["key"]]
        for each in container["env"]
    }


@pytest.mark.parametrize("manifest", ["compose", "kubernetes"])
def test_the_settings_of_those_who_share_a_postgresql_are_ones(manifest: str) -> None:
    told = shared_settings(manifest)
    settings = load({}, told)
    assert settings.is_shared
    assert settings.clocks == "per-account"
    assert settings.tls == "off", "or they need one folder for the certificate authority"
    host = urlsplit(settings.store).hostname
    text = (DEPLOY / manifest / "shared.yaml").read_text()
    assert f"  {host}:\n" in text or f"name: {host}\n" in text


def test_the_workflow_pins_what_it_uses() -> None:
    for manifest in (".github/workflows/image.yml", "deploy/github/services.yml"):
        for job in yaml.safe_load((ROOT / manifest).read_text())["jobs"].values():
            for step in job["steps"]:
                reference = step.get("uses", "x@" + "0" * 40).rpartition("@")[2]
                assert len(reference) == 40, step


@pytest.mark.parametrize("world", ["compose", "kubernetes"])
def test_the_worlds_of_the_manifests_can_be_laid(tmp_path: Path, world: str) -> None:
    if world == "compose":
        folder = DEPLOY / "compose" / "worlds"
    else:
        folder = tmp_path
        for name, text in objects("sidecar.yaml")[0]["data"].items():
            (tmp_path / name).write_text(text)
    pipeline = bootstrap(Settings(boot_dir=str(folder)))
    assert pipeline.partitions.worlds.standing
