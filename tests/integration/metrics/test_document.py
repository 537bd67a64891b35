"""The chapters of a plan's document on metrics and on payment for performance."""

from decimal import Decimal

import pytest

from bcf.periods import FinancialYear
from bcf.reporting.documents import planning_template, read_plan
from bcf.reporting.documents.model import Facts, Section, Tabled, Words
from bcf.ui.tables import Table, formatted
from metrics.choices import Attribution, Better, Measure, Method, ValueKind
from metrics.models import Metric, MetricValue
from plans.models import Plan
from tests.factories.board import BoardFactory
from tests.factories.cycle import CycleFactory
from tests.factories.metric import MetricFactory
from tests.factories.metric_value import MetricValueFactory
from tests.factories.plan import PlanFactory
from tests.factories.population import PopulationFactory

pytestmark = pytest.mark.django_db

YEAR = FinancialYear(2014)
MONTHS = [month for quarter in YEAR.quarters for month in quarter.months]


@pytest.fixture
def plan() -> Plan:
    made: Plan = PlanFactory(cycle=CycleFactory(key="2014-16"), boards=[BoardFactory()])
    return made


@pytest.fixture
def days() -> Metric:
    made: Metric = MetricFactory(key="dtoc", better=Better.LOWER, age_band="18+")
    return made


def section(plan: Plan, key: str) -> Section:
    """The section of this key, however deep it stands."""

    def find(sections: tuple[Section, ...]) -> Section | None:
        for each in sections:
            if each.key == key:
                return each
            found = find(each.sections)
            if found:
                return found
        return None

    read = read_plan(plan, plan.parts.all())
    found = find(planning_template(read).sections)
    assert found is not None, key
    return found


def table(plan: Plan, section_key: str, key: str) -> Table:
    found = section(plan, section_key).blocks
    (made,) = (b.table for b in found if isinstance(b, Tabled) and b.table.key == key)
    return made


def rows_of(made: Table) -> list[list[str]]:
    return [
        [formatted(cell, column) for cell, column in zip(row.cells, made.columns, strict=True)]
        for row in made.rows
    ]


def monthly(plan: Plan, metric: Metric, count: int = 12, **given: object) -> None:
    for place, month in enumerate(MONTHS[:count]):
        MetricValueFactory(
            plan=plan,
            board=plan.boards.get(),
            metric=metric,
            kind=ValueKind.PLAN,
            period=str(month),
            **{"unit": "days", "value": Decimal(10 + place), **given},
        )


def test_a_whole_year_of_months_is_added(plan: Plan, days: Metric) -> None:
    monthly(plan, days)
    made = table(plan, "metric-dtoc", "metric-dtoc-months-1")
    assert len(made.rows) == 13
    assert made.rows[-1].emphasis
    name = "2014\N{EN DASH}15, twelve months together (worked out)"
    assert rows_of(made)[-1] == [name, "186"]


def test_a_year_with_a_month_missing_is_not_added(plan: Plan, days: Metric) -> None:
    monthly(plan, days, count=11)
    made = table(plan, "metric-dtoc", "metric-dtoc-months-1")
    assert not any(row.emphasis for row in made.rows)


def test_monthly_rates_are_worked_out_beside_the_printed_ones(plan: Plan, days: Metric) -> None:
    PopulationFactory(plan=plan, board=plan.boards.get(), period=str(YEAR), count=10_000)
    rate = {"measure": Measure.RATE, "unit": "per 100,000 people", "per": 100_000}
    monthly(plan, days, numerator=Decimal(25), value=Decimal("249.9"), **rate)
    made = table(plan, "metric-dtoc", "metric-dtoc-months-1")
    assert [each.label for each in made.columns][2] == "Whole, worked out"
    assert rows_of(made)[0][1:] == ["249.9", "250"]
    assert rows_of(made)[-1][1:] == ["", "3,000"]
    assert any(note.startswith("Rates worked out") for note in made.notes)


def test_a_printed_rate_stands_beside_what_it_comes_to(plan: Plan, days: Metric) -> None:
    board = plan.boards.get()
    PopulationFactory(plan=plan, board=board, period="2014-15", count=10_000)
    of = {"plan": plan, "board": board, "metric": days, "period": "2014-15"}
    MetricValueFactory(**of, value=Decimal(20), comment="As counted")
    MetricValueFactory(
        **of,
        measure=Measure.RATE,
        unit="per 100,000 people",
        per=100_000,
        value=Decimal("201.5"),
        comment="As printed",
    )
    made = table(plan, "metric-dtoc", "metric-dtoc")
    notes = [cell.note for row in made.rows for cell in row.cells if cell.note]
    working = "Worked out: 200 (20 admissions ÷ 10,000 people × 100,000)."
    assert notes == ["As counted", f"As printed. {working}"]


def test_changes_are_said_in_words(plan: Plan, days: Metric) -> None:
    board = plan.boards.get()
    of = {"plan": plan, "board": board, "metric": days, "attribution": Attribution.TOTAL}
    MetricValueFactory(**of, kind=ValueKind.BASELINE, period="2013-14", value=Decimal(100))
    MetricValueFactory(**of, kind=ValueKind.TARGET, period="2014-15", value=Decimal(90))
    MetricValueFactory(**of, kind=ValueKind.ACTUAL, period="2014-15", value=Decimal(95))
    said = {row[0]: row[-1] for row in rows_of(table(plan, "metric-dtoc", "metric-dtoc"))}
    assert said == {
        "2013\N{EN DASH}14": "",
        "2014\N{EN DASH}15": (
            "Target on the baseline: down 10 (10%), better; "
            "Actual against the target: up 5 (5.6%), worse; "
            "Actual on the baseline: down 5 (5%), better"
        ),
    }


def test_what_boards_measured_is_held_against_the_plan(plan: Plan, days: Metric) -> None:
    board = plan.boards.get()
    of = {"board": board, "metric": days, "period": "2014-15"}
    MetricValueFactory(plan=plan, **of, kind=ValueKind.PLAN, value=Decimal(90))
    MetricValueFactory(**of, kind=ValueKind.ACTUAL, value=Decimal(81))
    (row,) = rows_of(table(plan, "metric-dtoc", "metric-dtoc"))
    assert row[-1] == "Actual against the plan: down 9 (10%), better"


def admissions(
    plan: Plan, period: object, kind: ValueKind, count: int, measure: Measure = Measure.COUNT
) -> None:
    metric = Metric.objects.filter(key="nea").first() or MetricFactory(key="nea")
    MetricValueFactory(
        plan=plan,
        board=plan.boards.get(),
        metric=metric,
        period=str(period),
        kind=kind,
        measure=measure,
        value=Decimal(count),
    )


def payment_blocks(plan: Plan) -> list[object]:
    return list(section(plan, "part-2-performance").blocks)


def facts_in(blocks: list[object]) -> dict[str, str]:
    return {f.label: f.answer for block in blocks if isinstance(block, Facts) for f in block.facts}


def test_a_payment_is_worked_out_by_quarter(plan: Plan) -> None:
    (payment,) = plan.cycle.definition.payments
    for quarter in payment.quarters:
        admissions(plan, quarter.baseline, ValueKind.BASELINE, 1000)
        admissions(plan, quarter.performance, ValueKind.PLAN, 960)
    admissions(plan, payment.quarters[0].performance, ValueKind.ACTUAL, 970)
    blocks = payment_blocks(plan)
    facts = facts_in(blocks)
    price = payment.unit_price
    assert facts["Planned reduction (worked out)"] == "160 cases"
    worth = f"160 cases × £{price:,} = £{160 * price:,}"
    assert facts["Value of the fund (worked out)"] == worth
    assert facts["Paid for the quarters that are known"] == f"£{30 * price:,}"
    assert facts["Not paid, or not yet"] == f"£{130 * price:,}"
    (made,) = (block.table for block in blocks if isinstance(block, Tabled))
    first, second, *_ = rows_of(made)
    assert first[2:5] == ["1,000", "960", "970"]
    assert first[6:] == ["40", "30", f"£{30 * price:,}", f"£{10 * price:,}"]
    assert second[6:] == ["80", "not stated", "not stated", "not stated"]


def test_without_its_quarters_nothing_is_paid_and_nothing_invented(plan: Plan) -> None:
    admissions(plan, "2015-16", ValueKind.PLAN, -50, Measure.CHANGE)
    blocks = payment_blocks(plan)
    (payment,) = plan.cycle.definition.payments
    said = [block.text for block in blocks if isinstance(block, Words)]
    assert any("not checked against a source" in each for each in said)
    assert any("no payment by quarter is worked out" in each for each in said)
    label = "Reduction planned for 2015\N{EN DASH}16, at this price (worked out)"
    worth = f"50 admissions × £{payment.unit_price:,} = £{50 * payment.unit_price:,}"
    assert facts_in(blocks)[label] == worth
    (made,) = (block.table for block in blocks if isinstance(block, Tabled))
    assert {cell for row in rows_of(made) for cell in row[2:5]} == {"not stated"}
    assert len(made.columns) == 6


def test_more_cases_are_worth_nothing(plan: Plan) -> None:
    (payment,) = plan.cycle.definition.payments
    for quarter in payment.quarters:
        admissions(plan, quarter.baseline, ValueKind.BASELINE, 1000)
        admissions(plan, quarter.performance, ValueKind.PLAN, 1010)
    facts = facts_in(payment_blocks(plan))
    assert facts["Value of the fund (worked out)"] == "£0"


def test_a_month_that_is_suppressed_is_said_and_its_year_is_not_added(
    plan: Plan, days: Metric
) -> None:
    monthly(plan, days)
    first = MetricValue.objects.get(period=str(MONTHS[0]))
    first.value, first.is_suppressed = None, True
    first.save()
    made = table(plan, "metric-dtoc", "metric-dtoc-months-1")
    assert rows_of(made)[0][1] == "suppressed"
    assert not any(row.emphasis for row in made.rows)
    assert any(note.startswith("What is suppressed is a small number") for note in made.notes)


def test_an_average_delay_by_month_is_worked_out_of_bed_days_lost(plan: Plan) -> None:
    delay = MetricFactory(key="discharge-delay", name="Delay", method=Method.AVERAGE_DELAY)
    average = {"measure": Measure.AVERAGE, "unit": "days", "value": Decimal("0.75")}
    monthly(plan, delay, numerator=Decimal(150), denominator=Decimal(200), **average)
    made = table(plan, "metric-discharge-delay", "metric-discharge-delay-months-1")
    assert rows_of(made)[0][1:] == ["0.75", "0.75"]
    assert any(note.startswith("Averages worked out: bed days lost") for note in made.notes)
    # A year's average is not its months' averages added, nor its people's.
    assert not any(row.emphasis for row in made.rows)
