#!/usr/bin/env bash
# Makes this machine and the database ready; skips what is done. See docs/installation.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/machine.sh
source tools/environment.sh

# Without a secret key this is a machine to try the product on, not a service.
if [ -z "${BCF_SECRET_KEY:-}" ]; then export BCF_DEBUG="${BCF_DEBUG:-1}"; fi

prepare() {
    ensure_system_packages
    ensure_python_packages requirements.lock
    .venv/bin/python -m tools.database
}

one_at_a_time prepare
