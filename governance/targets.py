"""What rows of files point at: agreements, rules, programmes, their networks, and bodies."""

from typing import Any

from django.db.models import QuerySet

from bcf.base.references import PREFIX, Target
from governance.models import Agreement, Body, ProgrammeNetwork, RiskShare
from governance.queries import (
    agreements_visible_to,
    bodies_visible_to,
    programme_rows_visible_to,
    programmes_visible_to,
    risk_shares_visible_to,
)

AGREEMENTS = Target(
    "agreement",
    rows=lambda person: agreements_visible_to(person).prefetch_related("boards"),
    names=lambda agreement: [agreement.slug, agreement.title],
)


def risk_share_key(rule: RiskShare) -> str:
    """What a rule is called in files: `plan:ref`, `:agreement:ref`, `::board:ref`.

    What it names stands in that order, and what it does not name is left empty.
    """
    named = [getattr(each, "slug", "") for each in (rule.plan, rule.agreement, rule.board)]
    while not named[-1]:
        named.pop()
    return PREFIX.join((*named, rule.ref))


RISK_SHARES = Target(
    "risk share", rows=risk_shares_visible_to, names=lambda rule: [risk_share_key(rule)]
)
PROGRAMMES = Target(
    "programme",
    rows=programmes_visible_to,
    names=lambda programme: [programme.slug, programme.title],
)
NETWORKS = Target(
    "network",
    rows=lambda person: programme_rows_visible_to(person, ProgrammeNetwork.objects.all()),
    names=lambda network: [network.ref, network.name],
    place=lambda network: network.programme_id,
    within=lambda rows, programme: rows.filter(programme=programme),
    owner=PROGRAMMES,
    owner_id="programme_id",
)


def own_programme(row: Any) -> list[int | None]:
    """Where a row looks for networks."""
    return [row.programme_id]


def _same_placing(rows: QuerySet[Body], place: Any) -> QuerySet[Body]:
    plan, board = place
    return rows.filter(plan=plan, board=board)


BODIES = Target(
    "body",
    rows=bodies_visible_to,
    names=lambda body: [body.ref, body.name],
    place=lambda body: (body.plan_id, body.board_id),
    within=_same_placing,
)


def own_placing(row: Any) -> list[Any]:
    """Where a body looks for those to which it reports: in its plan, or of its board."""
    return [(row.plan_id, row.board_id)]


def schemes_places(row: Agreement) -> list[int | None]:
    """Where an agreement looks for schemes: in its plan, the parts of that, and its joint plan."""
    plan = row.plan if row.plan_id else None
    if plan is None:
        return []
    return [plan.pk, *(part.pk for part in plan.parts.all()), plan.part_of_id]
