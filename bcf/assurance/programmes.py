"""Programmes of a board beside its plan, as plain values, and what they come to."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from bcf.assurance.figures import NOT_STATED, Choice
from bcf.base.worked import POUNDS, Figure, RowRef, added, stated
from bcf.periods import Period
from governance import models

PEOPLE = "people"


@dataclass(frozen=True)
class BudgetLine:
    """Money of a programme for one purpose in a year, in pounds, and who gives it."""

    year: Period
    label: str
    source: Choice
    amount: Decimal | None
    step: Decimal | None
    recurrence: str
    row: RowRef


@dataclass(frozen=True)
class Network:
    """A network of practices: its people as the overview states them, and as its own page does."""

    name: str
    practices: int | None
    people: int | None
    people_on_own_page: int | None
    row: RowRef


@dataclass(frozen=True)
class Mark:
    """An activity of a network in one month of its timetable."""

    network: str
    activity: str
    month: str
    position: int
    is_marked: bool
    row: RowRef


@dataclass(frozen=True)
class Programme:
    """A programme with its money, its networks and their timetables."""

    slug: str
    title: str
    lines: tuple[BudgetLine, ...]
    networks: tuple[Network, ...]
    marks: tuple[Mark, ...]


def programme_values(programmes: QuerySet[models.Programme]) -> tuple[Programme, ...]:
    """These programmes with their rows, in four queries."""
    found = programmes.order_by("pk").prefetch_related(
        Prefetch("budget_lines", models.ProgrammeBudgetLine.objects.select_related("source")),
        "networks",
        Prefetch("marks", models.ProgrammeMark.objects.select_related("network")),
    )
    return tuple(map(_programme, found))


def _programme(programme: models.Programme) -> Programme:
    def ref(row: Any) -> RowRef:
        return RowRef(row._meta.label_lower, programme.slug, row.ref, str(row))

    return Programme(
        slug=programme.slug,
        title=programme.title,
        lines=tuple(
            BudgetLine(
                year=row.financial_year,
                label=row.label,
                source=Choice(row.source.key, row.source.name) if row.source else NOT_STATED,
                amount=row.amount,
                step=None if row.differs_from_print(row.amount) else row.rounded_to,
                recurrence=row.recurrence,
                row=ref(row),
            )
            for row in programme.budget_lines.all()
        ),
        networks=tuple(
            Network(row.name, row.practices, row.population, row.population_on_own_page, ref(row))
            for row in programme.networks.all()
        ),
        marks=tuple(
            Mark(
                row.network.name,
                row.activity,
                row.month_in_words,
                row.position,
                row.marked,
                ref(row),
            )
            for row in programme.marks.all()
        ),
    )


def budget(programme: Programme, *, source: str = "", recurrence: str = "") -> Figure | None:
    """The budget, or the part of it that one organisation gives or that recurs or does not."""
    return added(
        stated(line.amount, line.step, POUNDS, line.row)
        for line in programme.lines
        if line.amount is not None
        and source in ("", line.source.key)
        and recurrence in ("", line.recurrence)
    )


def people(
    programme: Programme, networks: Collection[str] = (), *, on_own_pages: bool = False
) -> Figure | None:
    """The people of these networks, or of all, by the overview or by the networks' own pages.

    None where one of them states no number.
    """
    chosen = [each for each in programme.networks if not networks or each.name in networks]
    figures = []
    for each in chosen:
        count = each.people_on_own_page if on_own_pages else each.people
        if count is None:
            return None
        figures.append(stated(count, unit=PEOPLE, row=each.row))
    return added(figures)


def marked_months(programme: Programme) -> dict[str, int]:
    """How many cells are marked in each network's timetable, an activity in a month each."""
    counts: dict[str, int] = {}
    for mark in programme.marks:
        counts[mark.network] = counts.get(mark.network, 0) + mark.is_marked
    return counts
