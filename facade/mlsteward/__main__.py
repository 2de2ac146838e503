"""`python -m mlsteward`, where the command itself is not on the path."""

import sys

from mlsteward.cli import main

sys.exit(main())
