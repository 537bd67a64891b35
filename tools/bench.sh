#!/usr/bin/env bash
# Times pages and PDFs against a floor of the same run, in a database in memory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/machine.sh
source tools/environment.sh

one_at_a_time ensure_python_packages requirements.lock

BCF_DEBUG=1 DATABASE_URL=sqlite://:memory: .venv/bin/python manage.py bench
