# shellcheck shell=bash
# What this machine has, and how to install what it lacks. Sourced by the other scripts,
# which have done `set -euo pipefail` and stand in the root of the project.

# A Python or pip of the caller's own making must not reach into .venv. Settings that say
# where packages come from (index, proxy, certificates) stay.
unset PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_PYTHON PIP_NO_DEPS \
    PIP_DRY_RUN PIP_REQUIREMENT PIP_CONSTRAINT PIP_EDITABLE PIP_IGNORE_INSTALLED PIP_REPORT \
    PIP_REQUIRE_VIRTUALENV PIP_NO_BINARY PIP_VERBOSE PIP_LOG

say() { printf '%s\n' "$*"; }

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

# quietly SENTENCE COMMAND...: says the sentence; shows what the command prints only if it fails.
quietly() {
    local log status=0
    say "$1"
    shift
    log=$(mktemp)
    "$@" >"$log" 2>&1 </dev/null 9<&- || status=$?
    [ "$status" = 0 ] || cat "$log" >&2
    rm -f "$log"
    return "$status"
}

# one_at_a_time COMMAND...: a second make in the same tree waits here for the first.
one_at_a_time() {
    (
        if command -v flock >/dev/null; then flock 9; fi
        "$@"
    ) 9<tools
}

# -- Python --------------------------------------------------------------------------------

# Prints the newest Python from 3.11 up, or the one that PYTHON names.
find_python() {
    local name version newest='' newest_version=310
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        version=$("$name" -c 'import sys; print("%d%02d" % sys.version_info[:2])' 2>/dev/null) || continue
        if [ "$version" -gt "$newest_version" ]; then
            newest=$name newest_version=$version
        fi
    done
    [ -n "$newest" ] || stop "Python 3.11 or later is needed, and ${PYTHON:-python3} is not. Install it, or name one: make setup PYTHON=python3.11"
    printf '%s\n' "$newest"
}

# Prints a Python for the build's own small scripts: that of .venv, if it is there already.
any_python() {
    if .venv/bin/python -c '' 2>/dev/null; then printf '%s\n' .venv/bin/python; else find_python; fi
}

# -- Debian packages -----------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

# Prints the one command that installs the named packages, for whoever may.
install_command() {
    local command="apt-get update && apt-get install -y --no-install-recommends $*"
    if command -v sudo >/dev/null; then
        printf "sudo sh -c '%s'\n" "$command"
    else
        printf "su - -c '%s'\n" "$command"
    fi
}

# Installs the named packages; a name that this release does not have is left out, and what is
# then still missing is found by looking again.
install_packages() {
    local known=() name
    as_root apt-get update -qq >/dev/null 2>&1 </dev/null || true
    for name in "$@"; do
        if apt-cache show "$name" >/dev/null 2>&1; then known+=("$name"); fi
    done
    [ ${#known[@]} -gt 0 ] || return 1
    quietly "Installing ${known[*]}." as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "${known[@]}"
}

# What the product cannot do without: python3-venv, WeasyPrint's libraries, its font.
ensure_system_packages() {
    local python missing
    python=$(any_python)
    missing=$("$python" tools/missing_packages.py)
    if [ -z "$missing" ]; then
        say "System packages: already there."
        return
    fi
    # shellcheck disable=SC2086  # one word a package
    if may_install; then
        install_packages $missing || say "apt-get could not install all of it."
        missing=$("$python" tools/missing_packages.py --needed)
        [ -z "$missing" ] || stop "Still missing after apt-get: ${missing//$'\n'/ }."
    elif command -v apt-get >/dev/null; then
        stop "These packages are missing, and only root may install them: ${missing//$'\n'/ }. Type this, then the same make command again:
  $(install_command $missing)"
    elif [ -n "$("$python" tools/missing_packages.py --needed)" ]; then
        stop "Install what these Debian packages hold, in this system's own way: ${missing//$'\n'/ }."
    else
        say "Not there, and not needed to go on: ${missing//$'\n'/ }. PDFs come out in another font."
    fi
}

# -- PostgreSQL and Chromium, for the tests --------------------------------------------------

has_initdb() {
    command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

# Installs the server's programs alone: no cluster is made and nothing is started.
install_postgresql() {
    local no_cluster=/etc/postgresql-common/createcluster.d/no-main-cluster.conf status=0
    as_root mkdir -p "${no_cluster%/*}"
    as_root sh -c "echo 'create_main_cluster = false' >$no_cluster"
    install_packages postgresql || status=$?
    as_root rm -f "$no_cluster"
    return "$status"
}

# Prints the path of a Chromium that runs. Ubuntu's package is a stub for a snap, which does not
# run everywhere: so each candidate has to show a page.
find_chromium() {
    local name path profile page
    for name in ${CHROMIUM:-/usr/bin/chromium chromium chromium-browser google-chrome}; do
        path=$(command -v "$name") || continue
        profile=$(mktemp -d)
        page=$(timeout 60 "$path" --headless --no-sandbox --disable-gpu --disable-quic \
            --disable-dev-shm-usage --no-first-run --disable-background-networking \
            --disable-component-update --disable-sync --user-data-dir="$profile" --dump-dom \
            'data:text/html,<p>it-runs</p>' 2>/dev/null </dev/null) || true
        rm -rf "$profile"
        if [[ $page == *it-runs* ]]; then
            printf '%s\n' "$path"
            return
        fi
    done
    return 1
}
