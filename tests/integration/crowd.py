"""People who edit the same few rows at once, each a process of its own with a browser's forms.

Run by `test_many_at_once.py` as `python -m tests.integration.crowd prepare|edit NAME TIMES|count`
against the database of DATABASE_URL. An edit adds £1 to what its page showed, so that every
edit that was accepted, and none that was refused, is found in the sum.
"""

import random
import sys

import django

django.setup()

from decimal import Decimal  # noqa: E402

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from bcf.accounts.access import Role  # noqa: E402
from bcf.accounts.models import User  # noqa: E402
from plans.models import Contribution  # noqa: E402
from tests.factories import (  # noqa: E402
    ContributionFactory,
    MembershipFactory,
    OrganisationFactory,
    PlanFactory,
)
from tests.integration.pages import fields_of  # noqa: E402

PEOPLE, ROWS, TOLD, SESSION = 8, 24, "changed this row on", "sessionid"


def prepare() -> None:
    call_command("migrate", verbosity=0)
    plan = PlanFactory()
    for number in range(ROWS):
        contributor = OrganisationFactory(key=f"payer-{number}")
        ContributionFactory(plan=plan, contributor=contributor, amount=Decimal(0))
    for number in range(PEOPLE):
        MembershipFactory(
            board=plan.boards.get(), role=Role.EDITOR, user__username=f"person{number}"
        )


def edit(name: str, times: int) -> None:
    """Make so many accepted edits; says how many were refused because somebody was first."""
    client = Client(SERVER_NAME="localhost")
    user = User.objects.get(username=name)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    rows = list(Contribution.objects.values_list("pk", flat=True))
    chance = random.Random(name)  # noqa: S311 - no secret
    refused = 0
    for _ in range(times):
        while not add_one_pound(client, chance.choice(rows)):
            refused += 1
    print(refused)


def add_one_pound(client: Client, row: int) -> bool:
    address = reverse("admin:plans_contribution_change", args=[row])
    fields = fields_of(client.get(address))
    pounds = Decimal(fields["amount"].replace(",", "")) + 1
    # The note tells two edits apart that would set the same amount at the same time.
    typed = {
        **fields,
        "amount": str(pounds),
        "note": f"£{pounds} by {client.cookies[SESSION].value}",
    }
    answer = client.post(address, typed)
    if answer.status_code == 302:
        return True
    text = answer.content.decode()
    assert TOLD in text, f"{answer.status_code}: {text[:2000]}"
    assert fields_of(answer)["amount"] == typed["amount"], "what was typed is not there"
    return False


def count() -> None:
    rows = list(Contribution.objects.all())
    edits = Contribution.history.filter(history_type="~")
    people = edits.order_by().values("history_user").distinct().count()
    pounds = sum(row.amount or 0 for row in rows)
    print(pounds, sum(row.version - 1 for row in rows), edits.count(), people)


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "prepare":
        prepare()
    elif what == "edit":
        edit(rest[0], int(rest[1]))
    else:
        count()
