#!/usr/bin/env bash
# Installs what the tests need, then runs all of them. See docs/installation.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/machine.sh
source tools/environment.sh

prepare() {
    ensure_system_packages
    ensure_python_packages requirements-dev.lock
    if has_initdb; then
        say "PostgreSQL: already there."
    elif may_install; then
        install_postgresql || true
    fi
}

# The driver that Playwright brings needs libatomic1.
browser_packages=(chromium libatomic1)

# Prints the path of a Chromium if the browser tests can run with it.
find_browser() {
    .venv/bin/python -m playwright --version >/dev/null 2>&1 && find_chromium
}

one_at_a_time prepare

options=()
if ! has_initdb; then
    options+=(--without-postgres "no PostgreSQL could be installed; to do so: $(install_command postgresql)")
fi
if chromium=$(find_browser); then
    say "Chromium: already there."
elif may_install; then
    one_at_a_time install_packages "${browser_packages[@]}" || true
    chromium=$(find_browser) || true
fi
if [ -n "$chromium" ]; then
    options+=(--chromium "$chromium")
else
    options+=(--without-browser "no Chromium that runs could be installed; to do so: $(install_command "${browser_packages[@]}"), or name one in CHROMIUM")
fi
exec .venv/bin/python -m tools.run_tests "${options[@]}"
