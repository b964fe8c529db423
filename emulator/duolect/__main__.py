"""``python -m duolect`` is the command ``duolect``."""

import sys

from duolect.cli.main import main

sys.exit(main())
