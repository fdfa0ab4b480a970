# Read by the other scripts here: where caches go, and what the surroundings must not spoil.

# Compiled once at installing; without it every start compiles everything again.
unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH VIRTUAL_ENV
export PYTHONUTF8=1

# An account may have no home, or one it may not write to (a service, a container, `su` from root).
if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
    mkdir -p .cache/home
    HOME=$(pwd -P)/.cache/home
    export HOME
    unset XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR
fi
