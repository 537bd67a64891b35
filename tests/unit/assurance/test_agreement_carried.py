"""What an agreement carries of a plan, and its pool beside the plan's."""

from decimal import Decimal as D
from typing import Any

import pytest

from bcf.assurance.agreements.carried import income_of, lines_carried, pools_held
from bcf.assurance.figures import NOT_STATED, Choice, Contribution, PlanFigures, SpendLine
from bcf.assurance.totals import Verdict
from tests.unit.assurance.agreement_values import COUNCIL, Y1, Y2, agreement, value

ONE, TWO = Choice("one", "One"), Choice("two", "Two")


def line(ref: str, scheme: Choice, plan: str = "plan", **given: Any) -> SpendLine:
    defaults: dict[str, Any] = {"in_pool": True, "breaks_down": ""}
    return SpendLine(
        plan=plan,
        ref=ref,
        year=Y1,
        description=ref,
        source=NOT_STATED,
        theme=NOT_STATED,
        scheme=scheme,
        area=NOT_STATED,
        provider=NOT_STATED,
        amount=D(10),
        rounded_to=D("0.01"),
        citation=None,
        **{**defaults, **given},
    )


def contribution(amount: int, step: str = "0.01", plan: str = "plan") -> Contribution:
    source = Choice("dfg", "Grant")
    return Contribution(plan, Y1, source, NOT_STATED, COUNCIL, D(amount), D(step), None)


def plan(*contributions: Contribution, lines: Any = (), parts: Any = (), slug: str = "plan") -> Any:
    return PlanFigures(slug, "Plan", "Area", (Y1, Y2), contributions, tuple(lines), (), parts)


class TestLines:
    LINES = (
        line("a", ONE),
        line("b", TWO),
        line("c", ONE, in_pool=False),
        line("d", ONE, breaks_down="a"),
    )

    def test_those_of_its_schemes_that_count(self) -> None:
        part = plan(lines=[line("e", ONE, plan="part")], slug="part")
        money = plan(lines=self.LINES, parts=(part,))
        assert [each.ref for each in lines_carried(money, {("plan", "one")})] == ["a"]
        assert [each.ref for each in lines_carried(money, {("part", "one")})] == ["e"]

    def test_without_schemes_the_whole_pool(self) -> None:
        assert [each.ref for each in lines_carried(plan(lines=self.LINES), ())] == ["a", "b"]


class TestPools:
    @pytest.mark.parametrize(
        ("agreed", "step", "verdict", "off"),
        [
            (100, None, Verdict.BALANCED, 0),
            (110, None, Verdict.DIFFERS, 10),
            (110, 1000, Verdict.WITHIN_ROUNDING, 10),
        ],
    )
    def test_equal_or_by_how_much_they_differ(
        self, agreed: int, step: Any, verdict: Verdict, off: int
    ) -> None:
        pool = value(agreed, measure="pooled-fund", step=step and D(step))
        first, second = pools_held(agreement(pool), plan(contribution(60), contribution(40)))
        assert first.verdict is verdict
        assert first.difference is not None
        assert first.difference.rounded() == off
        assert (second.year, second.verdict) == (Y2, Verdict.NOT_STATED)
        assert second.difference is None

    def test_income_is_of_the_plan_and_its_parts_or_of_one(self) -> None:
        part = plan(contribution(5, plan="part"), slug="part")
        money = plan(contribution(60), parts=(part,))
        whole, own = income_of(money, Y1), income_of(money, Y1, "plan")
        assert whole is not None
        assert own is not None
        assert (whole.rounded(), own.rounded()) == (65, 60)
        assert income_of(money, Y2) is None
