#!/bin/sh
# Lint and all tests; ends with pytest's closing line. PYTEST_ARGS is handed to pytest.
set -eu
cd "$(dirname "$0")/.."
. tools/environment.sh
lint=0
tools/lint.sh || {
    lint=1
    echo "The tests run all the same; the result counts as failed."
}

only=
if browser=$(tools/browser.sh); then
    CHROMIUM=$browser
    export CHROMIUM
    echo "Browser tests use $CHROMIUM."
elif [ -n "${CI:-}" ]; then
    exit 1
else
    only='not browser'
    echo "THE BROWSER TESTS ARE LEFT OUT: there is no browser."
fi

if ! ls "${LOYPE_VAR:-var}"/search/wheel 2>/dev/null | grep -q -e '\.whl$' -e '\.bin$'; then
    only="${only:+$only and }not model"
    echo "THE LANGUAGE MODEL'S TESTS ARE LEFT OUT: it could not be fetched."
    [ -z "${CI:-}" ] || exit 1
fi

case $only in *"not model"*) ;; *) .venv/bin/loype search build || exit 1 ;; esac

status=0
mkdir -p test-results
# shellcheck disable=SC2086 # PYTEST_ARGS is words
LOYPE_EMBEDDED=test .venv/bin/python -m pytest --junitxml=test-results/junit.xml \
    -n "${PYTEST_WORKERS:-2}" ${only:+-m "$only"} \
    ${PYTEST_ARGS:-} tests </dev/null || status=$?
[ "$status" != 0 ] || status=$lint
exit "$status"
