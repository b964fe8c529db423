"""What the image is built of is locked, and what is locked is what Duolect needs."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
BUILDER = ROOT / "deploy" / "image"


def locked(name: str) -> dict[str, str]:
    """Return the versions in a lock file, which must all have hashes."""
    versions = {}
    for entry in re.split(r"\n(?=\S)", (BUILDER / name).read_text().strip()):
        requirement, _, hashes = entry.partition(" \\\n")
        parsed = Requirement(requirement)
        assert re.findall(r"--hash=sha256:[0-9a-f]{64}", hashes), requirement
        (pin,) = parsed.specifier
        assert pin.operator == "=="
        versions[parsed.name] = pin.version
    return versions


@pytest.mark.parametrize(
    ("lock", "needed"),
    [
        ("requirements.txt", PROJECT["project"]["dependencies"]),
        ("requirements.txt", PROJECT["project"]["optional-dependencies"]["tls"]),
        ("postgres-requirements.txt", PROJECT["project"]["optional-dependencies"]["postgres"]),
        ("build-requirements.txt", PROJECT["build-system"]["requires"]),
    ],
)
def test_a_lock_has_what_the_project_needs(lock: str, needed: list[str]) -> None:
    versions = locked(lock)
    for each in map(Requirement, needed):
        assert each.specifier.contains(versions[each.name]), f"{each}: run make image-lock"


@pytest.mark.parametrize("name", ["requirements", "postgres-requirements", "build-requirements"])
def test_a_lock_has_what_the_image_itself_needs(name: str) -> None:
    wanted = (BUILDER / f"{name}.in").read_text().splitlines()
    versions = locked(f"{name}.txt")
    for each in (Requirement(line.partition("#")[0]) for line in wanted if not line.startswith("#")):
        assert each.specifier.contains(versions[each.name]), f"{each}: run make image-lock"
