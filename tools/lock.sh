#!/usr/bin/env bash
# Rebuilds both lock files from pyproject.toml. Pins stay where they still fit; with UPGRADE=1
# all of them move to the newest that does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/machine.sh

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# One version of each package for every Python, the oldest that we support included: what is
# tested on one is what runs on the others.
compile() {
    env -u UV_FIND_LINKS "$folder/bin/uv" --cache-dir "$folder/cache" pip compile -q \
        --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate \
        --custom-compile-command "make lock" ${UPGRADE:+--upgrade} "$@"
}

install_uv() {
    "$1" -m venv "$folder" &&
        "$folder/bin/python" -m pip install --no-user --disable-pip-version-check uv
}

python=$(find_python)
quietly "Installing uv in a folder of its own." install_uv "$python" ||
    stop "uv could not be installed: see above."
compile pyproject.toml -o requirements.lock
compile --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
if grep -nE '://|file:' requirements.lock requirements-dev.lock; then
    stop "A lock file holds an address: see above."
fi
say "Written: requirements.lock, requirements-dev.lock."
