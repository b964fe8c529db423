"""Make the environment of the image small, and compile what a start imports.

The compiled files, those of the standard library's modules included, go to where PYTHONPYCACHEPREFIX says.
They are used whatever the times of their sources: those of an image never change.
"""

import py_compile
import shutil
import struct
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import duolect
import duolect_core
import duolect_dialects

USED: Final = (
    "cryptography.x509",
    "cryptography.hazmat.primitives.asymmetric.ec",
    "cryptography.hazmat.primitives.serialization",
    "duolect.cli.command",
    "duolect.control.application",
    "duolect.server.serve",
    "prometheus_client",
    "pythonjsonlogger.json",
    "tomllib",
    "uvicorn.loops.uvloop",
    "uvicorn.lifespan.off",
)
"""What is loaded when a server starts, is controlled and answers, beside Duolect's own modules."""
USED_IF_THERE: Final = ("psycopg",)
"""What an image has that was built ``WITH`` it."""
SUPERFLUOUS: Final = (
    "**/__pycache__",
    "**/*.c",
    "**/*.h",
    "**/*.pxd",
    "**/*.pxi",
    "**/*.pyi",
    "**/*.pyx",
    "anyio/_backends/_trio.py",
    "anyio/pytest_plugin.py",
    "cffi",
    "idna",
    "lxml/ElementInclude.py",
    "lxml/builder.*",
    "lxml/cssselect.py",
    "lxml/doctestcompare.py",
    "lxml/html",
    "lxml/includes",
    "lxml/isoschematron",
    "lxml/objectify.*",
    "lxml/sax.*",
    "pycparser",
    "starlette/testclient.py",
    "uvicorn/protocols/websockets",
    "uvloop/_testbase.py",
)
"""What no server imports: sources of compiled modules, stubs, of lxml all but its ``etree``.

And what libraries need for what is not done here: to compile (cffi, but for its compiled part), to dial
hosts whose names are not ASCII (idna), to be tested.
"""


def main() -> None:
    """Remove what is superfluous, import all that is used, and compile every module that is loaded then."""
    packages = Path(duolect.__path__[0]).parent
    for pattern in SUPERFLUOUS:
        for found in tuple(packages.glob(pattern)):
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink(missing_ok=True)
    for library in packages.rglob("*.so"):
        _strip(library)
    for name in (*USED, *filter(find_spec, USED_IF_THERE)):
        import_module(name)
    for package in (duolect, duolect_core, duolect_dialects):
        root = Path(package.__path__[0])
        for source in root.rglob("*.py"):
            _compile(source)
    for module in tuple(sys.modules.values()):
        source = Path(getattr(module, "__file__", None) or "")
        if source.suffix == ".py":
            _compile(source)


def _strip(library: Path) -> None:
    """Cut off what follows the segments of a shared library: symbols for debuggers, the table of sections.

    Loading needs neither; of uvloop it is nine tenths. The fields are those of ELF for 64 bits.
    """
    content = bytearray(library.read_bytes())
    if content[:6] != b"\x7fELF\x02\x01":
        return
    (headers,) = struct.unpack_from("<Q", content, 0x20)
    size, count = struct.unpack_from("<HH", content, 0x36)
    end = headers + size * count
    for number in range(count):
        offset, in_file = struct.unpack_from("<8xQ16xQ", content, headers + size * number)
        end = max(end, offset + in_file)
    struct.pack_into("<Q", content, 0x28, 0)
    struct.pack_into("<HH", content, 0x3C, 0, 0)
    library.write_bytes(content[:end])


def _compile(source: Path) -> None:
    py_compile.compile(
        str(source), doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
    )


if __name__ == "__main__":
    main()
