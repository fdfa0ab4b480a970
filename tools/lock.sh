#!/bin/sh
# Writes requirements/*.txt anew from pyproject.toml; give package names to upgrade only these.
#   make lock                     keep what still fits
#   make lock UPGRADE=all         the newest of everything
#   make lock UPGRADE='django'    the newest of these
set -eu
cd "$(dirname "$0")/.."
. tools/environment.sh
# A folder of wheels on this machine must not decide what everybody installs.
unset PIP_FIND_LINKS UV_FIND_LINKS
uv=$(command -v uv || command -v .uv/bin/uv || command -v .venv/bin/uv) || {
    echo "make lock needs uv: run make install first." >&2
    exit 1
}

lock() {
    target=$1
    shift
    "$uv" pip compile "$@" $upgrade --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
        --output-file "requirements/$target.txt"
}

upgrade=
[ "${UPGRADE:-}" = all ] && upgrade=--upgrade
if [ "${UPGRADE:-all}" != all ]; then
    for name in $UPGRADE; do upgrade="$upgrade --upgrade-package $name"; done
fi
lock runtime pyproject.toml --group build
lock test pyproject.toml --group build --group dev --constraints requirements/runtime.txt
lock uv requirements/uv.in
