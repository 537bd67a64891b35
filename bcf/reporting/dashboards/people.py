"""What it means for people: the figures of each national metric told as people a day, or of 100."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from bcf.assurance.checks.naming import joined, quoted
from bcf.assurance.checks.record import Record
from bcf.charts import Bar, BarChart, Group
from bcf.reporting.dashboards.panels import Link, Panel, Question
from bcf.reporting.dashboards.telling import (
    EACH,
    ToldFigure,
    is_asked,
    newest_told,
    plan_ahead,
    plan_for,
)
from bcf.reporting.dashboards.whose import of_board
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from plans.cycle_definitions import OF_100, CycleMetric

KEY, HEADING = "people", "What does it mean for people?"
ROUNDED = "Rounded to whole people, on an average day or week of the time that is stated."
FIGURES = "What was planned and what came of it, told for people"
# The decimals of people in a table.
PLACES = Decimal("0.1")


@dataclass(frozen=True)
class ForPeople:
    """A metric of one board told for people: the newest figure, its plan, and what is ahead.

    `stated` says whether there are figures at all, told or not.
    """

    board: str
    area: str
    metric: CycleMetric
    told: ToldFigure | None
    plan: ToldFigure | None
    ahead: ToldFigure | None
    stated: bool

    @property
    def sentence(self) -> str:
        """What the figure means, and then what was planned, and is planned for later."""
        planned = [self.plan.brief] if self.plan else []
        if self.ahead:
            planned.append(f"for {self.ahead.figure.period.label}, {self.ahead.brief}")
        said = [self.told.sentence] if self.told else []
        said += [f"Planned: {'; '.join(planned)}."] if planned else []
        return " ".join(said)


def people_question(record: Record, boards: Sequence[tuple[str, str]]) -> Question | None:
    """What each board's newest figures mean for people, by the board's slug and area.

    None where the cycle tells no metric for people.
    """
    metrics = [metric for metric in record.cycle.metrics if metric.told.way]
    if not metrics or not boards:
        return None
    found = {
        slug: [_for_people(record, slug, area, metric) for metric in metrics]
        for slug, area in boards
    }
    every = [each for own in found.values() for each in own]
    if not any(each.told for each in every):
        return Question(KEY, HEADING, (_nothing(every, [area for _, area in boards]),))
    several = len(boards) > 1
    return Question(
        KEY,
        HEADING,
        (ROUNDED,),
        (
            *(_of_area(found[slug], area if several else "") for slug, area in boards),
            *_compared(every, several=several),
        ),
    )


def _for_people(record: Record, board: str, area: str, metric: CycleMetric) -> ForPeople:
    figures = list(of_board(record, board))
    told = newest_told(metric, figures)
    is_actual = told is not None and not told.is_planned
    return ForPeople(
        board=board,
        area=area,
        metric=metric,
        told=told,
        plan=plan_for(told, figures) if told and is_actual else None,
        ahead=plan_ahead(told, figures) if told and is_actual else None,
        stated=any(is_asked(metric, each) for each in figures),
    )


def _of_area(own: Sequence[ForPeople], area: str) -> Panel:
    points = [each.sentence for each in own if each.told]
    return Panel(
        key=f"people-in-{own[0].board}",
        heading=area,
        sentences=tuple(_untold(own)),
        points=tuple(points),
    )


def _untold(own: Sequence[ForPeople]) -> Iterable[str]:
    """Of which metrics nothing can be told, and why."""
    silent = [quoted(each.metric.label) for each in own if not each.stated]
    unclear = [quoted(each.metric.label) for each in own if each.stated and not each.told]
    if silent:
        yield f"Neither a plan nor an actual figure is stated for {joined(silent)}."
    if unclear:
        yield (
            f"The figures for {joined(unclear)} do not say what time they are for, or do not say "
            "what they count, so how many people that is cannot be told."
        )


def _nothing(every: Iterable[ForPeople], areas: Sequence[str]) -> str:
    if any(each.stated for each in every):
        return (
            f"What the plan means for the people of {joined(areas)} cannot be told: no figure of "
            "a national metric says both what time it is for and what it counts."
        )
    return (
        f"What the plan means for the people of {joined(areas)} cannot be told: no planned and no "
        "actual figure of a national metric is stated for a board."
    )


# -- plan and actual side by side ----------------------------------------------------------


def _compared(every: Sequence[ForPeople], *, several: bool) -> Iterable[Panel]:
    """A picture for each metric and scale of which plan and actual are known, and one table."""
    groups: dict[tuple[str, str], list[ForPeople]] = {}
    for each in every:
        if each.told and each.plan:
            groups.setdefault((each.metric.key, each.told.scale), []).append(each)
    seen: set[str] = set()
    for (metric, _), rows in groups.items():
        key = f"people-{metric}" if metric not in seen else f"people-{metric}-of-a-number"
        seen.add(metric)
        yield _panel(key, rows, several=several)
    if groups:
        told = [each for rows in groups.values() for each in rows]
        yield Panel(key="people-figures", table=_table(told, several=several))


def _panel(key: str, rows: Sequence[ForPeople], *, several: bool) -> Panel:
    first = rows[0]
    address = reverse("board-metric", args=[first.board, first.metric.key])
    title = f"{first.metric.label}: {_unit(first)}"
    return Panel(
        key=key,
        heading=title,
        chart=BarChart(
            key,
            title,
            "The plan, and what came of it.",
            tuple(_group(each, several=several) for each in rows),
        ),
        link=None if several else Link(f"All figures: {first.metric.label}", address),
        is_beside=True,
    )


def _unit(each: ForPeople) -> str:
    """`people each day`, `people of every 100`, `people each day of every 100,000 people`."""
    told = each.metric.told
    if told.way == OF_100:
        return "people of every 100"
    of = each.told.of if each.told else ""
    return f"people {EACH[told.way]}{f' of every {of}' if of else ''}"


def _group(each: ForPeople, *, several: bool) -> Group:
    assert each.told is not None
    when = each.told.figure.period.label
    label = f"{each.area}, {when}" if several else when[:1].upper() + when[1:]
    pairs = (("Plan", each.plan), ("Actual", each.told))
    return Group(label, tuple(Bar(name, of.people, of.many) for name, of in pairs if of))


def _table(rows: Sequence[ForPeople], *, several: bool) -> Table:
    return build_table(
        "people-figures",
        FIGURES,
        [
            Column("Metric", is_row_header=True),
            *([Column("Area")] if several else []),
            Column("Time"),
            Column("Plan, as stated"),
            Column("Actual, as stated"),
            Column("Plan for people", "number"),
            Column("Actual for people", "number"),
        ],
        [_row(each, several=several) for each in rows],
    )


def _row(each: ForPeople, *, several: bool) -> Row:
    assert each.told is not None
    assert each.plan is not None
    pair = (each.plan, each.told)
    return build_row(
        [
            Cell(each.metric.label, note=_unit(each)),
            *([each.area] if several else []),
            each.told.figure.period.label,
            *(of.figure.value.words if of.figure.value else None for of in pair),
            *(of.people.quantize(PLACES).normalize() for of in pair),
        ]
    )
