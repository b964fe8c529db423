"""Three storeys, and every import goes down: read from the syntax trees of all sources."""

import ast
import re
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
CORE, DIALECTS, EMULATOR = (
    HOUSE / "core" / "duolect_core",
    HOUSE / "dialects" / "duolect_dialects",
    HOUSE / "emulator" / "duolect",
)
ALIBABA, TENCENT = DIALECTS / "alibaba", DIALECTS / "tencent"

NOT_IN_THE_CORE = (
    *("duolect", "duolect_dialects", "starlette", "uvicorn", "lxml", "cattrs"),
    *(
        "time",
        "datetime.datetime",
        "datetime.UTC",
        "random",
        "secrets",
        "uuid",
        "os",
        "socket",
        "logging",
        "threading",
        "asyncio",
    ),
    "importlib",
)
NOT_IN_THE_DIALECTS = ("duolect", "starlette", "uvicorn")
VENDOR_WORDS = re.compile(
    r"alibaba|aliyun|tencent|qcloud|vswitch|x-tc|x-acs|\becs\b|\bcvm\b|\bterway\b", re.IGNORECASE
)


def imports(source: str, package: str) -> set[str]:
    """Return the absolute names of all that ``source`` imports anywhere, being a module of ``package``."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: 1 - node.level or None] if node.level else []
            base = ".".join([*parents, *filter(None, [node.module])])
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return found


def breaches(source: str, package: str, forbidden: tuple[str, ...]) -> list[str]:
    """Return what ``source`` imports although it must not, each name with all that lies below it."""
    return sorted(
        name
        for name in imports(source, package)
        if any(name == each or name.startswith(f"{each}.") for each in forbidden)
    )


def vendor_words(text: str) -> list[str]:
    """Return the vendors' names and words in a text."""
    return VENDOR_WORDS.findall(text)


def package_of(path: Path) -> str:
    """Return the dotted name of the package that a module file lies in."""
    return ".".join(path.relative_to(HOUSE).parts[1:-1])


def modules(folder: Path) -> list:
    """Return the module files below a folder, as test parameters."""
    return [pytest.param(path, id=str(path.relative_to(HOUSE))) for path in sorted(folder.rglob("*.py"))]


# -- the house -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", modules(CORE))
def test_the_core_imports_nothing_from_above_and_neither_time_nor_chance(path):
    assert breaches(path.read_text(), package_of(path), NOT_IN_THE_CORE) == []


@pytest.mark.parametrize("path", modules(CORE))
def test_the_core_reckons_with_dates_but_does_not_know_which_one_it_is(path):
    text = path.read_text()
    assert ".today(" not in text
    assert "import datetime" not in text


@pytest.mark.parametrize("path", modules(CORE))
def test_the_core_imports_itself_attrs_and_the_standard_library_only(path):
    roots = {name.split(".")[0] for name in imports(path.read_text(), package_of(path))}
    assert roots - sys.stdlib_module_names <= {"duolect_core", "attrs"}


@pytest.mark.parametrize("path", modules(CORE))
def test_the_core_knows_no_vendor(path):
    assert vendor_words(path.read_text()) == []


@pytest.mark.parametrize("path", modules(DIALECTS))
def test_the_dialects_import_nothing_from_above(path):
    assert breaches(path.read_text(), package_of(path), NOT_IN_THE_DIALECTS) == []


@pytest.mark.parametrize("path", modules(ALIBABA))
def test_alibaba_does_not_import_tencent(path):
    assert breaches(path.read_text(), package_of(path), ("duolect_dialects.tencent",)) == []


@pytest.mark.parametrize("path", modules(TENCENT))
def test_tencent_does_not_import_alibaba(path):
    assert breaches(path.read_text(), package_of(path), ("duolect_dialects.alibaba",)) == []


@pytest.mark.parametrize("path", [*modules(CORE), *modules(DIALECTS), *modules(EMULATOR)])
def test_no_storey_stands_on_the_tests(path):
    assert breaches(path.read_text(), package_of(path), ("tests",)) == []


def test_every_storey_is_there_to_be_walked():
    assert [len(modules(storey)) > 3 for storey in (CORE, ALIBABA, TENCENT)] == [True, True, True]
    assert modules(EMULATOR)


# -- the checkers can fail -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import time", ["time"]),
        ("import os.path as p", ["os.path"]),
        ("from duolect import settings", ["duolect", "duolect.settings"]),
        (
            "from duolect_dialects.dialect import Call",
            ["duolect_dialects.dialect", "duolect_dialects.dialect.Call"],
        ),
        ("def late():\n    import uuid", ["uuid"]),
        (
            "if TYPE_CHECKING:\n    from starlette.types import Scope",
            ["starlette.types", "starlette.types.Scope"],
        ),
        ("import timeit, osmosis, duolect_core.errors", []),
        ("from duolect_core import model\nfrom . import time", []),
        ("# import time\nwords = 'import random'", []),
    ],
)
def test_a_forbidden_import_is_found_wherever_it_stands(source, found):
    assert breaches(source, "duolect_core.commands", NOT_IN_THE_CORE) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from ...tencent import wire", {"duolect_dialects.tencent", "duolect_dialects.tencent.wire"}),
        ("from .. import wire", {"duolect_dialects.alibaba", "duolect_dialects.alibaba.wire"}),
        ("from .common import page", {"duolect_dialects.alibaba.actions.common"}),
        ("from ... import tencent", {"duolect_dialects.tencent"}),
    ],
)
def test_relative_imports_are_followed_to_where_they_lead(source, found):
    assert found <= imports(source, "duolect_dialects.alibaba.actions")


@pytest.mark.parametrize(
    "text",
    [
        "# as Alibaba does",
        "TENCENT = 1",
        "create_vswitch()",
        "class VSwitch: ...",
        "'X-TC-Action'",
        '"""An ECS instance."""',
        "a cvm, or",
        "qcloud",
        "x-acs-action",
    ],
)
def test_a_vendors_word_is_found(text):
    assert len(vendor_words(text)) == 1


@pytest.mark.parametrize("text", ["specs", "necessary", "a virtual switch", "x-tractor", "seconds"])
def test_an_ordinary_word_is_no_vendors_word(text):
    assert vendor_words(text) == []
