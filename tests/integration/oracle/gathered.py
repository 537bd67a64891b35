"""Everything that the answers are given: what the product gathers from the loaded fixtures."""

from dataclasses import dataclass

from bcf.assurance.agreements.gathering import gather_agreements
from bcf.assurance.agreements.values import Agreements
from bcf.assurance.benefits import Benefits, gather_benefits
from bcf.assurance.figures import PlanFigures
from bcf.assurance.gather import figures_of, parts_in_order
from bcf.assurance.measured import Measured, gather_board_measured, gather_measured
from bcf.assurance.named import Named, gather_named
from bcf.assurance.risks import RiskValue, gather_risks
from governance.models import Agreement, Programme
from plans.models import Board, Plan


@dataclass(frozen=True)
class Gathered:
    """The reference plans and boards by slug, as plain values; the answers read no database."""

    plans: dict[str, PlanFigures]
    benefits: dict[str, Benefits]
    measured: dict[str, Measured]
    risks: dict[str, tuple[RiskValue, ...]]
    named: dict[str, Named]
    boards: dict[str, Measured]
    agreements: dict[str, Agreements]


def gather_everything() -> Gathered:
    plans = list(Plan.objects.select_related("cycle").prefetch_related("boards", "parts"))
    families = {plan.slug: [plan, *plan.parts.all()] for plan in plans}
    boards = list(Board.objects.all())
    return Gathered(
        plans={
            plan.slug: figures_of(plan, parts_in_order(plan, plan.parts.all()), with_printed=True)
            for plan in plans
        },
        benefits={slug: gather_benefits(family) for slug, family in families.items()},
        measured={slug: gather_measured(family) for slug, family in families.items()},
        risks={slug: gather_risks(family) for slug, family in families.items()},
        named=gather_named(plans),
        boards={board.slug: gather_board_measured(board) for board in boards},
        agreements={
            board.slug: gather_agreements(
                Agreement.objects.filter(boards=board), Programme.objects.filter(board=board)
            )
            for board in boards
        },
    )
