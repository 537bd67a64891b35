from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from bcf.assurance.agreements.values import Agreement, Agreements, Happened
from bcf.assurance.agreements.year_end import as_agreed_on, at_year_end, later_events, years_told
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.periods import FinancialYear, NotStated, PartialDate
from governance.rules import Terms
from tests.unit.assurance.agreement_values import COUNCIL, NHS, Y1, Y2, actual, agreement, value

TERMS = Terms(PartialDate(2040, 3), False, "", ("council", "nhs"), {Y1: D(900)})
LATER = date(2031, 4, 1)  # the day after the first year


def happened(effective: date, **given: Any) -> Happened:
    defaults: dict[str, Any] = {
        "number": 1,
        "action": "vary",
        "deed_date": None,
        "reason": "",
        "by": "",
        "successor": NOT_STATED,
        "terms_before": TERMS,
        "terms_after": TERMS,
    }
    return Happened(effective=effective, **{**defaults, **given})


def slugs(found: Agreements) -> list[str]:
    return [each.slug for each in found.rows]


def test_years_told_are_those_of_amounts_and_of_quarters() -> None:
    first = agreement(
        value(5, measure="pooled-fund"),
        value(5, measure="pooled-fund", year=NotStated()),
        value(None, measure="pooled-fund", year=FinancialYear(2040)),
    )
    second = agreement(actuals=(actual(1, 5, quarter=Y2.quarters[0]),))
    assert years_told(Agreements((first, second))) == (Y1, Y2)


@pytest.mark.parametrize(
    ("given", "is_told"),
    [
        ({}, True),
        ({"starts": PartialDate(2031, 3)}, True),
        ({"starts": PartialDate(2031, 4)}, False),
        ({"ends": PartialDate(2030, 4)}, True),
        ({"ends": PartialDate(2030, 3)}, False),
        ({"is_section_75": False}, False),
    ],
)
def test_only_what_ran_in_the_year_is_told(given: dict[str, Any], is_told: bool) -> None:
    found = at_year_end(Agreements((agreement(**given),)), Y1)
    assert slugs(found) == (["one"] if is_told else [])


def test_what_states_its_spend_is_told_though_it_starts_later() -> None:
    later = agreement(value(5), starts=PartialDate(2031, 4))
    planned = agreement(value(5, measure="pooled-fund"), slug="two", starts=PartialDate(2031, 4))
    assert slugs(at_year_end(Agreements((later, planned)), Y1)) == ["one"]


def test_terms_are_those_of_the_years_last_day() -> None:
    now = agreement(
        value(1000, measure="pooled-fund", as_printed="£1", is_put_right=True, ground="A table"),
        value(300, measure="pooled-fund", party=NHS),
        value(7, measure="spend"),
        ends=PartialDate(2031, 3, 31),
        parties=(COUNCIL,),
        providers=(),
        events=(happened(LATER),),
    )
    other = agreement(slug="two", parties=(NHS,))
    then, _ = at_year_end(Agreements((now, other)), Y1).rows
    assert then.ends == PartialDate(2040, 3)
    assert then.parties == (COUNCIL, NHS)
    assert [each.amount for each in then.values] == [D(900), D(300), D(7)]
    assert (then.values[0].as_printed, then.values[0].is_put_right) == ("", False)
    after, _ = at_year_end(Agreements((now, other)), FinancialYear(2030)).rows
    assert after.ends == PartialDate(2040, 3)
    assert as_agreed_on(now, LATER, {}) is now


def test_a_party_that_nobody_names_keeps_its_key() -> None:
    now = agreement(parties=(), events=(happened(LATER),))
    then = as_agreed_on(now, date(2031, 3, 31), {"nhs": NHS})
    assert then.parties == (Choice("council", "council"), NHS)


def test_later_events_are_those_of_the_next_year_in_order() -> None:
    days = (date(2031, 3, 31), date(2032, 3, 31), LATER, date(2032, 4, 1))
    row: Agreement = agreement(events=tuple(happened(day) for day in days))
    assert [each.effective for each in later_events(row, Y1)] == [LATER, date(2032, 3, 31)]
