"""Recorded commands as JSON trees, and back: what a log that lasts is made of.

An entry's members are those of ``Entry`` that say something: the command is an object that names its
class, and what is empty is left out. How its fields are written follows from their annotations, as
everywhere in an archive, so that a new command needs no line here.
"""

from collections.abc import Mapping
from typing import Any, Final

from duolect_core.archive.codec import codec
from duolect_core.archive.trees import NUMBER, ROOT, TEXT, Codec, Path, Places, Unfit, mapping, members
from duolect_core.engine.command_fault import NO_FAULT, CommandFault
from duolect_core.engine.idempotency import Token
from duolect_core.engine.partition import NO_IDS, Command, Entry
from duolect_core.model.rules import ResourceKind

Commands = Mapping[str, type[Any]]
"""The classes of commands by their names."""

_COMMAND: Final = "command"
_WITH: Final = "with"
_TOKEN: Final = codec(Token)
_FAULT: Final = codec(CommandFault)
_IDS: Final = mapping(codec(ResourceKind), TEXT)
_MEMBERS: Final = frozenset({"at", _COMMAND, _WITH, "operation_id", "token", "fault", "ids"})
_codecs: dict[type[Any], Codec] = {}


def _codec_of(kind: Any) -> Codec:  # noqa: ANN401 - a class of commands
    its = _codecs.get(kind)
    if its is None:
        its = _codecs[kind] = codec(kind)
    return its


def write_entry(entry: Entry) -> dict[str, Any]:
    """Return a recorded command as a tree.

    Raises:
        TypeError: it holds something that an archive cannot keep.
    """
    command: Any = entry.command
    kind = type(command)
    places = Places()
    tree = {
        "at": NUMBER.write(entry.at, ROOT, places),
        _COMMAND: kind.__name__,
        _WITH: _codec_of(kind).write(command, ROOT, places),
    }
    if entry.operation_id:
        tree["operation_id"] = entry.operation_id
    if entry.token is not None:
        tree["token"] = _TOKEN.write(entry.token, ROOT, places)
    if entry.command_fault is not NO_FAULT:
        tree["fault"] = _FAULT.write(entry.command_fault, ROOT, places)
    if entry.ids:
        tree["ids"] = _IDS.write(entry.ids, ROOT, places)
    return tree


def read_entry(tree: object, commands: Commands) -> Entry:
    """Return the recorded command that a tree holds; ``commands`` are those that there are.

    Raises:
        Unfit: it is damaged, or names a command that there is not; it says where and why.
    """
    given, places = members(tree, ROOT), Places()
    for name in given:
        if name not in _MEMBERS:
            raise Unfit((ROOT, name), "is not known here")
    for name in ("at", _COMMAND, _WITH):
        if name not in given:
            raise Unfit((ROOT, name), "is missing")
    kind = commands.get(given[_COMMAND]) if isinstance(given[_COMMAND], str) else None
    if kind is None:
        raise Unfit((ROOT, _COMMAND), "names no command that there is")

    def read(name: str, part: Codec, default: Any) -> Any:  # noqa: ANN401 - of the part's kind
        path: Path = (ROOT, name)
        return part.read(given[name], path, places) if name in given else default

    command: Command[Any] = _codec_of(kind).read(given[_WITH], (ROOT, _WITH), places)
    return Entry(
        at=read("at", NUMBER, 0),
        command=command,
        operation_id=read("operation_id", TEXT, ""),
        token=read("token", _TOKEN, None),
        command_fault=read("fault", _FAULT, NO_FAULT),
        ids=read("ids", _IDS, NO_IDS),
    )
