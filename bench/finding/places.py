"""The databases of the search benchmark: filled once for each size, and kept between runs."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.places import _comment, _order, environment
from loype.config.database import PROJECT

FILLED_BY = ("filling.py", "material.py", "readers.py", "vectors.py", "writing.py")
HERE = Path(__file__).parent
FOLDER = PROJECT / "var" / "bench"


def ready(count: int) -> str:
    """The name of a filled database of this size; filled anew where what fills it has changed."""
    name = f"loype_bench_search_{count}"
    wanted = signature(said_by(name, "bench.finding.prepare", "name")["meaning"])
    if _comment(name) != wanted:
        _order("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        said_by(name, "bench.finding.prepare", str(count))
        _order("COMMENT ON DATABASE {} IS " + f"'{wanted}'", name)
    else:
        said_by(name, "bench.finding.prepare", "0")
    return name


def signature(meaning: str) -> str:
    """What a filled database was made by: our files, and the model with its calibration."""
    said = b"".join((HERE / name).read_bytes() for name in FILLED_BY)
    return hashlib.sha256(said + meaning.encode()).hexdigest()


def said_by(database: str, module: str, *words: str) -> dict[str, Any]:
    """Run a module on a database in a process of its own; what it answers."""
    command = [sys.executable, "-m", module, *words]
    place = {**environment(database), "LOYPE_DB_POOL": "2"}
    done = subprocess.run(command, env=place, cwd=PROJECT, check=True, stdout=subprocess.PIPE)
    lines = done.stdout.decode().splitlines()
    return dict(json.loads(lines[-1])) if lines else {}


def filled(count: int) -> dict[str, Any]:
    """What filling told when it was done."""
    file = FOLDER / f"filled-{count}.json"
    return dict(json.loads(file.read_text())) if file.exists() else {}
