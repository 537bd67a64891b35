"""Time what people wait for, each as a ratio to a floor measured in the same run."""

import re
import time
from functools import partial
from http import HTTPStatus
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from weasyprint import HTML

from bcf.accounts.models import User
from bcf.assurance.checks.asking import check_whole
from bcf.assurance.gather import gather
from bcf.assurance.summary import summarise
from bcf.base.bulk import save_rows
from bcf.base.timing import median_ms
from bcf.files.pdf import write_pdf
from bcf.files.reading import read_table
from bcf.reporting.exports import plan_document, plan_pdf
from bcf.reporting.rendering import document_html, document_style
from bcf.resources import RESOURCES
from plans.choices import PlanStatus
from plans.models import Plan
from plans.row_imports import rows_check, rows_import
from schemes.models import SpendLine

RUNS = 15
PDF_RUNS = 3
GRID_ROWS = 500
FILE_ROWS = 10_000
_TOKEN = re.compile(r'name="(r\d+-row)" value="([^"]+)"')
PLANS = ("barnet-2014-16", "bhr-2017-19")


def _totals(plan: Plan) -> object:
    return summarise(gather(plan, plan.parts.all()))


def _file_of_lines(*refs: str) -> bytes:
    """New spend lines, or other values of those that have these refs."""
    lines = [
        f"{PLANS[0]},{refs[n] if refs else ''},2015-16,Imported {n},{n}.50,{bool(refs)}"
        for n in range(FILE_ROWS)
    ]
    return "\n".join(["plan,ref,financial_year,description,amount,theme", *lines]).encode()


def _cold_pdf(plan: Plan) -> bytes:
    """All that a first reader waits for: reading the plan, its HTML, and the PDF."""
    html = document_html(plan_document(plan, plan.parts.all()))
    return write_pdf(html, document_style())


def _pages_of(html: str) -> int:
    reached: list[int] = []
    write_pdf(html, document_style(), reached=reached.append)
    return max(reached)


class Command(BaseCommand):
    help = (
        "Load the real plans into an empty database in memory and time pages against the "
        "liveness page, imports against reading their file, and PDFs against what their bare HTML "
        "takes. Run by “make bench”."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if "memory" not in str(connection.settings_dict["NAME"]):
            raise CommandError("Use “make bench”: it times in a database of its own, in memory.")
        settings.ALLOWED_HOSTS = ["*"]
        for command in ("migrate", "load_reference", "load_plans"):
            call_command(command, stdout=StringIO(), verbosity=0)
        self._pdfs()  # first, for the pages' timings add rows to a plan
        self._pages()
        self._files()

    def _pages(self) -> None:
        client = Client(raise_request_exception=True)
        client.force_login(User.objects.create_superuser("bench"))
        floor = median_ms(lambda: client.get("/health/live"), RUNS)
        self._say("liveness page (floor of the pages)", floor, floor)
        addresses = ["/", *(f"/plans/{slug}/" for slug in PLANS)]
        addresses += [f"/plans/{slug}/spend-lines/" for slug in PLANS]
        addresses += [f"/admin/plans/plan/{Plan.objects.get(slug=PLANS[0]).pk}/change/"]
        for address in addresses:
            self._say(address, median_ms(partial(client.get, address), RUNS), floor)
        for plan in Plan.objects.filter(slug__in=PLANS).select_related("cycle", "part_of"):
            checked = median_ms(partial(check_whole, plan), RUNS)
            self._say(f"checks of {plan.slug}, gathered and made", checked, floor)
        self._grid(client, floor)  # last of these, for it adds lines to a plan
        for plan in Plan.objects.filter(slug__in=PLANS):
            self._say(f"totals of {plan.slug}", median_ms(partial(_totals, plan), RUNS), floor)

    def _grid(self, client: Client, floor: float) -> None:
        """A table of 500 spend lines: showing it, and saving it with three of them changed."""
        plan = Plan.objects.get(slug=PLANS[0])
        Plan.objects.filter(pk=plan.pk).update(status=PlanStatus.DRAFT)
        year = plan.cycle.years[0]
        missing = GRID_ROWS - plan.spendlines.count()
        save_rows(
            [
                SpendLine(plan=plan, financial_year=year, description=f"Line {n}", amount=n)
                for n in range(missing)
            ]
        )
        address = f"/admin/schemes/spendline/grid/{plan.slug}/"
        shown = median_ms(partial(client.get, address), RUNS)
        self._say(f"table of {GRID_ROWS} spend lines, shown", shown, floor)
        themes = iter(range(RUNS + 1))

        def save() -> None:
            posted = dict(_TOKEN.findall(client.get(address).content.decode()))
            theme = f"Theme {next(themes)}"
            changed = {f"r{n}-theme": theme for n in range(3)}
            ticks = {f"r{n}-in_pool": "yes" for n in range(3)}
            answer = client.post(address, {**posted, **changed, **ticks})
            assert answer.status_code == HTTPStatus.FOUND

        saved = median_ms(save, RUNS)
        self._say(f"table of {GRID_ROWS}, shown, 3 rows saved", saved, floor)

    def _files(self) -> None:
        """A file of 10,000 spend lines: added, then each changed, with a preview before."""
        Plan.objects.filter(slug=PLANS[0]).update(status=PlanStatus.DRAFT)
        person = User.objects.get(username="bench")
        new = _file_of_lines()
        floor = median_ms(lambda: read_table("lines.csv", new), RUNS)
        self._say(f"reading {FILE_ROWS:,} rows (floor of the imports)", floor, floor)
        self._import(new, "added", person, floor)
        refs = SpendLine.objects.filter(description__startswith="Imported").order_by("pk")
        changed = _file_of_lines(*refs.values_list("ref", flat=True))
        self._import(changed, "changed", person, floor)

    def _import(self, content: bytes, what: str, person: User, floor: float) -> None:
        kind = RESOURCES[SpendLine]
        start = time.perf_counter()
        kept = rows_check(resource=kind, name="lines.csv", content=content, by=person)
        checked = time.perf_counter()
        assert kept.outcome.to_write == FILE_ROWS
        rows_import(kept=kept, resource=kind, by=person)
        done = time.perf_counter()
        self._say(f"preview, {FILE_ROWS:,} spend lines {what}", (checked - start) * 1000, floor)
        self._say(f"import, {FILE_ROWS:,} spend lines {what}", (done - checked) * 1000, floor)

    def _pdfs(self) -> None:
        for plan in Plan.objects.filter(slug__in=PLANS):
            html = document_html(plan_document(plan, plan.parts.all()))
            bare = median_ms(HTML(string=html).write_pdf, PDF_RUNS)
            self._say(f"PDF of {plan.slug}, bare HTML (floor)", bare, bare)
            cold = median_ms(partial(_cold_pdf, plan), PDF_RUNS)
            self._say(f"PDF of {plan.slug}, cold", cold, bare)
            pages = _pages_of(html)
            self.stdout.write(f"{'':<10}{pages} pages, {pages / cold * 1000:.1f} pages a second")
            work = partial(plan_pdf, plan, plan.parts.all())
            self._say(f"PDF of {plan.slug}, kept", median_ms(work, PDF_RUNS), bare)

    def _say(self, what: str, median: float, floor: float) -> None:
        self.stdout.write(f"{what:<48} {median:9.1f} ms {median / floor:7.1f} × the floor")
