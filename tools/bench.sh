#!/usr/bin/env bash
# Times pages and PDFs in a database in memory, then the API at full size on SQLite and on
# PostgreSQL in databases that are gone afterwards. With an argument, one part: pages or api.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/machine.sh
source tools/environment.sh

one_at_a_time ensure_python_packages requirements.lock
# Nobody is throttled who times how fast the API is.
export BCF_DEBUG=1 BCF_API_RATE_PERSON= BCF_API_RATE_ADDRESS= BCF_API_RATE_FAILURES=
part="${1:-all}"

if [[ "$part" != api ]]; then
  DATABASE_URL=sqlite://:memory: .venv/bin/python manage.py bench
fi
if [[ "$part" != pages ]]; then
  folder="$(mktemp -d)"
  trap 'rm -rf "$folder"' EXIT
  DATABASE_URL="sqlite:///$folder/bench.sqlite3" .venv/bin/python manage.py bench_api
  .venv/bin/python -m tools.throwaway_postgres .venv/bin/python manage.py bench_api
fi
