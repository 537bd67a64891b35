"""Each head of regulation 7 is answered, answered from above, or a gap that names its field."""

from typing import Any

import pytest

from bcf.assurance.agreements.regulation7 import AMOUNTS, gaps, heads_of, is_asked
from bcf.assurance.agreements.values import Agreement, Note
from bcf.assurance.checks.finding import Severity
from bcf.base.worked import RowRef
from bcf.periods import PartialDate
from governance.models import Agreement as Row
from governance.models import AgreementValue
from tests.unit.assurance.agreement_values import COUNCIL, NHS, agreement, value

TEXTS = (
    "purpose",
    "contributions_varied",
    "functions",
    "services",
    "resources",
    "management",
    "ending",
)
POOL = value(10, measure="pooled-fund")


def full(**given: Any) -> Agreement:
    defaults: dict[str, Any] = {
        "says": {name: f"The {name}." for name in TEXTS},
        "starts": PartialDate(2029),
        "is_open_ended": True,
        "host": COUNCIL,
        "fund_manager": "Ann",
    }
    paid = [value(5, measure="contribution", party=party) for party in (COUNCIL, NHS)]
    return agreement(POOL, *paid, **{**defaults, **given})


def test_it_is_asked_of_pooled_funds_under_section_75_alone() -> None:
    assert is_asked(agreement(POOL))
    assert is_asked(agreement(arrangement="pooled-fund"))
    assert not is_asked(agreement())
    assert not is_asked(agreement(POOL, is_section_75=False))
    assert heads_of(agreement()) == ()


def test_an_agreement_that_says_all_has_no_gap() -> None:
    heads = heads_of(full())
    assert len(heads) == 11
    assert {head.place for head in heads} == {*(f"7({one})" for one in "abcdefg"), "7(4)"}
    assert all(head.is_answered and head.by is None for head in heads)
    assert gaps(heads) == ()
    paid = next(head for head in heads if head.key == "contributions")
    assert paid.answer == "2030–31: Council £5 and NHS £5."


def test_one_that_says_nothing_has_a_warning_for_each_head() -> None:
    found = gaps(heads_of(agreement(POOL)))
    assert len(found) == 11
    assert {each.severity for each in found} == {Severity.WARNING}
    assert all(each.code.startswith("agreement.regulation-7-") for each in found)
    assert all(each.section == "Agreements" for each in found)
    assert all(each.sentence.startswith("“One” does not say ") for each in found)


def test_the_mending_fields_are_those_of_the_agreement_and_are_named() -> None:
    for each in gaps(heads_of(agreement(POOL))):
        assert each.mend
        if each.mend.kind == AMOUNTS:
            assert AgreementValue._meta.label_lower == AMOUNTS
            continue
        field = Row._meta.get_field(each.mend.field)
        words = str(field.verbose_name)
        is_term = each.mend.field == "starts"
        assert is_term or words in each.sentence, each.sentence


@pytest.mark.parametrize(
    "key",
    ["aims", "functions", "duration", "ending", "management", "host", "manager", "resources"],
)
def test_a_schedule_is_answered_by_the_agreement_above_it(key: str) -> None:
    above = full(slug="above", title="Above")
    head = next(each for each in heads_of(agreement(POOL), [above]) if each.key == key)
    assert head.is_answered
    assert head.by
    assert head.by.key == "above"


def test_its_own_answer_comes_first_and_contributions_are_its_own() -> None:
    above = full(slug="above", title="Above")
    own = agreement(POOL, says={"functions": "Ours."})
    heads = {head.key: head for head in heads_of(own, [above])}
    assert (heads["functions"].answer, heads["functions"].by) == ("Ours.", None)
    assert not heads["contributions"].is_answered


def test_a_contribution_of_one_party_alone_is_no_answer() -> None:
    one = agreement(POOL, value(5, measure="contribution", party=NHS))
    assert not next(head for head in heads_of(one) if head.key == "contributions").is_answered


def test_outcomes_alone_are_an_answer_of_aims() -> None:
    note = Note("outcome", "Well.", RowRef("governance.agreementnote", "one", "x"))
    head = heads_of(agreement(POOL, notes=(note,)))[0]
    assert head.answer == "1 intended outcome recorded."


def test_of_a_term_the_date_that_is_wanting_is_mended() -> None:
    fields = {
        each.mend.field
        for one in (agreement(POOL), agreement(POOL, starts=PartialDate(2029)))
        for each in gaps(heads_of(one))
        if each.mend and each.code.endswith("-duration")
    }
    assert fields == {"starts", "ends"}
