"""What the API tells of a plan as a whole: the figures, findings and changes of its pages."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from bcf.accounts.models import User
from bcf.assurance.checks.asking import check_for
from bcf.assurance.gather import gather
from bcf.assurance.summary import summarise
from bcf.money import format_pounds
from plans.models import Plan
from plans.queries import parts_visible_to
from tests.factories import BoardFactory, ContributionFactory, PlanFactory, SpendLineFactory
from tests.integration.api.asking import ask, csv_rows, refusals, results

PLANS = (
    "barnet-2014-16",
    "tri-borough-2014-16",
    "bhr-2017-19",
    "barking-and-dagenham-2017-19",
    "havering-2017-19",
    "redbridge-2017-19",
)


@pytest.fixture
def client(administrator: User, sign_in: Any) -> Client:
    return sign_in(administrator)


def _added(rows: list[dict[str, Any]]) -> Decimal | None:
    amounts = [Decimal(row["amount"]) for row in rows if row["amount"]]
    return sum(amounts, Decimal(0)) if amounts else None


@pytest.mark.parametrize("slug", PLANS)
def test_the_summary_has_the_totals_of_the_page_and_of_the_rows(
    slug: str, client: Client, administrator: User, real_plans: None
) -> None:
    plan = Plan.objects.get(slug=slug)
    found = summarise(gather(plan, parts_visible_to(administrator, plan)))
    told = ask(client, f"plans/{slug}/summary/")
    page = client.get(f"/plans/{slug}/").content.decode()

    family = [slug, *plan.parts.values_list("slug", flat=True)]
    for place, year in enumerate(found.years):
        balance = told["balances"][place]
        assert balance["financial_year"] == str(year)
        assert balance["income"] == str(found.balances[place].income)
        spend = found.balances[place].spend
        assert balance["spend"] == (None if spend is None else str(spend))
        if spend is not None:
            assert format_pounds(spend) in page
        asked = {"plan": family, "financial_year": str(year), "counts": "true"}
        for rows in (
            results(client, "spend-lines", **asked),
            csv_rows(client, "spend-lines", **asked),
        ):
            assert _added(rows) == spend
    assert told["spend"]["total"] == (None if found.spend.total is None else str(found.spend.total))
    by_scheme = {line["label"]: line["total"] for line in told["spend_by_scheme"]}
    assert by_scheme == {
        line.choice.label: None if line.total is None else str(line.total)
        for line in found.spend_by_scheme
    }
    assert [each["plan"] for each in told["parts"]] == [each.slug for each in found.parts]
    assert [each["is_met"] for each in told["minimums"]] == [each.is_met for each in found.minimums]
    assert told["hidden_parts"] == 0


@pytest.mark.parametrize("slug", PLANS)
def test_the_findings_are_those_of_the_page(
    slug: str, client: Client, administrator: User, real_plans: None
) -> None:
    found = check_for(administrator, Plan.objects.get(slug=slug))
    told = ask(client, f"plans/{slug}/checks/")
    assert [each["message"] for each in told["findings"]] == [each.sentence for each in found.found]
    assert [each["code"] for each in told["findings"]] == [each.code for each in found.found]
    assert list(told["counts"].values()) == list(found.counts().values())
    assert sum(told["counts"].values()) == len(told["findings"]) > 0


def test_a_part_that_is_hidden_is_in_no_total_and_is_counted(
    sign_in: Callable[..., Client], outsider: User
) -> None:
    east, west = BoardFactory(), BoardFactory()
    joint = PlanFactory(slug="joint", boards=[east, west], status="submitted")
    for board, status in ((east, "submitted"), (west, "draft")):
        part = PlanFactory(boards=[board], part_of=joint, status=status)
        ContributionFactory(plan=part, amount=100, financial_year="2017-18")
    told = ask(sign_in(outsider), "plans/joint/summary/")
    assert told["income"]["total"] == "100.00"
    assert (len(told["parts"]), told["hidden_parts"]) == (1, 1)


def test_the_history_has_the_changes_of_rows_field_by_field(
    client: Client, administrator: User
) -> None:
    line = SpendLineFactory(plan=PlanFactory(slug="own"), description="Carers", amount=1)
    line.amount = Decimal(2)
    line._history_user = administrator
    line.save()

    page = ask(client, "plans/own/history/", kind="schemes.spendline", page_size=1)
    assert page["count"] == 2
    assert "page=2" in page["next"]
    [entry] = page["results"]
    assert entry["by"] == str(administrator)
    [row] = entry["rows"]
    assert (row["kind"], row["plan"], row["ref"]) == ("schemes.spendline", "own", line.ref)
    assert (row["what"], row["version"]) == ("Changed", 2)
    assert row["differences"] == [{"field": "amount", "label": "Amount", "old": "£1", "new": "£2"}]
    assert ask(client, "plans/own/history/", since="2199-01-01")["count"] == 0
    assert ask(client, "plans/own/history/", since="2000-01-01T00:00:00Z")["count"] > 2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("since=yesterday", ("invalid-value", "since")),
        ("since=2026-02-30", ("invalid-value", "since")),
        ("since=2026-02-03T25:00", ("invalid-value", "since")),
        ("kind=accounts.user", ("invalid-value", "kind")),
        ("by=1", ("unknown-filter", "by")),
        ("page=9", ("invalid-page", "page")),
        ("format=csv", ("unknown-format", "format")),
    ],
)
def test_what_a_history_cannot_be_asked_is_refused(
    query: str, expected: tuple[str, str], client: Client
) -> None:
    PlanFactory(slug="own")
    assert refusals(client, f"plans/own/history/?{query}") == [expected]


def test_a_summary_takes_no_filters(client: Client) -> None:
    PlanFactory(slug="own")
    for name in ("summary", "checks"):
        found = refusals(client, f"plans/own/{name}/?financial_year=2017-18")
        assert found == [("unknown-filter", "financial_year")]
