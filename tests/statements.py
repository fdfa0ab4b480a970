"""`python -m tests.statements` writes tests/budgets.toml anew; the difference is read."""

from __future__ import annotations

import os
import subprocess
import sys

if __name__ == "__main__":
    sys.exit(
        subprocess.call(
            [sys.executable, "-m", "pytest", "-q", "tests/guards/test_statements.py"],
            env={**os.environ, "LOYPE_RECORD_BUDGETS": "yes"},
        )
    )
