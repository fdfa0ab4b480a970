"""Collect the texts to translate into the .po files and compile them to .mo files.

The compiled files are committed, because `msgfmt` is not on every machine; collecting needs
`xgettext` (Debian: gettext). `--compile` only compiles.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[1] / "loype"
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
