"""Time the API at the size that the product is built for, beside floors of the same run."""

import csv
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework import serializers

from bcf.accounts.access import Role
from bcf.accounts.models import User
from bcf.assurance.gather import gather
from bcf.assurance.summary import summarise
from bcf.base.api.csv_files import CsvFile
from bcf.base.api.filters import Asked
from bcf.base.api.reading import CHUNK, Reading
from bcf.base.timing import median_ms
from bcf.loading.volume import Volume, make_volume
from plans.models import Board, Membership, Organisation, Plan
from schemes.api import SPEND_LINES
from schemes.models import Scheme, SpendLine

RUNS, FEW_RUNS = 15, 3
SMALL = Volume(boards=4, spend_lines=4_000, metric_values=5_000)
CLIENTS, SECONDS = 4, 5
LINES = "/api/v1/spend-lines/"
THOUSAND = f"{LINES}?page_size=1000&expand=plan,scheme,provider"
PEOPLE = ("administrator", "editor")
# What the summary of a plan's money adds up: rows of a table, grouped so; of spend lines those
# that count, and those that are outside the pool. A year's totals are those of its plans.
MONEY = "SUM(amount), COUNT(*), COUNT(amount)"
ROUNDED = f"{MONEY}, SUM(CASE WHEN rounded_to > 0.01 AND amount IS NOT NULL THEN rounded_to END)"
COUNTING = "AND in_pool AND breaks_down_id IS NULL"
SUMS = (
    ("plans_contribution", "plan_id", ROUNDED, ""),
    ("plans_contribution", "funding_source", MONEY, ""),
    ("schemes_spendline", "plan_id", ROUNDED, COUNTING),
    ("schemes_spendline", "funding_source", MONEY, COUNTING),
    ("schemes_spendline", "theme", MONEY, COUNTING),
    ("schemes_spendline", "scheme_id", MONEY, COUNTING),
    ("schemes_spendline", "area_of_spend", MONEY, COUNTING),
    ("schemes_spendline", "scheme_id", MONEY, "AND NOT in_pool AND breaks_down_id IS NULL"),
    ("plans_requirement", "rule", "SUM(minimum), SUM(actual)", ""),
)


class _PlanShown(serializers.ModelSerializer):
    class Meta:
        model = Plan
        fields = ("slug", "title", "status")


class _SchemeShown(serializers.ModelSerializer):
    class Meta:
        model = Scheme
        fields = ("ref", "reference", "name", "theme")


class _OrganisationShown(serializers.ModelSerializer):
    class Meta:
        model = Organisation
        fields = ("key", "name", "ods_code")


class PlainLine(serializers.ModelSerializer):
    """What one writes first, and what the API's own reading is compared with."""

    plan = _PlanShown()
    scheme = _SchemeShown()
    provider = _OrganisationShown()
    financial_year = serializers.CharField()
    amount = serializers.CharField()

    class Meta:
        model = SpendLine
        fields = "__all__"


def _memory() -> int:
    """The memory of this process now, in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _in_turn(
    one: Callable[[], object], other: Callable[[], object], runs: int = 1
) -> tuple[float, float]:
    """The best medians of both in milliseconds, taken in turn: a busy machine is so for both."""
    each = [(median_ms(one, runs), median_ms(other, runs)) for _ in range(FEW_RUNS)]
    return min(first for first, _ in each), min(second for _, second in each)


def _thousand_plain() -> bytes:
    rows = SpendLine.objects.select_related("plan", "scheme", "provider").filter(
        breaks_down__isnull=True
    )
    found = PlainLine(rows.order_by("financial_year", "pk")[:1000], many=True).data
    return json.dumps(found, default=str).encode()


def _bare_sums(plan: Plan) -> None:
    """Every sum of the summary of a plan and its parts, by the database alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM plans_plan WHERE part_of_id = %s", [plan.pk])
        family = [plan.pk, *(number for (number,) in cursor.fetchall())]
        places = ", ".join(["%s"] * len(family))
        for table, group, sums, which in SUMS:
            cursor.execute(
                f"SELECT financial_year, {group}, {sums} FROM {table} "  # noqa: S608
                f"WHERE plan_id IN ({places}) {which} GROUP BY financial_year, {group}",
                family,
            )
            cursor.fetchall()


def _summary(plans: Iterator[Plan]) -> object:
    plan = next(plans)
    return summarise(gather(plan, plan.parts.all()))


@contextmanager
def _one_worker() -> Iterator[int]:
    """The product served by one worker on 127.0.0.1; yields the port, and ends it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    own = {
        "BCF_DEBUG": "0",
        "BCF_SECRET_KEY": settings.SECRET_KEY,
        "BCF_HTTPS": "0",
        "BCF_ALLOWED_HOSTS": "127.0.0.1",
    }
    serve = [sys.executable, "-m", "gunicorn", "bcf.wsgi", "-w", "1", "-b", f"127.0.0.1:{port}"]
    with subprocess.Popen(  # noqa: S603  # our own server, and nothing that anybody typed
        [*serve, "--log-level", "error"], env={**os.environ, **own}
    ) as process:
        try:
            deadline = time.monotonic() + 60
            while not _is_up(port):
                if time.monotonic() > deadline or process.poll() is not None:
                    raise CommandError("The server did not start.")
                time.sleep(0.2)
            yield port
        finally:
            process.terminate()


def _is_up(port: int) -> bool:
    try:
        return _ask(port, "/health/live", "") == HTTPStatus.OK
    except OSError:
        return False


def _ask(port: int, address: str, cookie: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", address, headers={"Cookie": cookie})
        answer = line.getresponse()
        answer.read()
        return answer.status
    finally:
        line.close()


def _requests_a_second(port: int, address: str, cookie: str) -> float:
    end = time.monotonic() + SECONDS

    def ask_on() -> int:
        asked = 0
        while time.monotonic() < end:
            if _ask(port, address, cookie) != HTTPStatus.OK:
                raise CommandError(f"{address} did not answer.")
            asked += 1
        return asked

    with ThreadPoolExecutor(CLIENTS) as clients:
        every = [clients.submit(ask_on) for _ in range(CLIENTS)]
        return sum(each.result() for each in every) / SECONDS


class Command(BaseCommand):
    help = (
        "Fill an empty database with the real plans and made-up ones, 300,000 spend lines in all, "
        "and time the API against floors of the same run. Run by “make bench”, in a database that "
        "is removed afterwards."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--small", action="store_true", help="Of few rows: to try the bench itself."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        settings.ALLOWED_HOSTS, settings.DEBUG = ["*"], False
        call_command("migrate", stdout=StringIO(), verbosity=0)
        if Board.objects.exists():
            raise CommandError("Use “make bench”: it fills an empty database of its own.")
        for command in ("load_reference", "load_plans"):
            call_command(command, stdout=StringIO(), verbosity=0)
        self.stdout.write(f"The API on {connection.vendor}")
        people = self._people()
        self._count_for_the_planner()
        alone = {name: self._page(client) for name, client in people.items()}
        self._fill(SMALL if options["small"] else Volume())
        for name, client in people.items():
            self._pages(name, client, alone[name])
        self._files(User.objects.get(username=PEOPLE[0]))
        self._thousand(people[PEOPLE[0]])
        self._totals()
        self._served(people[PEOPLE[0]])

    def _people(self) -> dict[str, Client]:
        User.objects.create_superuser(PEOPLE[0])
        editor = User.objects.create_user(PEOPLE[1])
        Membership(user=editor, board=Board.objects.get(slug="barnet"), role=Role.EDITOR).save()
        clients = {name: Client(raise_request_exception=True) for name in PEOPLE}
        for name, client in clients.items():
            client.force_login(User.objects.get(username=name))
        return clients

    def _page(self, client: Client) -> float:
        """The best median of a few: what else the machine does is not in it."""
        return min(median_ms(partial(client.get, LINES), RUNS) for _ in range(FEW_RUNS))

    def _fill(self, size: Volume) -> None:
        start = time.perf_counter()
        saved = make_volume(size)
        self._count_for_the_planner()
        made = ", ".join(f"{rows:,} {kind}" for kind, rows in saved.items())
        self.stdout.write(f"Made {made} in {time.perf_counter() - start:.0f} s")

    def _count_for_the_planner(self) -> None:
        """Count the rows of a server, by which it plans its queries: before each floor too.

        Planning takes longer the more it knows; left alone, it would count after a while.
        """
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def _pages(self, name: str, client: Client, alone: float) -> None:
        self._say(f"100 lines of the real plans, {name} (floor)", alone, alone)
        # The first page counts and the second has it counted; both are asked of the database.
        taken = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                client.get(LINES)
            taken.append(len(queries))
        self._say(f"100 lines at full size, {name}", self._page(client), alone)
        self.stdout.write(f"{'':<10}{taken[1]} queries; {taken[0]} where rows are counted")

    def _files(self, person: User) -> None:
        """All spend lines as CSV, beside the same rows as the database hands them over."""
        floor = self._copy if connection.vendor == "postgresql" else self._cursor
        grown = [0]

        def stream() -> None:
            start = _memory()
            rows = Asked(SPEND_LINES, QueryDict()).rows(person)
            for _ in CsvFile(Reading(SPEND_LINES, person, ()), rows):
                grown[0] = max(grown[0], _memory() - start)

        asked = Reading(SPEND_LINES, person, ())
        sql = asked.read(Asked(SPEND_LINES, QueryDict()).rows(person)).query.sql_with_params()
        bare, ours = _in_turn(partial(floor, *sql), stream)
        if connection.vendor == "postgresql":
            cursor = median_ms(partial(self._cursor, *sql), FEW_RUNS)
            self._say("all lines, a bare cursor with csv", cursor, bare)
        self._say(f"all lines, {floor.__doc__} (floor)", bare, bare)
        self._say("all lines as CSV", ours, bare)
        self.stdout.write(
            f"{'':<10}{bare / ours:.2f} of the floor’s speed; "
            f"memory grew by {grown[0] / 2**20:.0f} MiB"
        )

    def _cursor(self, sql: str, params: Any) -> None:
        """a bare cursor with csv"""
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql, params)
            while rows := cursor.fetchmany(CHUNK):
                csv.writer(StringIO()).writerows(rows)

    def _copy(self, sql: str, params: Any) -> None:
        """COPY of the same query"""
        with connection.cursor() as cursor, Path(os.devnull).open("w") as sink:
            whole = cursor.mogrify(sql, params).decode()
            cursor.cursor.copy_expert(f"COPY ({whole}) TO STDOUT WITH CSV", sink)

    def _thousand(self, client: Client) -> None:
        ours, plain = _in_turn(partial(client.get, THOUSAND), _thousand_plain)
        self._say("1,000 lines as JSON, three keys expanded", ours, ours)
        self._say("the same by a plain serializer of models", plain, ours)

    def _totals(self) -> None:
        """The summary of a plan, of which each run has a plan that nothing was read of yet."""
        found = Plan.objects.filter(slug__startswith="generated-").select_related("cycle")
        plan = found.earliest("pk")
        plans = iter([found.get(pk=plan.pk) for _ in range((RUNS + 1) * FEW_RUNS)])
        ours, bare = _in_turn(partial(_summary, plans), partial(_bare_sums, plan), RUNS)
        self._say("totals of a plan, bare SQL (floor)", bare, bare)
        self._say("totals of a plan", ours, bare)

    def _served(self, client: Client) -> None:
        cookie = (
            f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        )
        with _one_worker() as port:
            for address in (LINES, "/health/live"):
                asked = _requests_a_second(port, address, cookie)
                self.stdout.write(
                    f"{address}, one worker, {CLIENTS} clients: {asked:.0f} requests a second"
                )

    def _say(self, what: str, median: float, floor: float) -> None:
        self.stdout.write(f"{what:<48} {median:9.1f} ms {median / floor:7.1f} × the floor")
