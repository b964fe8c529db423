"""``python -m duolect`` is the command ``duolect``."""

import sys

from duolect.cli import main

sys.exit(main())
