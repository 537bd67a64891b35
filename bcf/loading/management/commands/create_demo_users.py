"""Users to try the product with, one a role."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from bcf.accounts.access import Role
from bcf.accounts.models import User
from bcf.settings import env
from plans.models import Board, Membership

ADMINISTRATOR, OUTSIDER = "administrator", "outsider"


class Command(BaseCommand):
    help = (
        "Create one user a role, named after it (viewer, analyst, editor, approver), each a "
        "member of every board; an administrator; and an outsider, member of none. Only while "
        "BCF_DEBUG=1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--password",
            help="the password of all of them; BCF_DEMO_PASSWORD, or made up, when left out",
        )
        parser.add_argument(
            "--if-missing", action="store_true", help="do nothing where they are there already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo users are only for trying the product, with BCF_DEBUG=1.")
        names = [*Role.values, ADMINISTRATOR, OUTSIDER]
        if options["if_missing"] and User.objects.filter(username__in=names).count() == len(names):
            self.stdout.write("The demo users are there already.")
            return
        given = options["password"] or env.str("BCF_DEMO_PASSWORD", default="")
        password = given or secrets.token_urlsafe(9)
        with transaction.atomic():
            for name in names:
                self._create(name, password)
        told = "the password given" if given else f"the password {password}"
        self.stdout.write(f"Demo users, all with {told}: {', '.join(names)}.")

    def _create(self, name: str, password: str) -> None:
        user, _ = User.objects.get_or_create(
            username=name,
            defaults={
                "name": f"Demo {name}",
                "email": f"{name}@demo.invalid",
                "is_superuser": name == ADMINISTRATOR,
            },
        )
        user.set_password(password)
        user.save()
        if name in Role.values:
            for board in Board.objects.exclude(memberships__user=user):
                Membership(user=user, board=board, role=Role(name)).save()
