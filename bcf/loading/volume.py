"""Made-up plans in the numbers that the product is built for, to time pages with.

Every name begins with “Generated”, every slug and key with `generated-`, so that nobody takes
them for a real plan. The same sizes give the same rows. They are saved in bulk, unchecked, and
leave no history.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product
from typing import Any

from django.db import models, transaction

from bcf.periods import FinancialYear, Month
from metrics.choices import Measure, ValueKind
from metrics.models import Metric, MetricValue
from plans.choices import OrganisationKind, PlanStatus
from plans.models import Board, Contribution, Cycle, Organisation, Plan
from schemes.models import Scheme, SpendLine

PREFIX = "generated-"
YEARS = 12
SCHEMES = 16
CONTRIBUTIONS = 8
BATCH = 2_000
SERVICES = (
    "reablement team",
    "falls service",
    "community equipment",
    "rapid response",
    "support for carers",
    "care homes team",
    "discharge to assess",
    "telecare",
)


class AlreadyThere(Exception):
    """The database holds generated plans already."""


@dataclass(frozen=True)
class Volume:
    """How much to make: all of England's boards for twelve years, unless said otherwise."""

    boards: int = 153
    spend_lines: int = 300_000
    metric_values: int = 500_000


@transaction.atomic
def make_volume(size: Volume) -> dict[str, int]:
    """Save made-up boards, plans, money and metric values; returns the rows saved, by kind.

    Cycles and metrics are there before. Raises `AlreadyThere` where it was done before.
    """
    if Board.objects.filter(slug__startswith=PREFIX).exists():
        raise AlreadyThere("There are generated plans in this database already.")
    boards = _boards(size.boards)
    plans = _plans(boards)
    schemes = _schemes(plans)
    return {
        "boards": len(boards),
        "plans": len(plans),
        "schemes": len(schemes),
        "contributions": _save(Contribution, _contributions(plans)),
        "spend lines": _spend_lines(plans, schemes, size.spend_lines),
        "metric values": _save(MetricValue, _metric_values(boards, size.metric_values)),
    }


def _save(model: type[models.Model], rows: Iterable[Any]) -> int:
    """Save rows batch by batch, so that they are never all in memory; returns how many."""
    saved = 0
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        model._default_manager.bulk_create(batch)
        saved += len(batch)
    return saved


def _boards(count: int) -> list[Board]:
    kinds = (OrganisationKind.LOCAL_AUTHORITY, OrganisationKind.NHS_PROVIDER)
    organisations = Organisation.objects.bulk_create(
        Organisation(
            key=f"{PREFIX}{kind}-{number:03}",
            name=f"Generated {kind.label} {number:03}",
            kind=kind,
        )
        for kind in kinds
        for number in range(1, count + 1)
    )
    return Board.objects.bulk_create(
        Board(
            slug=f"{PREFIX}{number:03}",
            name=f"Generated {number:03} Health and Wellbeing Board",
            authority=organisations[number - 1],
        )
        for number in range(1, count + 1)
    )


def _plans(boards: Sequence[Board]) -> list[Plan]:
    """Plans of each board for twelve years: as many of each cycle as it takes to fill them."""
    cycles = list(Cycle.objects.order_by("key"))
    rounds = max(1, YEARS // sum(len(cycle.years) for cycle in cycles))
    statuses = list(PlanStatus)
    plans = Plan.objects.bulk_create(
        Plan(
            slug=f"{board.slug}-{cycle.key}-{turn}",
            title=f"Generated plan {board.slug.removeprefix(PREFIX)}, {cycle.key}, version {turn}",
            cycle=cycle,
            status=statuses[(number + turn) % len(statuses)],
        )
        for number, board in enumerate(boards)
        for turn in range(1, rounds + 1)
        for cycle in cycles
    )
    through = Plan.boards.through
    each = len(plans) // len(boards)
    through.objects.bulk_create(
        through(plan_id=plan.pk, board_id=boards[number // each].pk)
        for number, plan in enumerate(plans)
    )
    return plans


def _schemes(plans: Sequence[Plan]) -> list[Scheme]:
    """Schemes of each plan, every fourth of them above the three that follow it."""
    schemes = [
        Scheme(
            plan=plan,
            ref=f"g{number}",
            reference=f"G{number}",
            name=f"Generated scheme {number}: {SERVICES[number % len(SERVICES)]}",
            theme=_theme(number // 4),
        )
        for plan in plans
        for number in range(SCHEMES)
    ]
    Scheme.objects.bulk_create(schemes, batch_size=BATCH)
    below = [scheme for number, scheme in enumerate(schemes) if number % 4]
    for number, scheme in enumerate(schemes):
        scheme.parent = schemes[number - number % 4] if number % 4 else None
    Scheme.objects.bulk_update(below, ["parent"], batch_size=400)
    return schemes


def _theme(number: int) -> str:
    return f"Generated theme {number}"


def _contributions(plans: Iterable[Plan]) -> Iterator[Contribution]:
    for plan in plans:
        sources = plan.cycle.definition.funding_sources
        for year, number in product(plan.cycle.years, range(CONTRIBUTIONS)):
            source = sources[number % len(sources)]
            yield Contribution(
                plan=plan,
                ref=f"{year}-g{number}",
                financial_year=year,
                funding_source=source.key,
                sub_source=f"g{number}",
                amount=_amount(plan.pk * 31 + number),
            )


def _amount(number: int) -> Decimal:
    """Some pounds and pence between £1,000 and £2,000,000, spread by the number."""
    return Decimal(100_000 + number * 7_919_333 % 199_900_000) / 100


def _spend_lines(plans: Sequence[Plan], schemes: Sequence[Scheme], count: int) -> int:
    """So many lines, one in ten of them a component of the line before its like."""
    years = [(place, year) for place, plan in enumerate(plans) for year in plan.cycle.years]
    each = -(-count // len(years))
    wholes = islice(
        (
            _line(plans[place], schemes[place * SCHEMES + number % SCHEMES], year, number)
            for place, year in years
            for number in range(each)
            if number % 10 != 9
        ),
        count - count // 10,
    )
    saved = _save(SpendLine, wholes)
    made = SpendLine.objects.filter(plan__slug__startswith=PREFIX).order_by("pk")
    broken_down = list(made.values_list("pk", flat=True)[::9][: count - saved])
    return saved + _save(SpendLine, _components(broken_down))


def _line(plan: Plan, scheme: Scheme, year: FinancialYear, number: int) -> SpendLine:
    cycle = plan.cycle.definition
    areas = cycle.areas_of_spend
    return SpendLine(
        plan=plan,
        scheme=scheme,
        ref=f"{year}-g{number}",
        financial_year=year,
        description=f"Generated line {number}: {SERVICES[number * 5 % len(SERVICES)]}",
        theme=scheme.theme,
        funding_source=cycle.funding_sources[number % len(cycle.funding_sources)].key,
        area_of_spend=areas[number % len(areas)].key if areas else "",
        amount=None if number % 50 == 49 else _amount(plan.pk * 97 + number),
        in_pool=number % 20 != 19,
    )


def _components(wholes: Sequence[int]) -> Iterator[SpendLine]:
    for start in range(0, len(wholes), BATCH):
        found = SpendLine.objects.in_bulk(wholes[start : start + BATCH])
        yield from map(_component, found.values())


def _component(whole: SpendLine) -> SpendLine:
    return SpendLine(
        plan_id=whole.plan_id,
        scheme_id=whole.scheme_id,
        ref=f"{whole.ref}-part",
        financial_year=whole.financial_year,
        description=f"Generated component of {whole.description.removeprefix('Generated ')}",
        theme=whole.theme,
        amount=whole.amount and whole.amount // 2,
        in_pool=whole.in_pool,
        breaks_down=whole,
    )


def _metric_values(boards: Iterable[Board], count: int) -> Iterator[MetricValue]:
    """Months of twelve years for each board: what was planned and what came to be."""
    metrics = list(Metric.objects.order_by("key"))
    first = min(cycle.years[0].first for cycle in Cycle.objects.all())
    months = [Month(first + number // 12, number % 12 + 1) for number in range(YEARS * 12)]
    kinds = (ValueKind.ACTUAL, ValueKind.PLAN)
    combinations = product(kinds, metrics, months, boards)
    for number, (kind, metric, month, board) in enumerate(islice(combinations, count)):
        yield MetricValue(
            board=board,
            metric=metric,
            ref=f"{metric.key}-{month}-{kind}",
            period=month,
            kind=kind,
            measure=Measure.COUNT,
            unit="generated",
            value=Decimal(number % 997),
        )
