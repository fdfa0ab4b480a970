"""Collect the texts to translate into the .po files and compile them to .mo files.

The compiled files are committed, because `msgfmt` is not on every machine; collecting needs
`xgettext` (Debian: gettext). `--compile` only compiles.
"""

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[1] / "loype"
PERMISSIONS = PACKAGE / "web" / "shared" / "permissions"
LANGUAGES = ("da", "nb", "nn", "sv")


def main() -> None:
    """Collect and compile, then say for each language what is left to translate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compile", action="store_true", help="leave the .po files alone")
    if not parser.parse_args().compile:
        collect()
    for path in sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/*.po")):
        compile_catalogue(path)


def collect() -> None:
    """Run Django's collector over the package."""
    if not shutil.which("xgettext"):
        sys.exit("Collecting texts needs xgettext: install gettext (Debian: apt install gettext).")
    languages = [f"--locale={language}" for language in LANGUAGES]
    command = [sys.executable, "-m", "django", "makemessages", "--no-obsolete", *languages]
    (PACKAGE / "locale").mkdir(exist_ok=True)
    with rights_as_code():
        run(command)


@contextlib.contextmanager
def rights_as_code() -> Iterator[None]:
    """Lay the words of the permission files where the collector looks, while it looks."""
    words = {
        entry["words"]
        for file in sorted(PERMISSIONS.glob("*.toml"))
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["entry"]
    }
    place = PERMISSIONS / "words.py"
    lines = "".join(f"_({word!r})\n" for word in sorted(words))
    place.write_text(f"from django.utils.translation import gettext as _\n\n{lines}")
    try:
        yield
    finally:
        place.unlink()


def run(command: list[str]) -> None:
    """Run Django's collector in the package."""
    subprocess.run(
        [*command, "--add-location=file", "--ignore=static/*", "--ignore=migrations/*"],
        cwd=PACKAGE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "", "PYTHONPATH": str(PACKAGE.parent)},
        check=True,
    )


def compile_catalogue(path: Path) -> None:
    """Write the .mo file beside the .po file."""
    catalogue = polib.pofile(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    left = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
    print(f"{path.relative_to(PACKAGE.parent)}: {len(catalogue)} texts, {left} left to translate")


if __name__ == "__main__":
    main()
