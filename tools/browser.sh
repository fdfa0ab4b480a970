#!/bin/sh
# Prints the path of a Chromium for the browser tests, installing one where that is possible.
set -eu
cd "$(dirname "$0")/.."
. tools/environment.sh

find_browser() {
    for name in ${CHROMIUM:-} chromium chromium-browser google-chrome-stable google-chrome; do
        found=$(command -v "$name" 2>/dev/null) && "$found" --version >/dev/null 2>&1 &&
            echo "$found" && return 0
    done
    return 1
}

find_own() {
    .venv/bin/python - <<'PYTHON' 2>/dev/null
import pathlib
import sys

from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
if not pathlib.Path(path).exists():
    sys.exit(1)
print(path)
PYTHON
}

find_browser && exit 0
find_own && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests." >&2
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
        --no-install-recommends chromium fonts-dejavu-core; } >&2 </dev/null || true
    find_browser && exit 0
fi
echo "Fetching Playwright's Chromium for the browser tests." >&2
.venv/bin/playwright install chromium >&2 </dev/null || true
find_own && exit 0
echo "No Chromium for the browser tests: install one (Debian: sudo apt install chromium)," \
    "or name it with CHROMIUM=/path/to/chromium." >&2
exit 1
