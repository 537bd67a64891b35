"""The money of a plan as an analyst adds it up from the API, in each of its formats."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.test import Client

from tests.integration.api.asking import ask, csv_rows, results, xlsx_rows

Sums = dict[tuple[str, str], int]
Lines = dict[str, list[int]]
Read = Callable[..., list[Any]]
FORMATS: dict[str, Read] = {"JSON": results, "CSV": csv_rows, "XLSX": xlsx_rows}
POOL = "pool"


def _pence(amount: Any) -> int:
    """Of the text of an amount, or of what a workbook keeps of it."""
    return int((Decimal(str(amount)) * 100).to_integral_exact())


def _summed(rows: list[Any], key: Callable[[Any], str], amount: str = "amount") -> Sums:
    found: Sums = defaultdict(int)
    for row in rows:
        if row[amount] not in (None, ""):
            found[key(row), row["financial_year"]] += _pence(row[amount])
    return dict(found)


def _scheme(row: Any) -> str:
    return f"{row['scheme_reference']} {row['scheme_name']}" if row["scheme"] else ""


SPEND: Mapping[str, Callable[[Any], str]] = {
    "scheme": _scheme,
    "theme": lambda row: row["theme"] or "",
    "source": lambda row: row["funding_source"] or "",
}


def money_in(name: str, client: Client, plans: list[str]) -> dict[str, Sums]:
    """Pence by key and year of these plans, of the rows in a format: income, and spend by cut."""
    read = FORMATS[name]
    lines = read(client, "spend-lines", plan=plans, counts="true", expand="scheme")
    paid = read(client, "contributions", plan=plans)
    stated = read(client, "requirements", plan=plans, rule="total-pool")
    by_source = {(row["plan"], row["financial_year"]) for row in paid}
    pools = [row for row in stated if (row["plan"], row["financial_year"]) not in by_source]
    income = _summed(paid, lambda row: row["funding_source"])
    return {
        "income": income | _summed(pools, lambda row: POOL, "actual"),
        **{cut: _summed(lines, key) for cut, key in SPEND.items()},
    }


def money_in_summary(client: Client, plan: str) -> dict[str, Lines]:
    """Pence by label, a year each, as the summary has them; its totals are those of its lines."""
    told = ask(client, f"plans/{plan}/summary/")
    names = {"income": "income_by_source"} | {cut: f"spend_by_{cut}" for cut in SPEND}
    found = {cut: _lines(told[name]) for cut, name in names.items()}
    for whole, cuts in (("income", ("income",)), ("spend", tuple(SPEND))):
        total = _pence(told[whole]["total"] or 0)
        for cut in cuts:
            assert sum(map(sum, found[cut].values())) == total
        assert sum(_pence(each[whole] or 0) for each in told["balances"]) == total
    for each in told["balances"]:
        if each["spend"] is not None:
            difference = _pence(each["income"]) - _pence(each["spend"])
            assert _pence(each["difference"]) == difference
    return found


def _lines(told: list[Any]) -> Lines:
    found = {
        line["label"]: [_pence(each["amount"] or 0) for each in line["amounts"]] for line in told
    }
    assert len(found) == len(told)
    assert all(sum(found[line["label"]]) == _pence(line["total"] or 0) for line in told)
    return found
