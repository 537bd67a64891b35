"""Plans of plain values for tests of the checks of schemes, benefits and metrics: no database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from bcf.assurance.benefits import Benefits
from bcf.assurance.checks.finding import Finding, Severity
from bcf.assurance.checks.record import BoardRow, Record, SchemeRow
from bcf.assurance.checks.running import EVERY_CHECK
from bcf.assurance.figures import PlanFigures
from bcf.assurance.measured import About, Measured, MetricFigure, unit_of
from bcf.base.worked import RowRef, stated
from bcf.periods import parse_period
from metrics.choices import Better, Measure, ValueKind
from plans.cycle_definitions import CheckRule, CycleDefinition, CycleMetric, definition
from tests.unit.assurance.values import figures

BOARD = BoardRow("a", "A Health and Wellbeing Board", ("a",))
ABOUT = About("Delayed days", Better.LOWER, "18+")


def cycle(**given: Any) -> CycleDefinition:
    """A real cycle with some of its lists replaced."""
    return replace(definition("2014-16"), **given)


def metric(key: str = "dtoc", *plan_periods: str, label: str = "Delayed days") -> CycleMetric:
    periods = tuple(map(parse_period, plan_periods))
    return CycleMetric(
        key, label, verified=True, source="", frequency="yearly", plan_periods=periods
    )


def record(money: PlanFigures | None = None, **given: Any) -> Record:
    """A plan of one board, of the years 2015-16 and 2016-17."""
    defaults: dict[str, Any] = {
        "cycle": cycle(),
        "today": date(2015, 6, 1),
        "form": "july-2014",
        "boards": (BOARD,),
    }
    return Record(money=money or figures(), **{**defaults, **given})


def measured(*values: MetricFigure) -> Measured:
    return Measured(tuple(values))


def benefits(*rows: Any) -> Benefits:
    return Benefits(tuple(rows))


def found(of: Record, code: str, *metrics: str, **thresholds: Decimal) -> list[Finding]:
    """What one check finds in a plan."""
    named = {name.replace("_", "-"): value for name, value in thresholds.items()}
    rule = CheckRule(
        code, "", verified=True, source="", thresholds=MappingProxyType(named), metrics=metrics
    )
    return list(EVERY_CHECK[code](of, rule))


def told(findings: list[Finding]) -> list[tuple[Severity, str]]:
    return [(each.severity, each.sentence) for each in findings]


def scheme(reference: str, parent: str = "", *blank: str, **given: Any) -> SchemeRow:
    defaults: dict[str, Any] = {
        "owner": "a",
        "ref": reference.lower(),
        "name": f"Work {reference}",
        "theme": "",
        "scheme_type": "",
        "sub_type": "",
        "type_specified": "",
    }
    return SchemeRow(
        reference=reference, parent=parent.lower(), blank=blank, **{**defaults, **given}
    )


def value(number: str | None, period: str = "2015-16", **given: Any) -> MetricFigure:
    """A planned count of days, unless something else is given; `step` is what it is rounded to."""
    made: dict[str, Any] = {
        "metric": "dtoc",
        "about": ABOUT,
        "kind": ValueKind.PLAN,
        "plan": "a",
        "board": "a",
        "measure": Measure.COUNT,
        "unit": "days",
    } | given
    step, name = made.pop("step", None), made.pop("name", "")
    when = parse_period(period)
    kind = ValueKind(made["kind"]).label.lower()
    ref = "-".join((period, kind, *map(str, given.values())))
    row = RowRef(
        "metrics.metricvalue", made["plan"], ref, name or f"Delayed days, {kind}, {when.label}"
    )
    amount = None if number is None else Decimal(number)
    figure = None if amount is None else stated(amount, step, unit_of(made["unit"]), row)
    return MetricFigure(row=row, period=when, value=figure, **made)
