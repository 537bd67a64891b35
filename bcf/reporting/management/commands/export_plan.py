"""Write a plan to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bcf.reporting.exports import plan_json, plan_pdf
from plans.models import Plan
from plans.queries import base_of

WRITERS = {"pdf": plan_pdf, "json": plan_json}


class Command(BaseCommand):
    help = "Write a plan to a file: its planning template as a PDF, or as structured data in JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the plan's name in addresses, such as barnet-2014-16")
        parser.add_argument("--format", choices=list(WRITERS), default="pdf")
        parser.add_argument("--output", type=Path, required=True, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, output = options["slug"], options["output"]
        plan = Plan.objects.select_related("cycle", "part_of__cycle").filter(slug=slug).first()
        if plan is None:
            known = ", ".join(Plan.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"There is no plan “{slug}”. There are: {known or 'none yet'}.")
        try:
            base = base_of(plan, Plan.objects.select_related("cycle"))
            write = WRITERS[options["format"]]
            output.write_bytes(write(plan, plan.parts.all(), plan.part_of, base))
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {plan} to {output}.")
