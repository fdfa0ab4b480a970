"""Run the `loype` command and turn what goes wrong into one plain sentence."""

import os
import sys

from loype.cli import loype


def main() -> None:
    """Run the command; exit code 1 if something was refused, 2 if the set-up is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loype.config.settings")
    from loype.config.embedded_host import DatabaseProblem
    from loype.kernel.errors import Refusal

    try:
        loype(prog_name="loype")
    except DatabaseProblem as problem:
        _end(problem, 2)
    except Refusal as refusal:
        _end(refusal, 1)
    except Exception as error:
        if type(error).__name__ != "ImproperlyConfigured":
            raise
        _end(error, 2)  # the settings say in one sentence what to correct


def _end(problem: Exception, code: int) -> None:
    print(f"loype: {problem}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
