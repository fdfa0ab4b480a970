"""What is committed is for everybody: no address of a package server, no path of one machine."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

# Written in pieces, so that this file does not name what it looks for.
DOT = r"\."
REGISTRY = re.compile(
    "|".join(
        [
            rf"pypi{DOT}(?:org|python)",
            rf"pythonhosted{DOT}org",
            rf"registry{DOT}(?:npmjs|yarnpkg)",
            rf"npmjs{DOT}(?:com|org)",
            rf"(?:deb|security|ftp){DOT}debian{DOT}org",
            rf"(?:archive|security){DOT}ubuntu{DOT}com",
            r"https?://[^\s\"'<>]+\.(?:whl|tgz|tar\.gz)(?=[\"'#\s]|$)",
            r"(?:index-url|find-links|extra-index-url|\bregistry)\s*[=:]?\s*[\"']?https?://",
        ]
    )
)
MACHINE_PATH = re.compile(
    r"(?<![\w./-])(?:/home/(?!app\b|user\b|loype\b)[a-z][\w-]*|/root|/Users/[A-Z]?\w+|/work|/workspace)/"
)
LOCKS_WITH_ADDRESSES = ("uv.lock", "pylock.toml", "poetry.lock", "yarn.lock", "Pipfile.lock")
LICENCES_OF_OTHERS = ("LICENSE", ".LICENSE", "LICENSE.txt")


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [PROJECT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def _lines() -> Iterator[tuple[str, str]]:
    """Each line of each text that is ours, with where it stands."""
    for path in _tracked():
        if path.name.endswith(LICENCES_OF_OTHERS):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font, a compiled catalogue
        for number, line in enumerate(text.splitlines(), start=1):
            yield f"{path.relative_to(PROJECT)}:{number}", line


@pytest.fixture(scope="module")
def lines() -> list[tuple[str, str]]:
    found = list(_lines())
    assert len(found) > 100, "git lists hardly any file: is this a clone?"
    return found


def test_no_file_names_a_package_server(lines: list[tuple[str, str]]) -> None:
    assert [place for place, line in lines if REGISTRY.search(line)] == []


def test_no_file_names_a_path_of_one_machine(lines: list[tuple[str, str]]) -> None:
    assert [place for place, line in lines if MACHINE_PATH.search(line)] == []


def test_no_lock_file_records_addresses() -> None:
    names = [path.name for path in _tracked()]
    assert [
        name for name in names if name in LOCKS_WITH_ADDRESSES or name.startswith("pylock.")
    ] == []


def test_nothing_made_by_running_is_tracked() -> None:
    made = {".venv", ".uv", ".cache", "var", "node_modules", "__pycache__"}
    tracked = [path.relative_to(PROJECT) for path in _tracked()]
    assert [str(path) for path in tracked if made.intersection(path.parts[:-1])] == []


@pytest.mark.parametrize(
    "line",
    [
        "https://files.python" + "hosted.org/packages/x",
        "registry.npm" + "js.org",
        '"resolved": "https://somewhere.example/left-pad/-/left-pad-1.0.0' + '.tgz"',
        "--index" + "-url https://mirror.example/simple",
    ],
)
def test_the_pattern_finds_addresses(line: str) -> None:
    assert REGISTRY.search(line)


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("cd /ro" + "ot/project", True),
        ("in '/ho" + "me/ada/loype'", True),
        ("at /wo" + "rk/main", True),
        ("/srv/loype/current", False),
        ("how it /works/", False),
        ("network/wo" + "rk/on", False),
    ],
)
def test_the_pattern_finds_paths_of_one_machine(line: str, *, is_found: bool) -> None:
    assert bool(MACHINE_PATH.search(line)) is is_found


@pytest.mark.parametrize("name", ["runtime", "test", "uv"])
def test_every_package_is_locked_with_its_hashes(name: str) -> None:
    text = (PROJECT / "requirements" / f"{name}.txt").read_text()
    packages = re.split(r"\n(?=[a-z0-9])", text.replace("\\\n", " "))
    packages = [package for package in packages if re.match(r"[a-z0-9][\w.-]*==", package)]
    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_running_and_testing_install_the_same_versions() -> None:
    def versions(name: str) -> dict[str, str]:
        text = (PROJECT / "requirements" / f"{name}.txt").read_text()
        return dict(re.findall(r"^([a-z0-9][\w.-]*)(?:\[[^\]]*\])?==(\S+)", text, re.MULTILINE))

    runtime, test = versions("runtime"), versions("test")
    assert {name: test.get(name) for name in runtime} == runtime
