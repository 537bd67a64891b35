"""What the checks must find in the reference plans, and what they must not."""

import csv
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from bcf.assurance.checks.finding import Severity
from bcf.assurance.checks.running import EVERY_CHECK
from bcf.assurance.figures import Printed
from bcf.assurance.kinds import kind_of
from bcf.base.worked import POUNDS, in_unit
from bcf.desk.index import admin_address
from tests.integration.oddities.found import (
    BARKING,
    BARNET,
    BHR,
    HAVERING,
    PRINTED,
    REDBRIDGE,
    TRI,
    FoundInPlans,
    On,
    on,
)

pytestmark = pytest.mark.django_db
PLANS = (BARNET, TRI, BHR, BARKING, HAVERING, REDBRIDGE)
ORACLE = Path(__file__).parents[1] / "oracle"
GRAVE = (Severity.ERROR, Severity.WARNING)
TIMES = {"GBP_million": 1_000_000, "GBP_thousand": 1_000}
WARNED = [
    on(BARNET, PRINTED, "scheme 2c", "3.49% is printed (Tables 3, 11", "is 3.48%"),
    on(BARNET, PRINTED, "scheme 2b", "5.53% is printed (Tables 4, 12", "is 5.52%"),
    on(BARNET, "scheme.components-differ", "add to £2,723,191, £270 more than", "£2,722,921"),
    on(BARNET, "scheme.components-differ", "is £1,314,215, £2,249 less than", "£1,316,464"),
    on(BARNET, "scheme.components-differ", "add to £10,638,808, £2,219 more than", "£10,636,589"),
    on(BARNET, PRINTED, "£2,054,100 (5(b)", "1,021 non-elective admissions × £2,004 is £2,046,084"),
    on(
        BHR,
        PRINTED,
        "Barking & Dagenham, 2018–19: £1,577,000 is printed (6.2), but its "
        "contributions (8.1.2) come to £1,517,000",
    ),
    on(BARKING, PRINTED, "£1,577,000 is printed (6.2)", "(8.1.2) come to £1,517,000"),
]
NOTED = [
    on(BHR, PRINTED, "£68,408,000 is printed (8.4", "the funding (8.1.1", "£68,409,000"),
    on(BHR, PRINTED, "£7,406,000 is printed (8.3", "the funding (8.1.2", "£7,407,000"),
    on(BARNET, "agreement.unit-suspect", "£3,642 of", "beside £30,272,581", "£3,642,000"),
]


@pytest.mark.parametrize("looked_for", WARNED, ids=lambda each: each.said[0])
def test_a_contradiction_is_a_warning(looked_for: On, found_in_plans: FoundInPlans) -> None:
    (finding,) = looked_for.found_in(found_in_plans)
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("looked_for", NOTED, ids=lambda each: each.said[0])
def test_what_is_explained_is_a_note(looked_for: On, found_in_plans: FoundInPlans) -> None:
    findings = looked_for.found_in(found_in_plans)
    assert {each.severity for each in findings} == {Severity.NOTE}


@pytest.mark.parametrize("plan", PLANS)
def test_every_check_of_the_cycle_answers(plan: str, found_in_plans: FoundInPlans) -> None:
    record = found_in_plans.records[plan]
    for rule in record.cycle.checks:
        for finding in EVERY_CHECK[rule.key](record, rule):
            assert finding.code == rule.key
            assert finding.sentence[0].isupper() or not finding.sentence[0].isalpha()
            assert finding.sentence[-1] == "."
            assert finding.mend or rule.key == "share.not-100"


def test_what_mends_a_finding_has_a_form_with_the_field(found_in_plans: FoundInPlans) -> None:
    mends = {each.mend for findings in found_in_plans.findings.values() for each in findings.found}
    for mend in filter(None, mends):
        model = kind_of(mend.kind)
        assert admin_address(model, "changelist")
        assert mend.field in {"", *(field.name for field in model._meta.get_fields())}


def test_no_sentence_shows_a_key_or_an_empty_name(found_in_plans: FoundInPlans) -> None:
    for findings in found_in_plans.findings.values():
        for each in findings.found:
            assert not re.search(r"\bNone\b(?! of the)|[a-z]-[a-z]+-[a-z]+-\d", each.sentence)
            assert "“”" not in each.sentence, each.sentence
            assert "  " not in each.sentence, each.sentence


def confirmed(plan: str) -> list[tuple[Decimal, str, tuple[str, ...]]]:
    """The printed figures that the oracle finds right: each with its unit and its places."""
    rows = csv.DictReader((ORACLE / f"{plan}.csv").read_text(encoding="utf-8").splitlines())
    return [
        (
            Decimal(row["printed"] if "agrees" in row else row["expected"])
            * TIMES.get(row["unit"], 1),
            POUNDS if row["unit"].startswith(POUNDS) else row["unit"],
            tuple(row["place"].split("; ")),
        )
        for row in rows
        if row.get("agrees", "yes") == "yes" and row["unit"] not in ("flag", "score")
    ]


def names(printed: str, place: str) -> bool:
    """Whether a citation names a place: `Tables 3, 11` names `Table 3`."""
    number = place.removeprefix("Table ")
    return place in printed or bool(re.search(rf"Tables (\d+, )*{re.escape(number)}\b", printed))


def is_confirmed(printed: Printed, figures: list[tuple[Decimal, str, tuple[str, ...]]]) -> bool:
    """Whether the oracle finds this figure right in one of the places where it is printed."""
    return any(
        abs(printed.figure.value) == Fraction(value)
        and (printed.figure.unit == POUNDS) == (unit == POUNDS)
        and any(names(printed.place, place) for place in places)
        for value, unit, places in figures
    )


@pytest.mark.parametrize(("plan", "at_least"), [(BARNET, 25), (BHR, 100)])
def test_no_figure_that_the_oracle_confirms_is_accused(
    plan: str, at_least: int, found_in_plans: FoundInPlans
) -> None:
    figures = confirmed(plan)
    right = {
        each.figure.rows[0].ref
        for each in found_in_plans.records[plan].money.all_printed
        if is_confirmed(each, figures)
    }
    assert len(right) >= at_least
    blamed = {
        each.mend.ref
        for each in found_in_plans.findings[plan].with_code(PRINTED)
        if each.severity in GRAVE and each.mend
    }
    assert not right & blamed


@pytest.mark.parametrize("plan", PLANS)
def test_no_confirmed_figure_is_what_a_warning_is_about(
    plan: str, found_in_plans: FoundInPlans
) -> None:
    """Of rows of any kind, by the figure in words and the place that the sentence names."""
    of = plan if plan in (BARNET, TRI) else BHR
    words = [
        (in_unit(value, unit if unit in (POUNDS, "percent") else ""), places)
        for value, unit, places in confirmed(of)
    ]
    for finding in found_in_plans.findings[plan].found:
        if finding.severity in GRAVE:
            assert not [
                said
                for said, places in words
                if finding.found.lstrip("−").split(" ")[0] == said
                and any(f"({place}" in finding.sentence for place in places)
            ], finding.sentence
