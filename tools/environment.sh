# shellcheck shell=bash
# The virtual environment in .venv and the packages of a lock file in it. Sourced after
# machine.sh.

# .venv works, is recent enough and was made in this folder (its scripts hold its path).
venv_is_usable() {
    .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
        head -n 2 .venv/bin/pip | grep -qF "$PWD/.venv/bin/python"
}

# ensure_python_packages LOCK_FILE: the stamp holds the lock file's hash and is written last, so
# that an interrupted install is done again.
ensure_python_packages() {
    local lock=$1 stamp=.venv/.stamp-$1 wanted
    wanted="$(sha256sum <"$lock") $PWD"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
        say "Python packages of $lock: already installed."
        return
    fi
    if ! venv_is_usable; then
        quietly "Making .venv." "$(find_python)" -m venv --clear .venv ||
            stop "The virtual environment .venv could not be made."
    fi
    rm -f "$stamp"
    quietly "Installing the Python packages of $lock." .venv/bin/python -m pip install \
        --no-user --no-input --disable-pip-version-check --progress-bar off \
        --require-hashes -r "$lock" ||
        stop "The Python packages of $lock could not be installed: see above."
    printf '%s\n' "$wanted" >"$stamp.new"
    mv "$stamp.new" "$stamp"
}
