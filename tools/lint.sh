#!/usr/bin/env bash
# Runs every check of the code that is not a test; says at the end which of them failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/machine.sh
source tools/environment.sh

prepare() {
    ensure_system_packages
    ensure_python_packages requirements-dev.lock
}

failed=()

check() {
    local program=$1
    shift
    say "== $program $*"
    ".venv/bin/$program" "$@" || failed+=("$program $*")
}

one_at_a_time prepare

export BCF_DEBUG=1 DATABASE_URL=sqlite://:memory: DJANGO_SETTINGS_MODULE=bcf.settings
check ruff check .
check ruff format --check .
check mypy
check djlint --lint --quiet .
check lint-imports
check python manage.py makemigrations --check --dry-run
check python -m tools.openapi --check

[ ${#failed[@]} = 0 ] || stop "Lint failed: $(printf '%s; ' "${failed[@]}")see above."
say "Lint passed."
