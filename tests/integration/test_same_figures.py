"""Database, page, API and PDF show the same figures, to the penny, for every real plan and year.

The rows are summed here by SQL of this file's own, apart from the product's totals.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client

from bcf.accounts.models import User
from bcf.reporting.documents.model import Tabled
from bcf.reporting.exports import plan_document
from plans.models import Plan
from tests.integration.api.totals import FORMATS, Lines, Sums, money_in, money_in_summary
from tests.integration.documents import PageTable, body_of, pdf_of, tables_of
from tests.integration.pdf_checks import check_contents, check_tags
from tests.integration.table_totals import amounts_in, expected_total, figures_in, has_money, summed

pytestmark = pytest.mark.django_db

PLANS = (
    "barnet-2014-16",
    "bhr-2017-19",
    "barking-and-dagenham-2017-19",
    "havering-2017-19",
    "redbridge-2017-19",
    "tri-borough-2014-16",
)
NOT_BY_SOURCE = "Stated total pool, not by source"
# This plan prints its pool and no line of spend: not stated, never nothing.
WITHOUT_SPEND = "tri-borough-2014-16"


def sums(sql: str, slug: str) -> Sums:
    """Pence by key and year, over the plan and its parts."""
    family = "SELECT id FROM plans_plan WHERE slug = %s OR part_of_id = (SELECT id FROM plans_plan WHERE slug = %s)"  # noqa: E501
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("FAMILY", f"({family})"), [slug, slug])
        return {(key, year): int(pence) for key, year, pence in cursor.fetchall()}


def spend(slug: str, key: str) -> Sums:
    return sums(
        f"""
        SELECT COALESCE(NULLIF({key}, ''), ''), line.financial_year, SUM(line.amount)
        FROM schemes_spendline line
        JOIN plans_plan plan ON plan.id = line.plan_id
        LEFT JOIN schemes_scheme scheme ON scheme.id = line.scheme_id
        WHERE line.plan_id IN FAMILY AND line.in_pool AND line.breaks_down_id IS NULL
        GROUP BY 1, 2
        """,  # noqa: S608
        slug,
    )


def income(slug: str) -> Sums:
    """Contributions by source, and of a plan that has none for a year, its stated pool."""
    by_source = sums(
        """
        SELECT funding_source, financial_year, SUM(amount) FROM plans_contribution
        WHERE plan_id IN FAMILY GROUP BY 1, 2
        """,
        slug,
    )
    pools = sums(
        """
        SELECT 'pool', pool.financial_year, SUM(pool.actual) FROM plans_requirement pool
        WHERE pool.plan_id IN FAMILY AND pool.rule = 'total-pool'
        AND NOT EXISTS (SELECT 1 FROM plans_contribution paid
            WHERE paid.plan_id = pool.plan_id AND paid.financial_year = pool.financial_year)
        GROUP BY 1, 2
        """,
        slug,
    )
    return by_source | pools


def pounds(pence: int) -> Decimal:
    return Decimal(pence) / 100


def written(amount: Decimal) -> str:
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    places = 0 if amount == int(amount) else 2
    return f"{sign}£{abs(amount):,.{places}f}"


def expected_lines(found: Sums, years: list[str], names: dict[str, str]) -> dict[str, list[int]]:
    lines: dict[str, list[int]] = defaultdict(lambda: [0] * len(years))
    for (key, year), pence in found.items():
        lines[names.get(key, key)][years.index(year)] += pence
    return lines


def assert_table(table: PageTable, lines: dict[str, list[int]], text: str) -> None:
    """The page's table has these lines and no other, and the PDF has each, amount for amount."""
    total = [sum(column) for column in zip(*lines.values(), strict=True)]
    expected = {**lines, "Total": total}
    assert {words for words, _ in table.rows} == set(expected)
    for name, pence in expected.items():
        amounts = [pounds(each) for each in (*pence, sum(pence))]
        *in_pounds, _share = table.amounts(name)
        shown = [amount or Decimal(0) for amount in in_pounds]
        assert shown == amounts, name
        cells = [written(pounds(each)) if each else "(?:£0|–)" for each in (*pence, sum(pence))]
        pattern = r"\s+(?:[^£]*?\s)?".join([re.escape(name), *cells])
        assert re.search(pattern.replace(r"\ ", r"\s*"), text), f"{name} {cells}"


def part_of(text: str, caption: str) -> str:
    """What the PDF has from a table's caption, where it stands over the table, to the next."""
    found = re.search(rf"Table \d+: {re.escape(caption)}(?! and)(.*?)(?=Table \d+: |$)", text)
    assert found, caption
    return found[1]


def test_every_real_plan_is_compared(real_plans: None) -> None:
    assert set(PLANS) == set(Plan.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("slug", PLANS)
def test_database_page_api_and_pdf_agree_to_the_penny(
    slug: str, real_plans: None, administrator: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(administrator)
    tables = tables_of(client.get(f"/plans/{slug}/").content.decode())
    content = client.get(f"/plans/{slug}/template.pdf").content
    reader = pdf_of(content)
    text = body_of(reader)
    definition = Plan.objects.get(slug=slug).cycle.definition
    years = list(definition.years)
    sources = {source.key: source.label for source in definition.funding_sources}
    sources |= {"": "Not stated", "pool": NOT_BY_SOURCE}

    paid = expected_lines(income(slug), years, sources)
    assert paid
    assert_table(tables["income-by-source"], paid, part_of(text, "Income by funding source"))

    cuts = {
        "scheme": (
            "CASE WHEN scheme.id IS NULL THEN '' ELSE scheme.reference || ' ' || scheme.name END"
        ),
        "theme": "line.theme",
        "source": "line.funding_source",
    }
    captions = {"scheme": "scheme", "theme": "theme", "source": "funding source"}
    spent: dict[str, list[int]] = {}
    by_cut = {"income": paid}
    for cut, key in cuts.items():
        spent = by_cut[cut] = expected_lines(spend(slug, key), years, sources)
        assert bool(spent) is (slug != WITHOUT_SPEND)
        if not spent:
            assert f"spend-by-{cut}" not in tables
            assert "No spend line is entered yet." in text
            continue
        assert_table(tables[f"spend-by-{cut}"], spent, part_of(text, f"Spend by {captions[cut]}"))

    check_api(client, slug, by_cut, lambda found: expected_lines(found, years, sources))

    balance = tables["balance"]
    in_pdf = part_of(text, "Income and spend by year")
    for place, year in enumerate([*years, "All years"]):
        whole_in = sum(sum(line) if year == "All years" else line[place] for line in paid.values())
        whole_out = sum(
            sum(line) if year == "All years" else line[place] for line in spent.values()
        )
        amounts: list[Decimal | None] = [pounds(whole_in), None, None]
        if spent:
            amounts[1:] = [pounds(whole_out), pounds(whole_in - whole_out)]
        label = year.replace("-", "–")
        assert balance.amounts(label) == amounts
        shown = ["not stated" if each is None else written(each) for each in amounts]
        assert " ".join([label, *shown]) in in_pdf
    page = tables_of(client.get(f"/plans/{slug}/template/").content.decode())
    check_every_table(Plan.objects.get(slug=slug), page, text)
    check_contents(reader)
    check_tags(content)


def check_api(
    client: Client, slug: str, by_cut: dict[str, Lines], named: Callable[[Sums], Lines]
) -> None:
    """The rows of the API add up to these lines in each format, and its summary has them."""
    family = Plan.objects.filter(Q(slug=slug) | Q(part_of__slug=slug)).values_list(
        "slug", flat=True
    )
    for name in FORMATS:
        found = money_in(name, client, list(family))
        assert {cut: named(sums) for cut, sums in found.items()} == by_cut, name
    assert money_in_summary(client, slug) == by_cut


def check_every_table(plan: Plan, page: dict[str, PageTable], text: str) -> None:
    """Each table of money of the document: its total by SQL, its rows, the page, and the PDF."""
    document = plan_document(plan, plan.parts.all(), plan.part_of)
    tables = [tabled for tabled in document.numbered_tables() if has_money(tabled)]
    assert len(tables) >= 4
    for tabled in tables:
        key, expected = tabled.table.key, expected_total(plan, tabled)
        check_page(page[key], tabled)
        assert f"Table {tabled.number}: {tabled.table.caption}" in text
        if not expected:
            assert tabled.table.total is None, key
            continue
        (total,) = total_of(tabled)
        stated = [each or Decimal(0) for each in total]
        # A column of unit prices has no total; the saving stands beside it.
        assert stated[-len(expected) :] == [each or Decimal(0) for each in expected], key
        if key != "balance" and "benefits" not in key:
            assert stated == [each or Decimal(0) for each in summed(tabled)], key
        last = written(stated[-1]) if expected[-1] is not None else ""
        assert last in part_of(text, tabled.table.caption), key


def total_of(tabled: Tabled) -> list[list[Decimal | None]]:
    whole = tabled.table.total
    return [amounts_in(whole, tabled)] if whole else []


def check_page(shown: PageTable, tabled: Tabled) -> None:
    """The page's table has the document's amounts in this order, and no other."""
    rows = [*tabled.table.rows, *([tabled.table.total] if tabled.table.total else [])]
    amounts = [figures_in(row, tabled) for row in rows]
    assert [each for _, each in shown.rows if any(each)] == [each for each in amounts if any(each)]


@pytest.mark.usefixtures("real_plans")
@pytest.mark.parametrize("slug", PLANS)
@pytest.mark.parametrize(
    ("page", "table"),
    [("spend-lines", "schemes_spendline"), ("contributions", "plans_contribution")],
)
def test_the_pages_of_rows_have_every_row_and_the_same_totals(
    slug: str,
    page: str,
    table: str,
    administrator: User,
    sign_in: Callable[[User], Client],
) -> None:
    client = sign_in(administrator)
    address = f"/plans/{slug}/{page}/"
    first = client.get(address)
    shown: list[Decimal | None] = []
    totals = set()
    for number in first.context["page_obj"].paginator.page_range:
        answer = client.get(address, {"page": number}).content.decode()
        if page not in tables_of(answer):
            break
        *rows, (_, whole) = tables_of(answer)[page].rows
        shown += [amounts[0] for _, amounts in rows]
        totals.add(whole[0])
    stored = sums(
        f"SELECT CAST(id AS text), '', amount FROM {table} WHERE plan_id IN FAMILY",  # noqa: S608
        slug,
    )
    assert sorted(each or Decimal(0) for each in shown) == sorted(map(pounds, stored.values()))
    counting = (
        spend(slug, "''").values()
        if page == "spend-lines"
        else [pence for (source, _), pence in income(slug).items() if source != "pool"]
    )
    assert totals == ({pounds(sum(counting))} if stored else set())
