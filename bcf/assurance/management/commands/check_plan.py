"""Check a plan: its findings by section, and 1 as the exit status where there is an error."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bcf.assurance.checks.asking import check_whole
from plans.models import Plan


class Command(BaseCommand):
    help = "Print what a plan's checks find, by section, and exit with 1 where there is an error."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the plan's name in addresses, such as barnet-2014-16")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["slug"]
        plan = Plan.objects.select_related("cycle", "part_of__cycle").filter(slug=slug).first()
        if plan is None:
            known = ", ".join(Plan.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(
                f"There is no plan “{slug}”. There are: {known or 'none yet'}.", returncode=2
            )
        findings = check_whole(plan)
        for title, found in findings.by_section().items():
            self.stdout.write(self.style.MIGRATE_HEADING(title))
            for each in found:
                self.stdout.write(f"  {each.severity.label} ({each.code}): {each.sentence}")
        counts = [
            f"{severity.plural.lower()} {count}" for severity, count in findings.counts().items()
        ]
        self.stdout.write(f"{plan}: {', '.join(counts)}.")
        if findings.errors:
            sys.exit(1)
