"""All actions of a dialect, each declared when it is first called.

To define the request classes of all actions takes longer than everything else at start, and a client uses
few of them. So a dialect's ``actions`` module says in which module of which subject each action is
declared, and that module is imported on first use. ``python -m duolect_dialects.registry`` writes those
modules anew from the declarations; a test fails where one is not what it would write.
"""

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Final

from duolect_dialects.action import Action, declared_in

DIALECTS: Final = ("duolect_dialects.alibaba", "duolect_dialects.tencent")
_TEXT: Final = '''\
"""Where each action is declared. Made by ``python -m duolect_dialects.registry``."""

from duolect_dialects.registry import Registry

ACTIONS = Registry(
    "{package}",
    """
{listed}
""",
)
"""Every action, by version and name."""
'''


class Registry(Mapping[tuple[str, str], Action]):
    """Actions by version and name."""

    def __init__(self, package: str, listed: str) -> None:
        """Take lines of a module below ``package``, a version and the name of an action."""
        rows = (line.split() for line in listed.split("\n") if line)
        self._modules = {(version, name): f"{package}.{module}" for module, version, name in rows}
        self._declared: dict[tuple[str, str], Action] = {}

    def __getitem__(self, key: tuple[str, str]) -> Action:
        """Return the action of a version and name."""
        action = self._declared.get(key)
        if action is None:
            module = import_module(self._modules[key])
            self._declared.update(((each.version, each.name), each) for each in declared_in(module))
            action = self._declared[key]
        return action

    def find(self, version: str, name: str) -> Action | None:
        """Return the action of a version and name, or None where none such is served."""
        key = (version, name)
        return self._declared.get(key) or (self[key] if key in self._modules else None)

    def __contains__(self, key: object) -> bool:
        """Say whether an action is served, without declaring it."""
        return key in self._modules

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Iterate over versions and names."""
        return iter(self._modules)

    def __len__(self) -> int:
        """Count the actions."""
        return len(self._modules)

    def subject_of(self, version: str, name: str) -> str:
        """Return the subject of an action that is served: the folder in which it is declared."""
        return self._modules[(version, name)].split(".")[2]

    @property
    def modules(self) -> frozenset[str]:
        """The modules in which actions are declared."""
        return frozenset(self._modules.values())


def declarations(package: str) -> Mapping[str, list[Action]]:
    """Return the actions that are declared in each module of a dialect's subjects, by module below it."""
    from pkgutil import walk_packages  # noqa: PLC0415 - nothing that is served asks for them

    found = {}
    for each in walk_packages(import_module(package).__path__, f"{package}."):
        subject = each.name.removeprefix(f"{package}.")
        actions = list(declared_in(import_module(each.name))) if "." in subject else []
        if actions:
            found[subject] = actions
    return found


def written(package: str) -> str:
    """Return the text of a dialect's module ``actions``, from what its subjects declare."""
    listed = [
        f"{module} {action.version} {action.name}"
        for module, actions in declarations(package).items()
        for action in actions
    ]
    return _TEXT.format(package=package, listed="\n".join(listed))


def folder_of(package: str) -> Path:
    """Return the folder of a package."""
    return Path(str(import_module(package).__file__)).parent


def main() -> None:
    """Write the module ``actions`` of each dialect anew."""
    for package in DIALECTS:
        path = folder_of(package) / "actions.py"
        path.write_text(written(package), "utf-8")
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
