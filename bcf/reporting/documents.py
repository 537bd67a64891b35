"""A plan as its planning template: sections of facts and tables, for any writer to render."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bcf.assurance.figures import PlanFigures
from bcf.assurance.money_tables import (
    balance_table,
    cited,
    income_table,
    outside_table,
    part_tables,
    spend_tables,
)
from bcf.assurance.summary import MoneySummary
from bcf.reporting.plan_tables import requirement_table
from bcf.ui.tables import Table
from bcf.ui.templatetags.ui import british_date, british_datetime
from plans.models import Plan

NOT_ANSWERED = "Not stated"


@dataclass(frozen=True)
class Section:
    """A heading with facts (question and answer) and tables under it."""

    key: str
    heading: str
    facts: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Document:
    """A plan as a document: what its cover says, and its sections in order."""

    title: str
    cycle: str
    boards: tuple[str, ...]
    status: str
    is_draft: bool
    changed_at: datetime | None
    sections: tuple[Section, ...]

    @property
    def stamp(self) -> str:
        """Which state of the plan this is: its status and when it last changed."""
        changed = f", last changed {british_datetime(self.changed_at)}" if self.changed_at else ""
        return f"{self.status}{changed}"


def planning_template(
    plan: Plan,
    figures: PlanFigures,
    summary: MoneySummary,
    *,
    changed_at: datetime | None,
) -> Document:
    """The plan as a document. What is not stated shows as not stated."""
    return Document(
        title=plan.title,
        cycle=plan.cycle.name,
        boards=tuple(board.name for board in plan.boards.all()),
        status=plan.get_status_display(),
        is_draft=plan.is_open,
        changed_at=changed_at,
        sections=(
            Section("details", "Plan details", facts=tuple(plan_facts(plan))),
            Section(
                "summary",
                "Summary of the money",
                tables=(balance_table(summary), *part_tables(summary), requirement_table(figures)),
            ),
            Section("funding", "Funding", tables=(income_table(summary),)),
            Section("spend", "Spend", tables=_spend(summary)),
        ),
    )


def _spend(summary: MoneySummary) -> tuple[Table, ...]:
    outside = outside_table(summary)
    return (*spend_tables(summary), *([outside] if outside else []))


def _named(noun: str, things: Sequence[object]) -> str:
    return noun if len(things) < 2 else f"{noun}s"


def plan_facts(plan: Plan) -> list[tuple[str, str]]:
    """The plan's details, as question and answer; an empty answer is said to be so."""
    boards = list(plan.boards.select_related("authority"))
    agreed = british_date(plan.agreed_on) if plan.agreed_on else plan.agreed_in_words
    councils = [board.authority.name for board in boards]
    commissioners = [each.name for each in plan.commissioners.all()]
    facts = [
        (_named("Health and Wellbeing Board", boards), ", ".join(str(board) for board in boards)),
        ("Local authority" if len(boards) < 2 else "Local authorities", ", ".join(councils)),
        (_named("NHS commissioner", commissioners), ", ".join(commissioners)),
        ("Cycle", plan.cycle.name),
        ("Boundary differences", plan.boundary_note),
        ("Date agreed at the Health and Wellbeing Board", agreed),
        ("Date submitted", plan.submitted_in_words),
        ("Source of this plan", cited(plan.citation)),
    ]
    return [(question, answer or NOT_ANSWERED) for question, answer in facts]
