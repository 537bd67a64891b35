"""Make up plans in the numbers that the product is built for."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bcf.loading.volume import AlreadyThere, Volume, make_volume
from plans.models import Cycle


class Command(BaseCommand):
    help = (
        "Make up boards, plans, spend lines and metric values, to time pages with. Their names "
        "begin with “Generated”. Only while BCF_DEBUG=1, into the database of DATABASE_URL."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        full = Volume()
        parser.add_argument("--boards", type=int, default=full.boards)
        parser.add_argument("--spend-lines", type=int, default=full.spend_lines)
        parser.add_argument("--metric-values", type=int, default=full.metric_values)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Made-up plans are only for trying the product, with BCF_DEBUG=1.")
        if not Cycle.objects.exists():
            raise CommandError("There is no cycle yet. Run “manage.py load_reference” first.")
        size = Volume(options["boards"], options["spend_lines"], options["metric_values"])
        if size.boards < 1:
            raise CommandError("Make at least one board.")
        try:
            saved = make_volume(size)
        except AlreadyThere as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Made " + ", ".join(f"{n:,} {kind}" for kind, n in saved.items()) + ".")
