"""Load the real plans."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bcf.loading.plans import load_plans
from bcf.loading.tables import FixtureError
from plans.models import Board, Plan


class Command(BaseCommand):
    help = "Load the real plans of fixtures/. Plans and rows that are there are kept as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is a plan already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Plan.objects.exists():
            self.stdout.write("There are plans already; none was loaded.")
            return
        if not Board.objects.exists():
            raise CommandError("There is no board yet. Run “manage.py load_reference” first.")
        try:
            saved = load_plans()
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        for name, rows in saved.items():
            self.stdout.write(f"{name}: {rows} rows saved.")
