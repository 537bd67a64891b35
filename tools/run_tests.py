"""Runs the tests in their order and says at the end what passed, failed or was skipped.

On SQLite first, then most integration tests on a PostgreSQL of their own, then the browser. A
failure does not keep the later ones from running. With CI=true what was skipped is a failure.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tools.throwaway_postgres import (
    ServerError,
    end_in_order_when_told,
    run_to_the_end,
    throwaway_postgres,
)

# Stealing work keeps no process idle while another still has a queue of slow tests.
PARALLEL = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")
ON_SQLITE = "unit, integration and architecture tests on SQLite"
ON_POSTGRES = "integration tests on PostgreSQL"
IN_BROWSER = "browser tests"
# What these find does not depend on the kind of database, and they take minutes: who may do what,
# what lists of the admin show, which sentence refuses, how many queries a page takes, how a PDF is
# laid out, what the pages of agreements say, how a plan of each cycle fares, and whether the API
# keeps its document and its examples.
ONCE = tuple(
    f"tests/integration/{name}.py"
    for name in (
        "api/test_contract",
        "api/test_document",
        "api/test_examples",
        "test_access_walk",
        "test_admin_list_queries",
        "test_admin_lists",
        "test_admin_owners",
        "test_admin_refusals",
        "test_admin_scope",
        "test_agreement_calendar",
        "test_agreement_event_pages",
        "test_agreement_page",
        "test_annual_report",
        "test_board_pack",
        "test_every_cycle",
        "test_pdf",
        "test_quarter_report",
        "test_query_counts",
        "test_register",
        "test_telling",
        "test_view_only",
    )
)
# Without bytecode each of the many processes of the tests would compile all modules anew.
DROPPED = ("DATABASE_URL", "PORT", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True)
class Outcome:
    name: str
    passed: bool
    seconds: float

    def __str__(self) -> str:
        return f"{'passed' if self.passed else 'FAILED'} in {self.seconds:.0f} s: {self.name}"


def closed_environment() -> dict[str, str]:
    """Return this environment without what would change the product's behaviour under test."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BCF_", "DJANGO_")) and name not in DROPPED
    }
    return {**kept, "BCF_DEBUG": "1"}


def run_pytest(name: str, arguments: Sequence[str], **variables: str) -> Outcome:
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    # pytest's exit code for "no tests found" is not 0 either: nothing tested is not a pass.
    code = run_to_the_end(
        [sys.executable, "-m", "pytest", *arguments], {**closed_environment(), **variables}
    )
    return Outcome(name, code == 0, time.monotonic() - started)


def run_on_postgres() -> Outcome:
    try:
        with throwaway_postgres() as url:
            return run_pytest(
                ON_POSTGRES,
                ["tests/integration", *(f"--ignore={path}" for path in ONCE), *PARALLEL],
                DATABASE_URL=url,
            )
    except ServerError as error:
        print(error, file=sys.stderr)
        return Outcome(ON_POSTGRES, passed=False, seconds=0)


def run_in_browser(chromium: str) -> Outcome:
    # Playwright runs an event loop in the test's thread, in which Django would refuse to query.
    return run_pytest(
        IN_BROWSER,
        ["tests/browser", *PARALLEL],
        CHROMIUM=chromium,
        DJANGO_ALLOW_ASYNC_UNSAFE="true",
    )


def report(outcomes: Sequence[Outcome], skips: Sequence[str]) -> int:
    print()
    for outcome in outcomes:
        print(outcome)
    for skip in skips:
        print(f"SKIPPED: {skip}")
    if skips and os.environ.get("CI") == "true":
        print("With CI=true a skip is a failure.")
        return 1
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def main() -> int:
    end_in_order_when_told()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", metavar="PATH")
    parser.add_argument("--without-browser", metavar="REASON")
    parser.add_argument("--without-postgres", metavar="REASON")
    options = parser.parse_args()

    skips = []
    outcomes = [
        run_pytest(ON_SQLITE, ["tests/unit", "tests/integration", "tests/architecture", *PARALLEL])
    ]
    if options.without_postgres:
        skips.append(f"{ON_POSTGRES} ({options.without_postgres})")
    else:
        outcomes.append(run_on_postgres())
    if options.chromium:
        outcomes.append(run_in_browser(options.chromium))
    else:
        skips.append(f"{IN_BROWSER} ({options.without_browser or 'no Chromium'})")
    return report(outcomes, skips)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
