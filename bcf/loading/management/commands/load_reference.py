"""Load cycles, organisations, boards, their codes and funding shares."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bcf.loading.reference import load_reference
from bcf.loading.tables import FixtureError
from plans.models import Board


class Command(BaseCommand):
    help = (
        "Load cycles, organisations, boards, their codes and funding shares. What is there is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is a board already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Board.objects.exists():
            self.stdout.write("Reference data is there already.")
            return
        try:
            saved = load_reference()
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write("Saved " + ", ".join(f"{n} {kind}" for kind, n in saved.items()) + ".")
