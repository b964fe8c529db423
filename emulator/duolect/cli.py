"""Where the command ``duolect`` begins."""

import gc
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    What is imported stays, so nothing is collected before the server is ready: a tenth of the start.
    """
    gc.disable()
    try:
        from duolect.command import run  # noqa: PLC0415 - see above

        return run(arguments)
    finally:
        gc.enable()
