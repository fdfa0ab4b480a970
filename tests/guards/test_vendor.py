"""What we carry from other projects is what we say it is."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVED = ROOT / "loype/web/shared/static/vendor"
TESTS = ROOT / "tests/vendor"
FILES = json.loads((SERVED / "VENDOR.json").read_text(encoding="utf-8"))["files"]
FREE = {"MIT", "0BSD", "BSD-0-Clause", "OFL-1.1", "MPL-2.0"}


@pytest.mark.parametrize("entry", FILES, ids=[entry["file"] for entry in FILES])
def test_it_is_the_file_that_was_recorded(entry: dict[str, str]) -> None:
    content = (ROOT / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("entry", FILES, ids=[entry["file"] for entry in FILES])
def test_it_names_version_and_a_free_licence(entry: dict[str, str]) -> None:
    assert entry["name"]
    assert entry["version"][0].isdigit()
    assert entry["licence"] in FREE


def test_it_records_every_vendored_file() -> None:
    found = {
        str(path.relative_to(ROOT))
        for folder in (SERVED, TESTS)
        for path in folder.rglob("*")
        if path.is_file() and path.name != "VENDOR.json"
    }
    assert found == {entry["file"] for entry in FILES}


def test_it_carries_the_licence_text_of_everything_it_serves() -> None:
    for folder in SERVED.iterdir():
        if folder.is_dir():
            assert (folder / "LICENSE").read_text(encoding="utf-8").strip(), folder.name


def test_the_test_tool_is_never_served() -> None:
    """axe-core is under a copyleft licence and only ever used in tests."""
    served = {entry["name"] for entry in FILES if entry["file"].startswith("loype/")}
    assert "axe-core" not in served
