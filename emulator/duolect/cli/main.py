"""The entry point of the command ``duolect``."""

import gc
from collections.abc import Sequence
from typing import Final

_INTERRUPTED: Final = 130
"""Exit status after Ctrl-C, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    What is imported stays, so nothing is collected before the server is ready: a tenth of the start.
    """
    gc.disable()
    try:
        from duolect.cli.command import run  # noqa: PLC0415 - see above

        return run(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
    finally:
        gc.enable()
