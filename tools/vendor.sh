#!/bin/sh
# Fetches the pinned styles, scripts and fonts and copies them into the static files.
# Development only: what it writes is committed, so running and testing need no Node.
set -eu
cd "$(dirname "$0")/../frontend"
npm ci
node vendor.mjs
