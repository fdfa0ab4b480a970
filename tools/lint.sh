#!/bin/sh
# Everything that can be said about the code without running it; goes on to the end, then tells.
set -u
cd "$(dirname "$0")/.."
. tools/environment.sh
# The models are compared with the migrations on the tests' own server, never on real data.
export LOYPE_EMBEDDED=test
failed=

check() {
    name=$1
    shift
    if output=$("$@" 2>&1 </dev/null); then
        echo "ok      $name"
    else
        echo "$output"
        echo "FAILED  $name"
        failed="$failed $name,"
    fi
}

templates() {
    find loype -path '*/templates/*' -name '*.html' -exec .venv/bin/djade "$@" {} +
}

check "ruff check" .venv/bin/ruff check --quiet .
check "ruff format" .venv/bin/ruff format --quiet --check .
check "import-linter" .venv/bin/lint-imports
check "djade" templates --target-version 5.2 --check
check "migrations" .venv/bin/loype manage makemigrations --check --dry-run
check "mypy" .venv/bin/mypy
[ -z "$failed" ] || { echo "Lint failed:${failed%,}."; exit 1; }
