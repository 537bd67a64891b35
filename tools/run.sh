#!/usr/bin/env bash
# Sets up what is missing, then serves on this machine alone. See docs/installation.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/machine.sh

export BCF_DEBUG=1
port=${PORT:-8000}
[[ $port =~ ^[0-9]{1,5}$ ]] || stop "PORT is '$port': give a number, as in make run PORT=8001"

# Bound and let go again, as the server itself will do a moment later.
python=$(any_python)
"$python" - "$port" <<'PYTHON' || exit 1
import socket, sys
port = int(sys.argv[1])
try:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
except (OSError, OverflowError):
    sys.exit(
        f"Port {port} is taken, or not for you to use. "
        f"Stop what uses it, or take another: make run PORT={8001 if port == 8000 else 8000}"
    )
PYTHON

bash tools/setup.sh
# Long PDFs are made by a worker beside the server. It watches the process that this script becomes
# and ends with it, however that ends.
(
    .venv/bin/python manage.py db_worker --no-reload --interval 3 --verbosity 0 &
    worker=$!
    while kill -0 $$ 2>/dev/null && kill -0 "$worker" 2>/dev/null; do sleep 1; done
    kill "$worker" 2>/dev/null || true
) &
say "Serving on http://127.0.0.1:$port/ until you press Ctrl-C."
exec .venv/bin/python manage.py runserver "127.0.0.1:$port"
