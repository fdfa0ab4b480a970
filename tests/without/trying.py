"""Taking rules away in a throw-away copy of the working tree, and running their tests there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from tests.without.entries import PROJECT, Rule

# A test that ends like this did not find out that a rule is missing: the copy does not run.
BROKEN = (
    "SyntaxError", "IndentationError", "NameError", "UnboundLocalError", "ImportError",
    "ModuleNotFoundError", "AttributeError", "TypeError", "django.db.utils.ProgrammingError",
)  # fmt: skip

AT_THE_END = 'failed on teardown with "django.db.utils.IntegrityError'


@dataclass(frozen=True)
class Went:
    """How one test went, and the first line of why it failed."""

    result: str
    why: str = ""


class Copy:
    """A copy of the working tree with test databases of its own."""

    def __init__(self, tree: Path) -> None:
        self.tree = tree
        self.name = f"{os.environ.get('LOYPE_TEST_NAME', '')}_without_{os.getpid()}".lstrip("_")
        self.made: set[str] = set()

    def run(
        self, tests: Sequence[str], *, database: str = "", anew: bool = False
    ) -> dict[str, Went]:
        """Run tests in the copy; gives how each went, by the name it was asked for."""
        name = self.name + database
        results = self.tree / "test-results" / "without.xml"
        results.unlink(missing_ok=True)
        keep = ["--create-db"] if anew else []
        self.made.add(name)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider",
             "--reuse-db", *keep, f"--junitxml={results}", *tests],
            cwd=self.tree, env=self._environment(name), capture_output=True, text=True,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if not results.exists():
            return dict.fromkeys(tests, Went("broken", _last_line(done.stdout + done.stderr)))
        found = read_results(results)
        return {test: went_as(test, found) for test in tests}

    def _environment(self, name: str) -> dict[str, str]:
        """The server of the tests is the project's own; the database is the copy's."""
        var = os.environ.get("LOYPE_VAR") or str(PROJECT / "var")
        return {
            **os.environ, "LOYPE_VAR": var, "LOYPE_EMBEDDED": "test", "LOYPE_TEST_NAME": name,
            "PYTHONPATH": str(self.tree), "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip

    @contextmanager
    def without(self, rules: Sequence[Rule]) -> Iterator[None]:
        """The copy while rules are taken away; afterwards it is as it was."""
        cuts = [(rule, cut) for rule in rules for cut in rule.cuts]
        kept = {
            path: (path.read_text("utf-8"), path.stat().st_mtime_ns)
            for path in {self.tree / cut.file for _rule, cut in cuts}
        }
        try:
            for rule, cut in cuts:
                if cut.times_in(self.tree) != 1:
                    raise SystemExit(f"{rule.name}: not exactly once in {cut.file}:\n{cut.text}")
                path = self.tree / cut.file
                path.write_text(cut.made_in(path.read_text("utf-8")), "utf-8")
            yield
        finally:
            for path, (text, moment) in kept.items():
                path.write_text(text, "utf-8")
                os.utime(path, ns=(moment, moment))

    def drop_databases(self) -> None:
        """Leave nothing behind on the server of the tests."""
        for name in sorted(self.made):
            subprocess.run(
                [sys.executable, "-c", _DROP], cwd=self.tree, env=self._environment(name),
                capture_output=True, check=False,
            )  # fmt: skip


_DROP = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
from django.db import connection
with connection._nodb_cursor() as cursor:
    name = connection.settings_dict["TEST"]["NAME"]
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
"""


@contextmanager
def copied() -> Iterator[Copy]:
    """A copy of everything in the working tree that is or may become part of the project."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    with TemporaryDirectory(prefix="loype-without-") as folder:
        tree = Path(folder)
        for name in filter(None, listed.stdout.split("\0")):
            if (PROJECT / name).is_file():
                (tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(PROJECT / name, tree / name)
        (tree / "test-results").mkdir()
        copy = Copy(tree)
        try:
            yield copy
        finally:
            copy.drop_databases()


def read_results(file: Path) -> dict[str, list[Went]]:
    """How the tests of a JUnit file went: with their parameters, and together without them."""
    found: dict[str, list[Went]] = {}
    for case in ElementTree.parse(file).iter("testcase"):
        place = case.get("classname", "").replace(".", "/") + ".py::" + case.get("name", "")
        for name in {place, place.partition("[")[0]}:
            found.setdefault(name, []).append(_went(case))
    return found


def _went(case: ElementTree.Element) -> Went:
    for tag in ("error", "failure", "skipped"):
        told = case.find(tag)
        if told is not None:
            why = "".join((told.get("message") or "").strip().splitlines()[:1])
            # What the database checks at the end of a test is part of it.
            is_broken = (tag == "error" and not why.startswith(AT_THE_END)) or why.startswith(
                BROKEN
            )
            words = {"skipped": "left out"}.get(tag, "broken" if is_broken else "failed")
            return Went(words, why)
    return Went("passed")


def went_as(test: str, found: dict[str, list[Went]]) -> Went:
    """How a test went that may have several cases: broken, failed, left out, or passed."""
    cases = found.get(test, [Went("broken", "it did not run")])
    for result in ("broken", "failed", "left out"):
        for one in cases:
            if one.result == result:
                return one
    return Went("passed")


def _last_line(told: str) -> str:
    lines = [line for line in told.splitlines() if line.strip()]
    return lines[-1] if lines else "pytest said nothing"
