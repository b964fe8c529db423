"""Inside each storey the subjects have an order, and imports obey it: read from the syntax trees.

``ORDER`` names the rooms of each part of the house from the ground up, as docs/architecture.md
draws them. A module imports from its own subject and from those below, for types as well as at run time.
So there are no circles between subjects, and ``test_nothing_imports_itself_by_a_detour`` sees to it that
there are none within one. What a newcomer opens stays small: modules and folders have a size.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
ROOTS = {"duolect_core": "core", "duolect_dialects": "dialects", "duolect": "emulator"}
IN_A_DIALECT = (
    *("regions", "names", "wire", "views", "common", "request_errors"),
    *(
        "tags",
        "networks",
        "routes",
        "security_groups",
        "interfaces",
        "images",
        "instances",
        "disks",
        "key_pairs",
        "fleets",
    ),
    *("public_addresses", "nat_gateways", "account"),
    *("errors", "actions", "dialect"),
)
ORDER: Mapping[str, tuple[str, ...]] = {
    "duolect_core": (
        *("by_fields", "addressing", "model", "errors", "graph", "engine", "relations"),
        *(
            "tags",
            "networks",
            "routes",
            "security_groups",
            "interfaces",
            "disks",
            "images",
            "instances",
            "key_pairs",
            "fleets",
            "public_addresses",
            "nat_gateways",
        ),
        *("partitions", "invariants", "archive"),
    ),
    "duolect_dialects": (
        *("wording", "values", "declarations", "exchange", "signature", "call", "error_template"),
        "instance_types",
        *(
            "session",
            "action",
            "registry",
            "documented_codes",
            "wire_values",
            "detailed_structuring",
            "structuring",
            "selecting",
            "dialect",
            "alibaba",
            "tencent",
        ),
    ),
    "duolect_dialects.alibaba": IN_A_DIALECT,
    "duolect_dialects.tencent": (
        *("regions", "names", "request_errors", "wire", "common"),
        *(
            "tags",
            "networks",
            "routes",
            "security_groups",
            "interfaces",
            "images",
            "instances",
            "rules",
            "disks",
            "key_pairs",
            "fleets",
        ),
        *("public_addresses", "nat_gateways", "account"),
        *("errors", "actions", "dialect"),
    ),
    "duolect": (
        *("clock", "members", "problems", "access", "faults", "settings", "state", "snapshots"),
        *("record", "store", "calls", "bootstrap", "coverage", "control", "server"),
        *("client", "account", "testing", "pytest_plugin", "cli", "__main__"),
    ),
}
"""What each package holds, from the ground up."""
MOST_LINES = 400
MOST_ROOMS = 22


def name_of(path: Path) -> str:
    """Return the dotted name of a module file."""
    parts = path.relative_to(HOUSE).with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    name_of(path): path
    for package, root in ROOTS.items()
    for path in (HOUSE / root / package).rglob("*.py")
}


def imported(source: str, known: Iterable[str]) -> set[str]:
    """Return those of the ``known`` modules that ``source`` imports anywhere, also for types only."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = names & set(known)
            found |= modules if modules == names else {*modules, str(node.module)}
    return found & set(known)


IMPORTS = {name: imported(path.read_text("utf-8"), MODULES) for name, path in MODULES.items()}


def place(module: str, package: str) -> int | None:
    """Return where in the order of a package a module stands, or None where it is not in it."""
    if not module.startswith(f"{package}."):
        return None
    return ORDER[package].index(module.removeprefix(f"{package}.").partition(".")[0])


def climbs(imports: Mapping[str, set[str]], package: str) -> Iterator[str]:
    """Yield every import that goes up in the order of a package."""
    for module, used in sorted(imports.items()):
        here = place(module, package)
        for other in sorted(used):
            there = place(other, package)
            if here is not None and there is not None and there > here:
                yield f"{module} imports {other}"


def circles(imports: Mapping[str, set[str]]) -> list[set[str]]:
    """Return the sets of modules that reach each other by their imports (Tarjan's algorithm)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []

    def visit(module: str) -> None:
        number[module] = low[module] = len(number)
        stack.append(module)
        for other in imports.get(module, ()):
            if other not in number:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], number[other])
        if low[module] == number[module]:
            place = stack.index(module)
            circle = set(stack[place:])
            del stack[place:]
            if len(circle) > 1 or module in imports.get(module, ()):
                found.append(circle)

    for module in imports:
        if module not in number:
            visit(module)
    return found


# -- the house -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("package", ORDER)
def test_every_room_has_its_place_in_the_order(package):
    folder = HOUSE / ROOTS[package.partition(".")[0]] / Path(*package.split("."))
    rooms = {
        path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - {"__init__"} == set(ORDER[package]) & rooms
    assert len(set(ORDER[package])) == len(ORDER[package])
    assert set(ORDER[package]) <= rooms


@pytest.mark.parametrize(
    ("package", "title"),
    [*zip(ORDER, ("core", "dialects", "Alibaba Cloud", "Tencent Cloud", "emulator"), strict=True)],
)
def test_the_plan_of_the_house_draws_the_same_order(package, title):
    plan = (HOUSE / "docs" / "architecture.md").read_text("utf-8")
    (row,) = re.findall(rf"^\| {title} \| (`[a-z_` ]+`) \|$", plan, re.MULTILINE)
    drawn = row.strip("`").split("` `")
    assert drawn == [*ORDER[package]]


@pytest.mark.parametrize("package", ORDER)
def test_imports_obey_the_order(package):
    assert list(climbs(IMPORTS, package)) == []


def test_nothing_imports_itself_by_a_detour():
    assert circles(IMPORTS) == []


def test_packages_gather_nothing_from_above():
    """A package's own module may gather what is in it, and nothing in it imports the package itself."""
    inside = [
        f"{module} imports {used}"
        for module, names in IMPORTS.items()
        for used in names
        if module.startswith(f"{used}.") and used.count(".")
    ]
    assert inside == []


# -- sizes -----------------------------------------------------------------------------------------------


def sources() -> list[Path]:
    """Return every module of the house, tests and examples included."""
    folders = (*ROOTS.values(), "tests", "examples")
    return [path for folder in folders for path in sorted((HOUSE / folder).rglob("*.py"))]


def test_no_module_is_longer_than_one_can_read():
    long = {str(path.relative_to(HOUSE)): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert {path: lines for path, lines in long.items() if lines > MOST_LINES} == {}


def test_no_folder_has_more_rooms_than_one_can_keep_in_mind():
    rooms: dict[Path, int] = {}
    for folder in {parent for path in sources() for parent in path.parents if HOUSE in parent.parents}:
        rooms[folder] = sum(
            not each.name.startswith((".", "__init__", "__pycache__", "py.typed"))
            for each in folder.iterdir()
        )
    assert {
        str(folder.relative_to(HOUSE)): count for folder, count in rooms.items() if count > MOST_ROOMS
    } == {}


# -- the checkers can fail -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import a.b", {"a.b"}),
        ("from a import b", {"a.b"}),
        ("from a.b import thing", {"a.b"}),
        ("from a import b, thing", {"a", "a.b"}),
        ("if TYPE_CHECKING:\n    from a.b import Thing", {"a.b"}),
        ("def late():\n    from a import b", {"a.b"}),
        ("import c", set()),
    ],
)
def test_an_import_is_found_wherever_it_stands(source, found):
    assert imported(source, ["a", "a.b"]) == found


@pytest.mark.parametrize(
    ("imports", "found"),
    [
        ({"a": {"b"}, "b": set()}, []),
        ({"a": {"b"}, "b": {"a"}}, [{"a", "b"}]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, [{"a", "b", "c"}]),
        ({"a": {"a"}}, [{"a"}]),
    ],
)
def test_a_circle_is_found(imports, found):
    assert circles(imports) == found


def test_an_import_that_goes_up_is_found():
    imports = {"duolect_core.graph.graph": {"duolect_core.engine.partition", "duolect_core.model.rules"}}
    assert list(climbs(imports, "duolect_core")) == [
        "duolect_core.graph.graph imports duolect_core.engine.partition"
    ]
