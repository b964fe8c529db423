"""``python -m duolect.coverage``: the coverage page, or the vendors' names of actions, made anew."""

import sys

from duolect.bootstrap import DIALECTS
from duolect.coverage.coverage import page
from duolect.coverage.definitions import read_packages, write


def main() -> None:
    """Write the page, or with ``--definitions`` the vendors' names of actions, to standard output."""
    if "--definitions" in sys.argv[1:]:
        sys.stdout.write(write(read_packages()))
        return
    sys.stdout.write(page([dialect() for dialect in DIALECTS]))


if __name__ == "__main__":
    main()
