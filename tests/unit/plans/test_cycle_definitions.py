"""Cycle definition files: the real ones load, and a mistake is named by file, place and reason."""

import re
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.checks.registry import registry

from bcf.periods import PartialDate, parse_period
from plans import system_checks
from plans.cycle_definitions import (
    CycleDefinition,
    CycleDefinitionError,
    SchemeType,
    SubType,
    UnknownChoice,
    definition,
    definitions,
    line_of,
    load_definition,
)

FILES = Path(__file__).parent / "cycle_files"
WELL_MADE = (FILES / "2030-32.toml").read_text(encoding="utf-8")
ALL_SOURCES = ["nhs-minimum", "nhs-additional", "la-additional", "dfg"]

YEARS = 'years = ["2030-31", "2031-32"]'
INSIDE = "templates[only-form].sections[1].subsections[1a]"

# what is changed in the well-made file, into what, the key path and the reason reported
MISTAKES = {
    "not TOML": ('name = "Test cycle"', "name =", "", "cannot be read"),
    "unknown key": ("plan_required", "plan_requird", "plan_requird", "is not known here"),
    "unknown key of an entry": (
        "approves",
        "aproves",
        "ratings[approved].aproves",
        "is not known here",
    ),
    "missing key": ('name = "Test cycle"\n', "", "name", "is missing or blank"),
    "missing key of an entry": (
        'label = "Approved"\n',
        "",
        "ratings[approved].label",
        "is missing or blank",
    ),
    "entry without a key": ('key = "approved"\n', "", "ratings[1].key", "is missing or blank"),
    "blank text": (
        'source = "a test"\napproves',
        'source = ""\napproves',
        "ratings[approved].source",
        "is missing or blank",
    ),
    "text for true or false": (
        "approves = true",
        'approves = "yes"',
        "ratings[approved].approves",
        "must be true or false",
    ),
    "number for true or false": (
        "plan_required = true",
        "plan_required = 1",
        "plan_required",
        "must be true or false",
    ),
    "number for text": ('name = "Test cycle"', "name = 3", "name", "must be a text"),
    "text for a list": ('years = ["2030-31", "2031-32"]', 'years = "2030-31"', "years", "a list"),
    "text for a table": (
        "areas_of_spend = []",
        'areas_of_spend = ["acute"]',
        "areas_of_spend[1]",
        "must be a table",
    ),
    "key with a capital": (
        'key = "approved"',
        'key = "Approved"',
        "ratings[Approved]",
        "small letters",
    ),
    "same key twice": ('key = "levy"', 'key = "grant"', "funding_sources[grant]", "stands twice"),
    "same key twice, nested": (
        'key = "second-half"',
        'key = "first-half"',
        "funding_sources[grant].sub_sources[first-half]",
        "stands twice",
    ),
    "same year twice": (YEARS, 'years = ["2030-31", "2030-31"]', "years[2]", "stands twice"),
    "group that does not exist": (
        'group = "council"',
        'group = "counsel"',
        "funding_sources[levy].group",
        "no group “counsel”",
    ),
    "group within a later one": (
        'part_of = "all"',
        'part_of = "council"',
        "funding_groups[council].part_of",
        "“council” is not a group listed before it",
    ),
    "total of what is not listed": (
        'adds = ["grant", "council"]',
        'adds = ["grant", "council", "whole"]',
        "funding_totals[whole].adds",
        "“whole” is no source, no group, and no total listed before it",
    ),
    "minimum of no known source": (
        'counts = { sources = ["levy"] }',
        'counts = { sources = ["tax"] }',
        "requirement_rules[floor].counts.sources",
        "there is no funding source “tax”",
    ),
    "contributor of no known kind": (
        'contributor_kinds = ["local-authority"]',
        'contributor_kinds = ["bank"]',
        "funding_sources[levy].contributor_kinds",
        "no kind of organisation “bank”",
    ),
    "question of no known condition": (
        'text = "Who plays fair?"\ncondition = "fair-play"',
        'text = "Who plays fair?"\ncondition = "foul-play"',
        "questions[who-plays].condition",
        "no condition “foul-play”",
    ),
    "question of no known form": (
        'condition = "fair-play"\ntemplate_versions = ["only-form"]',
        'condition = "fair-play"\ntemplate_versions = ["other-form"]',
        "questions[who-plays].template_versions",
        "no template version “other-form”",
    ),
    "question that asks nothing": (
        'text = "Who plays fair?"',
        'text = ""',
        "questions[who-plays].text",
        "is missing or blank",
    ),
    "not a financial year": (
        YEARS,
        'years = ["2030-31", "2031-33"]',
        "years",
        "is not a financial year",
    ),
    "years out of order": (YEARS, 'years = ["2031-32", "2030-31"]', "years", "in order"),
    "years with a gap": (YEARS, 'years = ["2030-31", "2032-33"]', "years", "in order"),
    "no years": (YEARS, "years = []", "years", "must be financial years"),
    "period that is none": (
        'baseline_periods = ["2029-30Q4"]',
        'baseline_periods = ["2029-30Q5"]',
        "metrics[goals].baseline_periods[1]",
        "“2029-30Q5” is not a period",
    ),
    "number for a period": (
        'plan_periods = ["2030-31Q1", "2030-31Q2"]',
        "plan_periods = [2030]",
        "metrics[goals].plan_periods[1]",
        "must be a text",
    ),
    "same period twice": (
        '"2030-31Q1", "2030-31Q2"',
        '"2030-31Q1", "2030-31Q1"',
        "metrics[goals].plan_periods[2]",
        "stands twice",
    ),
    "metric of no known form": (
        'frequency = "quarterly"',
        'frequency = "quarterly"\ntemplate_versions = ["other-form"]',
        "metrics[goals].template_versions",
        "no template version “other-form”",
    ),
    "frequency that is none": (
        'frequency = "quarterly"',
        'frequency = "often"',
        "metrics[goals].frequency",
        "“often” is none of monthly, quarterly, yearly",
    ),
    "metric told in no known way": (
        'way = "a-week"',
        'way = "a-year"',
        "metrics[goals].told.way",
        "“a-year” is none of a-day, a-week, of-100",
    ),
    "metric told without what it counts": (
        ', counts = "goals"',
        "",
        "metrics[goals].told.counts",
        "is missing or blank",
    ),
    "metric told of nobody": (
        'are = "seen to score", ',
        "",
        "metrics[goals].told.are",
        "is missing or blank",
    ),
    "payment for no known metric": (
        'metric = "goals"',
        'metric = "gaols"',
        "payments[bonus].metric",
        "there is no metric “gaols”",
    ),
    "price that is a text": (
        "unit_price = 1490.50",
        'unit_price = "1,490.50"',
        "payments[bonus].unit_price",
        "must be a number",
    ),
    "price that is true": (
        "unit_price = 1490.50",
        "unit_price = true",
        "payments[bonus].unit_price",
        "must be a number",
    ),
    "date that is none": (
        'paid = "2031-05"',
        'paid = "May 2031"',
        "payments[bonus].quarters[first].paid",
        "“May 2031” is not a date",
    ),
    "role that is none": (
        'role = "board"',
        'role = "coach"',
        "sign_offs[captain].role",
        "“coach” is none of council, nhs-commissioner, board, provider",
    ),
    "first band above the lowest rating": (
        "from_rating = 1",
        "from_rating = 2",
        "risk_bands[calm].from_rating",
        "must be 1 for the first band",
    ),
    "band below the one before it": (
        "from_rating = 9",
        "from_rating = 1",
        "risk_bands[wild].from_rating",
        "must be above that of the band before it",
    ),
    "band that no rating reaches": (
        "from_rating = 9",
        "from_rating = 26",
        "risk_bands[wild].from_rating",
        "at most 25",
    ),
    "day that there is not": (
        'on = "2030-04-01"',
        'on = "2030-02-30"',
        "deadlines[kick-off].on",
        "There is no such date",
    ),
    "deadline of no known form": (
        'submits = true\ntemplate_versions = ["only-form"]',
        'submits = true\ntemplate_versions = ["no-form"]',
        "deadlines[kick-off].template_versions",
        "there is no template version “no-form”",
    ),
    "metric of no known direction": (
        'frequency = "yearly"',
        'frequency = "yearly"\nbetter = "sideways"',
        "metrics[saves].better",
        "“sideways” is none of higher, lower, neither",
    ),
    "form of no kind": (
        'kind = "supplement"',
        'kind = "poster"',
        "template_versions[extra-form].kind",
        "“poster” is none of plan, supplement, refresh, year-end",
    ),
    "form of another cycle’s year": (
        'years = ["2031-32"]',
        'years = ["2032-33"]',
        "template_versions[extra-form].years",
        "“2032-33” is none of 2030-31, 2031-32",
    ),
    "form that plans metrics for a year that it does not ask about": (
        'years = ["2031-32"]',
        'years = ["2031-32"]\nmetric_years = ["2030-31"]',
        "template_versions[extra-form].metric_years",
        "“2030-31” is none of 2031-32",
    ),
    "no form of a plan": (
        'label = "Only form"\n',
        'label = "Only form"\nkind = "refresh"\n',
        "template_versions",
        "lists no form that stands by itself",
    ),
    "requirement of no known condition": (
        'summary = "Somebody has a whistle."\ncondition = "fair-play"',
        'summary = "Somebody has a whistle."\ncondition = "foul-play"',
        "planning_requirements[whistle].condition",
        "there is no condition “foul-play”",
    ),
    "requirement with the key of a condition": (
        'key = "whistle"',
        'key = "fair-play"',
        "planning_requirements[fair-play]",
        "is the key of a condition too",
    ),
    "return on no known sheet": (
        'sheets = ["score"]',
        'sheets = ["weather"]',
        "returns[half-time].sheets",
        "there is no sheet “weather”",
    ),
    "not known of no list": (
        'key = "areas_of_spend"',
        'key = "shirts"',
        "not_known[shirts]",
        "must name one of",
    ),
    "text for a whole number": (
        "number = 1\n",
        'number = "one"\n',
        "high_impact_changes[train-early].number",
        "must be a whole number",
    ),
    "threshold that is no number": (
        "{ ambition-percent = 3.5 }",
        '{ ambition-percent = "3.5" }',
        "checks[metric.reduction-below-ambition].thresholds.ambition-percent",
        "must be a number",
    ),
    "threshold that is not finite": (
        "{ ambition-percent = 3.5 }",
        "{ ambition-percent = nan }",
        "checks[metric.reduction-below-ambition].thresholds.ambition-percent",
        "must be a number",
    ),
    "threshold that the check does not take": (
        "{ ambition-percent = 3.5 }",
        "{ ambition-percent = 3.5, ambition-pence = 1 }",
        "checks[metric.reduction-below-ambition].thresholds.ambition-pence",
        "is no threshold of this check",
    ),
    "threshold that is missing": (
        "{ ambition-percent = 3.5 }",
        "{}",
        "checks[metric.reduction-below-ambition].thresholds.ambition-percent",
        "is missing or blank",
    ),
    "thresholds that are a list": (
        "{ ambition-percent = 3.5 }",
        "[3.5]",
        "checks[metric.reduction-below-ambition].thresholds",
        "must be a table",
    ),
    "check that nobody makes": (
        'key = "share.not-100"',
        'key = "share.not-99"',
        "checks[share.not-99]",
        "there is no check “share.not-99”",
    ),
    "check without a room": (
        'key = "share.not-100"',
        'key = "share"',
        "checks[share]",
        "must be two words with a point between them",
    ),
    "same check twice": (
        'key = "share.not-100"',
        'key = "metric.reduction-below-ambition"',
        "checks[metric.reduction-below-ambition]",
        "stands twice",
    ),
    "check of no known metric": (
        'metrics = ["goals"]',
        'metrics = ["fouls"]',
        "checks[metric.reduction-below-ambition].metrics",
        "there is no metric “fouls”",
    ),
    "template of no known form": (
        '[[templates]]\nkey = "only-form"',
        '[[templates]]\nkey = "no-form"',
        "templates[no-form]",
        "there is no template version “no-form”",
    ),
    "section without a heading": (
        'heading = "The match"\n',
        "",
        "templates[only-form].sections[1].heading",
        "is missing or blank",
    ),
    "unknown key of a subsection": (
        'heading = "Players"',
        'haeding = "Players"',
        "templates[only-form].sections[1].subsections[1a].haeding",
        "is not known here",
    ),
    "same section twice": (
        'key = "1a"',
        'key = "1"',
        "templates[only-form].sections[1].subsections[1]",
        "stands twice in this form",
    ),
    "entry that holds nothing": (
        '{ question = "who-plays" }',
        '{ label = "Nobody" }',
        f"{INSIDE}.entries[1]",
        "must name one of a question, a field and a block",
    ),
    "entry that holds two things": (
        '{ question = "who-plays" }',
        '{ question = "who-plays", block = "metrics" }',
        f"{INSIDE}.entries[1]",
        "must name one of a question, a field and a block",
    ),
    "place for no known question": (
        '{ question = "who-plays" }',
        '{ question = "who-pays" }',
        f"{INSIDE}.entries[1].question",
        "there is no question “who-pays”",
    ),
    "question in two places": (
        '{ question = "who-watches" }',
        '{ question = "who-plays" }',
        f"{INSIDE}.entries[2]",
        "stands twice",
    ),
    "block in two places": (
        '{ field = "agreed", label = "Agreed on" }',
        '{ block = "risk-log" }',
        f"{INSIDE}.entries[3]",
        "stands twice in this form",
    ),
    "question without a place": (
        '  { question = "who-watches" },\n',
        "",
        "templates[only-form]",
        "has no place for the question “who-watches”",
    ),
    "question with words beside it": (
        '{ question = "who-watches" }',
        '{ question = "who-watches", label = "Watchers" }',
        f"{INSIDE}.entries[2]",
        "a question has its words in the list of questions",
    ),
    "block that is none": (
        'block = "risk-log"',
        'block = "risk-blog"',
        f"{INSIDE}.entries[3].block",
        "there is no block “risk-blog”",
    ),
    "column that the block does not have": (
        'key = "mitigation"',
        'key = "litigation"',
        f"{INSIDE}.entries[3].columns[litigation]",
        "is no column of the block “risk-log”",
    ),
    "same column twice": (
        'key = "mitigation"',
        'key = "risk"',
        f"{INSIDE}.entries[3].columns[risk]",
        "stands twice",
    ),
    "field that is none": (
        'field = "agreed"',
        'field = "argued"',
        "templates[only-form].sections[1].entries[2].field",
        "there is no field “argued”",
    ),
    "field without a label": (
        '{ field = "agreed", label = "Agreed on" }',
        '{ field = "agreed" }',
        "templates[only-form].sections[1].entries[2].label",
        "is missing or blank",
    ),
    "field of a year outside the cycle": (
        'year = "2030-31"',
        'year = "2029-30"',
        "templates[only-form].sections[1].entries[1].year",
        "must be one of 2030-31, 2031-32",
    ),
    "field of a year that has none": (
        'field = "agreed",',
        'field = "agreed", year = "2031-32",',
        "templates[only-form].sections[1].entries[2].year",
        "the field “agreed” is of no year",
    ),
    "key of another file": ('key = "2030-32"', 'key = "2040-42"', "key", "“2030-32”"),
}


def sourced(value: Any) -> Iterator[Any]:
    """Everything under a definition that says where it comes from, however deep it stands."""
    if hasattr(value, "verified"):
        yield value
    if isinstance(value, tuple):
        for each in value:
            yield from sourced(each)
    elif is_dataclass(value):
        for each in vars(value).values():
            yield from sourced(each)


@pytest.fixture
def made() -> CycleDefinition:
    return load_definition(FILES / "2030-32.toml")


def test_the_real_files_load_oldest_first() -> None:
    assert list(definitions()) == [
        *("2014-16", "2016-17", "2017-19", "2019-20"),
        *("2020-21", "2021-22", "2022-23"),
        *("2023-25", "2025-26", "2026-27"),
    ]
    assert definitions() is definitions()


def test_every_cycle_says_how_high_a_risk_is() -> None:
    for cycle in definitions().values():
        bands = [(band.key, band.from_rating, band.verified) for band in cycle.risk_bands]
        assert bands == [("low", 1, False), ("medium", 6, False), ("high", 12, False)]


def test_every_cycle_tells_for_people_what_its_metrics_count() -> None:
    ways = {
        "nea": "a-day",
        "dtoc": "a-day",
        "residential-admissions": "a-week",
        "reablement": "of-100",
        "avoidable-admissions": "a-day",
        "usual-place-of-residence": "of-100",
    }
    found: set[str] = set()
    for cycle in definitions().values():
        told = {metric.key: metric.told.way for metric in cycle.metrics if metric.key in ways}
        assert told == {key: ways[key] for key in told}
        found.update(told)
    assert found == set(ways)


def test_2014_16_asks_what_its_forms_asked() -> None:
    cycle = definition("2014-16")
    assert cycle.years == ("2014-15", "2015-16")
    assert [version.key for version in cycle.template_versions] == ["first-form", "july-2014"]
    assert [source.key for source in cycle.funding_sources] == ALL_SOURCES
    assert [rule.key for rule in cycle.requirement_rules if rule.is_total_pool] == ["total-pool"]
    assert cycle.funding_source("nhs-minimum").label == "CCG minimum contribution"
    assert cycle.scheme_types == ()


def test_2014_16_has_its_conditions_and_the_questions_of_both_forms() -> None:
    cycle = definition("2014-16")
    assert [(each.key, each.number) for each in cycle.conditions] == [
        ("protecting-social-care", "7(a)"),
        ("seven-day-services", "7(b)"),
        ("data-sharing", "7(c)"),
        ("joint-assessment", "7(d)"),
        ("risk-sharing", "5(b)"),
        ("acute-impact", "8(c)"),
        ("plans-jointly-agreed", ""),
    ]
    assert len(cycle.questions_of("july-2014")) == 29
    assert len(cycle.questions_of("first-form")) == 17
    assert cycle.questions_of("") == cycle.questions


def test_2016_17_adds_two_conditions_to_those_of_the_year_before() -> None:
    conditions = definition("2016-17").conditions
    assert [each.number for each in conditions] == list("12345678")
    before = {each.key for each in definition("2014-16").conditions}
    assert before - {each.key for each in conditions} == {"risk-sharing"}
    added = [each for each in conditions if each.key not in before]
    assert [each.key for each in added] == ["nhs-out-of-hospital", "dtoc-action-plan"]
    assert all(each.verified for each in added)


def test_2016_17_asks_about_each_condition_and_about_money_within_the_minimum() -> None:
    cycle = definition("2016-17")
    asked = [each.condition for each in cycle.questions if each.condition]
    assert asked == [each.key for each in cycle.conditions]
    tab_3 = [each.key for each in cycle.questions if each.section.startswith("Tab 3")]
    assert tab_3 == ["adaptations", "care-act", "carers", "reablement"]
    assert set(tab_3[1:]) < {rule.key for rule in cycle.requirement_rules}


def test_2017_19_has_four_conditions_and_questions_for_a_narrative() -> None:
    cycle = definition("2017-19")
    assert [each.key for each in cycle.conditions] == [
        "jointly-agreed-plan",
        "social-care-maintenance",
        "nhs-out-of-hospital",
        "managing-transfers-of-care",
    ]
    assert len(cycle.questions) == 11
    assert not any(question.verified for question in cycle.questions)


def test_a_question_that_names_no_form_is_asked_by_all(made: CycleDefinition) -> None:
    keys = [each.key for each in made.questions_of("only-form")]
    assert keys == ["who-plays", "who-watches"]
    assert [each.key for each in made.questions_of("extra-form")] == ["who-watches"]


def test_where_no_form_is_named_it_is_what_forms_of_plans_ask(made: CycleDefinition) -> None:
    keys = [each.key for each in made.questions_of("")]
    assert keys == [each.key for each in made.questions_of("only-form")]
    assert [each.key for each in made.plan_forms] == ["only-form"]
    assert made.template().key == "only-form"


def test_a_form_asks_about_its_years(made: CycleDefinition) -> None:
    extra = made.of_form("extra-form")
    assert extra.years == ("2031-32",)
    planned = {each.key: [str(period) for period in each.plan_periods] for each in extra.metrics}
    assert planned == {"saves": ["2031-32"]}
    assert made.of_form("only-form").years == made.years


def test_a_form_may_plan_metrics_for_fewer_years(made: CycleDefinition) -> None:
    form, extra = made.template_versions
    fewer = replace(made, template_versions=(replace(form, metric_years=("2030-31",)), extra))
    asked = fewer.of_form("only-form")
    planned = {each.key: [str(period) for period in each.plan_periods] for each in asked.metrics}
    assert planned == {"goals": ["2030-31Q1", "2030-31Q2"], "saves": ["2030-31"]}
    assert (asked.years, fewer.of_form("").metrics) == (made.years, made.metrics)


def test_conditions_and_requirements_are_confirmed_one_by_one(made: CycleDefinition) -> None:
    assert [each.key for each in made.confirmed] == ["fair-play", "whistle"]
    assert made.condition("whistle").number == "PR1"


def test_a_return_of_which_no_day_is_known_has_none(made: CycleDefinition) -> None:
    [each] = made.returns
    assert (str(each.period), each.sheets, each.due) == ("2030-31Q2", ("score",), None)


def test_a_sub_type_has_the_unit_of_its_type_or_its_own() -> None:
    words = {"verified": False, "source": "a test"}
    beds = SubType("beds", "Beds", unit="Placements", **words)
    calls = SubType("calls", "Calls", **words)
    care = SchemeType("care", "Care", sub_types=(beds, calls), unit="Hours", **words)
    assert [care.unit_of(key) for key in ("beds", "calls", "")] == ["Placements", "Hours", "Hours"]


def test_a_form_has_its_own_metrics_beside_those_of_every_form() -> None:
    cycle = definition("2014-16")
    first, july = (cycle.of_form(form) for form in ("first-form", "july-2014"))
    assert {each.key for each in first.metrics} - {each.key for each in july.metrics} == {
        "avoidable-admissions"
    }
    assert cycle.of_form("") == cycle


@pytest.mark.parametrize("cycle", definitions().values(), ids=lambda cycle: cycle.key)
def test_a_role_in_which_several_sign_is_offered_once(cycle: CycleDefinition) -> None:
    roles = {role.key: role.label for role in cycle.sign_off_roles}
    has_boards = cycle.years > ("2021-22",)
    assert roles == {
        "nhs-commissioner": (
            "Integrated care board" if has_boards else "Clinical commissioning group"
        ),
        "council": "Council",
        "board": "Chair of the Health and Wellbeing Board",
    }
    assert len(cycle.sign_off_roles) == len(roles)


def test_2017_19_asks_what_its_template_asked() -> None:
    cycle = definition("2017-19")
    assert cycle.years == ("2017-18", "2018-19")
    assert [source.key for source in cycle.funding_sources] == [
        *ALL_SOURCES,
        "ibcf",
        "ibcf-additional",
    ]
    assert [sub.key for sub in cycle.funding_source("nhs-minimum").sub_sources] == [
        "rnf",
        "non-rnf",
    ]
    assert len(cycle.scheme_types) == 16


def test_2016_17_is_one_year_planned_three_times() -> None:
    cycle = definition("2016-17")
    assert cycle.years == ("2016-17",)
    due = [str(each.on) for each in cycle.deadlines if each.submits]
    assert due == ["2016-03-02", "2016-03-21", "2016-05-03"]
    assert [source.key for source in cycle.funding_sources] == ALL_SOURCES
    assert [rating.key for rating in cycle.ratings if not rating.approves] == ["not-approved"]
    assert len(cycle.scheme_types) == 9
    assert not any(each.unit or each.sub_types for each in cycle.scheme_types)
    later = {each.key for each in definition("2017-19").scheme_types}
    assert len(later & {each.key for each in cycle.scheme_types}) == 5


def test_2019_20_asks_what_its_template_asked() -> None:
    cycle = definition("2019-20")
    assert cycle.years == ("2019-20",)
    assert [source.key for source in cycle.funding_sources] == [
        *ALL_SOURCES,
        "ibcf",
        "winter-pressures",
    ]
    assert [each.key for each in cycle.conditions] == [
        each.key for each in definition("2017-19").conditions
    ]
    assert {each.label: each.unit for each in cycle.scheme_types if each.unit} == {
        "Home Care or Domiciliary Care": "Hours of care",
        "Residential Placements": "Placements",
    }
    assert len(cycle.scheme_types) == 16
    assert not [each for each in cycle.questions if each.section.startswith("PR")]


@pytest.mark.parametrize("key", ["2019-20", "2021-22", "2022-23"])
def test_eight_requirements_are_confirmed_beside_four_conditions(key: str) -> None:
    cycle = definition(key)
    assert [each.number for each in cycle.planning_requirements] == [
        f"PR{number}" for number in range(1, 9)
    ]
    assert [each.condition for each in cycle.planning_requirements[3:]] == [
        *(condition.key for condition in cycle.conditions[1:]),
        *("", ""),
    ]
    assert len(cycle.of_form(cycle.plan_forms[0].key).confirmed) == 12


def test_what_intermediate_care_delivers_goes_by_sub_type() -> None:
    care = definition("2019-20").scheme_type("intermediate-care-services")
    assert {each.key: care.unit_of(each.key) for each in care.sub_types} == {
        "bed-based-step-up-or-step-down": "Placements",
        "rapid-or-crisis-response": "Packages",
        "reablement-and-rehabilitation-services": "Packages",
        "other": "",
    }
    home = definition("2021-22").scheme_type("domiciliary-care-at-home")
    assert home.unit_of("short-term-domiciliary-care") == "Packages"
    assert home.unit_of("domiciliary-care-packages") == "Hours of care"


def test_2020_21_asks_for_a_return_in_place_of_a_plan() -> None:
    cycle = definition("2020-21")
    assert not cycle.plan_required
    assert [(each.key, each.kind) for each in cycle.template_versions] == [
        ("year-end-return", "year-end")
    ]
    assert [each.key for each in cycle.plan_forms] == ["year-end-return"]
    assert [source.key for source in cycle.funding_sources] == [*ALL_SOURCES, "ibcf"]
    assert cycle.funding_source("ibcf").follows == ("winter-pressures",)
    assert (cycle.metrics, cycle.ratings, cycle.scheme_types) == ((), (), ())
    assert all(each.verified for each in cycle.questions)
    assert {each.key for each in cycle.not_known} >= {"deadlines", "scheme_types"}


def test_2021_22_counts_avoidable_admissions_and_how_long_people_stay() -> None:
    cycle = definition("2021-22")
    assert [(each.key, each.frequency) for each in cycle.metrics] == [
        ("avoidable-admissions", "yearly"),
        ("length-of-stay", "quarterly"),
        ("usual-place-of-residence", "quarterly"),
        ("residential-admissions", "yearly"),
        ("reablement", "yearly"),
    ]
    assert cycle.metric("avoidable-admissions").change
    assert [str(each) for each in cycle.metric("length-of-stay").plan_periods] == [
        "2021-22Q3",
        "2021-22Q4",
    ]
    assert [each.key for each in cycle.conditions if each.verified] == [
        *("jointly-agreed-plan", "social-care-maintenance"),
        *("nhs-out-of-hospital", "discharge-outcomes"),
    ]
    due = {each.key: str(each.on) for each in cycle.deadlines if each.submits}
    assert due == {"plans": "2021-11-16"}
    assert {"bed-based-intermediate-care", "home-based-intermediate-care"} == {
        each.key for each in cycle.scheme_types if "intermediate-care-services" in each.follows
    }


def test_2022_23_has_a_plan_and_a_form_that_adds_to_it() -> None:
    cycle = definition("2022-23")
    assert {each.key: each.kind for each in cycle.template_versions} == {
        "july-2022": "plan",
        "discharge-fund-2022": "supplement",
    }
    assert [each.key for each in cycle.plan_forms] == ["july-2022"]
    assert cycle.template().key == "july-2022"
    due = {each.key: str(each.on) for each in cycle.deadlines if each.submits}
    assert due == {"plans": "2022-09-26", "discharge-fund-plans": "2022-12-16"}


def test_the_form_of_the_discharge_fund_has_its_own_sources_and_no_metrics() -> None:
    cycle = definition("2022-23")
    plan, fund = cycle.of_form("july-2022"), cycle.of_form("discharge-fund-2022")
    assert [source.key for source in plan.funding_sources] == [*ALL_SOURCES, "ibcf"]
    assert [(source.key, source.contributor_kinds) for source in fund.funding_sources] == [
        ("discharge-fund-la", ("local-authority",)),
        ("discharge-fund-icb", ("nhs-commissioner",)),
    ]
    assert (fund.metrics, fund.confirmed) == ((), ())
    assert len(plan.metrics) == 4
    assert [each.key for each in fund.returns] == ["discharge-fund-fortnights"]
    types = {each.key for each in fund.scheme_types}
    assert types - {each.key for each in plan.scheme_types} == {
        "workforce-recruitment-and-retention",
        "administration",
    }


def test_integrated_care_boards_take_the_place_of_ccgs_in_2022() -> None:
    cycle = definition("2022-23")
    assert cycle.commissioner("nhs").follows == cycle.provider_type("nhs").follows == ("ccg",)
    assert cycle.requirement_rule("nhs-out-of-hospital").counts.commissioners == ("nhs",)


def test_returns_are_told_with_the_days_that_are_known() -> None:
    due = {
        (key, str(each.period)): str(each.due)
        for key, cycle in definitions().items()
        for each in cycle.returns
        if each.due
    }
    assert due == {
        ("2014-16", "2015-16Q4"): "2016-05-27",
        ("2016-17", "2016-17Q2"): "2016-11-25",
        ("2016-17", "2016-17Q4"): "2017-05-31",
        ("2022-23", "2022-12/2023-03"): "2023-01-06",
        ("2023-25", "2024-25Q3"): "2025-02-14",
    }
    assert {key: len(cycle.returns) for key, cycle in definitions().items()} == {
        **{"2014-16": 4, "2016-17": 4, "2017-19": 8, "2019-20": 4},
        **{"2020-21": 0, "2021-22": 1, "2022-23": 2},
        **{"2023-25": 8, "2025-26": 4, "2026-27": 0},
    }


@pytest.mark.parametrize(
    ("name", "key", "keys"),
    [
        ("conditions", "jointly-agreed-plan", {"plans-jointly-agreed"}),
        ("conditions", "social-care-maintenance", {"protecting-social-care"}),
        (
            "conditions",
            "policy-objectives",
            {"dtoc-action-plan", "managing-transfers-of-care", "discharge-outcomes"},
        ),
        ("funding_sources", "ibcf", {"ibcf-additional", "winter-pressures"}),
        (
            "scheme_types",
            "integrated-care-planning-and-navigation",
            {"care-navigation-coordination", "integrated-care-planning"},
        ),
        ("scheme_types", "dfg-related-schemes", {"dfg-adaptations", "dfg-other-housing"}),
        ("commissioners", "nhs", {"ccg"}),
    ],
)
def test_what_took_another_name_is_one_line(name: str, key: str, keys: set[str]) -> None:
    line = line_of(definitions().values(), name, key)
    assert line is not None
    assert line.keys >= {key} | keys


@pytest.mark.parametrize("key", ["2019-20", "2021-22", "2022-23"])
def test_a_plan_that_comes_back_may_be_spent_on_where_the_outcome_says_so(key: str) -> None:
    ratings = {each.key: (each.approves, each.permits_spend) for each in definition(key).ratings}
    assert ratings == {
        "approved": (True, False),
        "permission-to-spend": (False, True),
        "not-approved": (False, False),
    }


def test_2019_20_plans_delayed_days_by_the_month_and_was_due_in_september() -> None:
    cycle = definition("2019-20")
    delayed = cycle.metric("dtoc")
    assert (delayed.frequency, delayed.baseline_periods) == ("monthly", ())
    assert list(map(str, delayed.plan_periods)) == [
        *(f"2019-{month:02d}" for month in range(4, 13)),
        *(f"2020-{month:02d}" for month in range(1, 4)),
    ]
    assert {each.key: str(each.on) for each in cycle.deadlines if each.verified} == {
        "policy-framework": "2019-04-10",
        "planning-requirements": "2019-07-18",
        "plans": "2019-09-27",
        "outcomes": "2019-12",
    }


def periods_of(cycle: CycleDefinition, form: str) -> dict[str, list[str]]:
    return {each.key: list(map(str, each.plan_periods)) for each in cycle.of_form(form).metrics}


def test_2023_25_is_two_years_with_a_refresh_of_the_second() -> None:
    cycle = definition("2023-25")
    assert cycle.years == ("2023-24", "2024-25")
    assert [(each.key, each.kind, each.years) for each in cycle.template_versions] == [
        ("april-2023", "plan", ()),
        ("refresh-2024-25", "refresh", ("2024-25",)),
    ]
    dates = {each.key: str(each.on) for each in cycle.deadlines if each.verified}
    assert dates == {
        "policy-framework": "2023-04-04",
        "planning-requirements": "2023-04-05",
        "plans": "2023-06-28",
        "agreements": "2023-10-31",
        "addendum": "2024-03-28",
        "refreshes": "2024-06-10",
        "agreements-2024-25": "2024-09-30",
    }
    due = [each.key for each in cycle.of_form("refresh-2024-25").deadlines if each.submits]
    assert due == ["refreshes"]


def test_2023_25_plans_metrics_one_year_at_a_time() -> None:
    cycle = definition("2023-25")
    years = {"april-2023": "2023-24", "refresh-2024-25": "2024-25"}
    planned = {form: periods_of(cycle, form) for form in years}
    for form, year in years.items():
        assert planned[form]["residential-admissions"] == planned[form]["falls"] == [year]
        quarters = [f"{year}Q{number}" for number in range(1, 5)]
        assert planned[form]["avoidable-admissions"] == quarters
        assert planned[form]["usual-place-of-residence"] == quarters
    assert planned["april-2023"]["reablement"] == ["2023-24"]
    assert "reablement" not in planned["refresh-2024-25"]


def test_2023_25_asks_what_its_template_asked() -> None:
    cycle = definition("2023-25")
    assert [each.key for each in cycle.sources_in("discharge-all")] == [
        "discharge-fund-la",
        "discharge-fund-icb",
    ]
    assert [each.number for each in cycle.planning_requirements] == [
        f"PR{number}" for number in range(1, 10)
    ]
    assert len(cycle.scheme_types) == 19
    home_care = cycle.scheme_type("domiciliary-care-at-home")
    assert home_care.unit_of("domiciliary-care-packages") == "Hours of care"
    assert home_care.unit_of("short-term-domiciliary-care") == "Packages"
    [counted] = [each.counts for each in cycle.requirement_rules if each.counts.commissioners]
    assert counted.commissioners == ("nhs",)


def test_2025_26_has_activities_objectives_and_three_core_metrics() -> None:
    cycle = definition("2025-26")
    assert (len(cycle.scheme_types), len(cycle.primary_objectives)) == (17, 6)
    assert not any(each.sub_types or each.unit for each in cycle.scheme_types)
    core = {each.key: each.frequency for each in cycle.metrics if not each.is_supporting}
    assert core == {
        "emergency-admissions-65": "monthly",
        "discharge-delay": "monthly",
        "residential-admissions": "quarterly",
    }
    assert len(cycle.metric("discharge-delay").plan_periods) == 12
    assert not any(each.plan_periods for each in cycle.metrics if each.is_supporting)
    assert [each.number for each in cycle.conditions if each.verified] == ["1", "2", "3"]
    confirmed = {each.condition for each in cycle.planning_requirements}
    assert confirmed == {each.key for each in cycle.conditions}


def test_2025_26_is_signed_by_chief_executives_and_the_section_151_officer() -> None:
    cycle = definition("2025-26")
    signed = [each.key for each in cycle.sign_offs if each.is_required]
    assert signed == ["council", "section-151-officer", "nhs-commissioner", "board"]
    assert all(each.verified for each in cycle.sign_offs)
    assert {each.key: str(each.on) for each in cycle.deadlines if each.verified} == {
        "policy-framework": "2025-01-30",
        "planning-requirements": "2025-01-30",
        "plans": "2025-03-31",
    }


def test_returns_are_quarterly_again_and_one_has_a_known_day() -> None:
    cycles = [definition("2023-25"), definition("2025-26")]
    quarters = [
        str(each.period) for cycle in cycles for each in cycle.returns if "Q" in str(each.period)
    ]
    assert quarters == [
        *("2023-24Q2", "2023-24Q3", "2023-24Q4"),
        *(f"2024-25Q{number}" for number in range(1, 5)),
        *(f"2025-26Q{number}" for number in range(1, 5)),
    ]
    due = {str(each.period): str(each.due) for c in cycles for each in c.returns if each.due}
    assert due == {"2024-25Q3": "2025-02-14"}


def test_of_2026_27_what_is_known_is_there_and_the_rest_is_said_to_be_unknown() -> None:
    cycle = definition("2026-27")
    unknown = {each.key for each in cycle.not_known}
    empty = {"scheme_types", "requirement_rules", "conditions", "planning_requirements", "metrics"}
    empty |= {"primary_objectives", "questions", "ratings", "return_sheets", "returns"}
    lists = cycle.lists()
    assert all(lists[name] == () for name in empty)
    assert empty < unknown
    assert [(each.key, str(each.on)) for each in cycle.deadlines] == [("framework", "2026-02-17")]
    assert not any(each.submits for each in cycle.deadlines)
    assert "deadlines" in unknown


def test_money_of_2026_27_is_entered_as_in_the_year_before() -> None:
    before, cycle = definition("2025-26"), definition("2026-27")
    for name in ("funding_groups", "funding_sources", "areas_of_spend", "commissioners"):
        entries = cycle.lists()[name]
        assert [each.key for each in entries] == [each.key for each in before.lists()[name]]
        for each in entries:
            carried = each.source == "carried over from 2025-26, not verified"
            assert carried is not each.verified


def test_a_metric_that_is_defined_anew_says_so_where_it_begins() -> None:
    cycles = list(definitions().values())
    codes = {
        "residential-admissions": {"2023-25": "2A(2)", "2025-26": "2C"},
        "reablement": {"2023-25": "2B(1)", "2025-26": "2D"},
    }
    for key, code in codes.items():
        line = line_of(cycles, "metrics", key)
        assert line is not None
        assert line.breaks[-1].cycle.key == "2025-26"
        assert {cycle: definition(cycle).metric(key).ascof_code for cycle in code} == code


def test_the_council_grant_follows_the_improved_fund_and_the_discharge_money() -> None:
    line = line_of(list(definitions().values()), "funding_sources", "discharge-fund-la")
    assert line is not None
    assert line.key == "labcg"
    assert {"ibcf", "discharge-fund-la", "labcg"} <= line.keys
    assert "2025-26" in [each.cycle.key for each in line.breaks]


@pytest.mark.parametrize(
    ("group", "sources"),
    [
        ("nhs", ["nhs-minimum", "nhs-additional"]),
        ("minimum-nhs", ["nhs-minimum"]),
        ("local-authority", ["la-additional", "dfg"]),
        ("ibcf-all", ["ibcf", "ibcf-additional"]),
    ],
)
def test_a_group_holds_its_sources_and_those_of_the_groups_within(
    group: str, sources: list[str]
) -> None:
    assert [source.key for source in definition("2017-19").sources_in(group)] == sources


@pytest.mark.parametrize("cycle", definitions().values(), ids=lambda cycle: cycle.key)
def test_what_is_general_knowledge_is_not_called_verified(cycle: CycleDefinition) -> None:
    entries = list(sourced(cycle))
    assert len(entries) > 80
    for entry in entries:
        assert entry.verified is not ("not verified" in entry.source), entry.key


@pytest.mark.parametrize(
    ("lookup", "key"),
    [
        ("template_version", "only-form"),
        ("funding_group", "council"),
        ("funding_source", "levy"),
        ("requirement_rule", "floor"),
        ("rating", "approved"),
        ("condition", "fair-play"),
        ("metric", "goals"),
        ("check", "share.not-100"),
        ("question", "who-watches"),
    ],
)
def test_an_entry_is_found_by_its_key(made: CycleDefinition, lookup: str, key: str) -> None:
    assert getattr(made, lookup)(key).key == key


@pytest.mark.parametrize(
    "lookup",
    [
        "template_version",
        "funding_group",
        "funding_source",
        "area_of_spend",
        "commissioner",
        "provider_type",
        "scheme_type",
        "requirement_rule",
        "rating",
        "condition",
        "question",
        "metric",
        "check",
        "template",
        "sources_in",
    ],
)
def test_an_unknown_key_is_refused_by_name(made: CycleDefinition, lookup: str) -> None:
    with pytest.raises(UnknownChoice, match=r"The cycle 2030-32 has no .* “nothing”"):
        getattr(made, lookup)("nothing")


def test_an_unknown_cycle_is_refused_by_name() -> None:
    with pytest.raises(UnknownChoice, match="There is no cycle “1948-50”"):
        definition("1948-50")


def test_what_a_file_leaves_out_has_its_default(made: CycleDefinition) -> None:
    assert made.scheme_types == ()
    assert made.notes == ""
    assert made.requirement_rule("floor").is_total_pool is False
    assert made.check("share.not-100").thresholds == {}


def test_periods_dates_and_numbers_are_read_as_such(made: CycleDefinition) -> None:
    assert made.metric("goals").plan_periods == tuple(map(parse_period, ["2030-31Q1", "2030-31Q2"]))
    assert made.deadlines[0].on == PartialDate(2030, 4, 1)
    assert made.payments[0].unit_price == Decimal("1490.50")
    assert made.payments[0].quarters[0].paid == PartialDate(2031, 5)
    assert made.check("metric.reduction-below-ambition").thresholds == {
        "ambition-percent": Decimal("3.5")
    }


def test_thresholds_cannot_be_changed(made: CycleDefinition) -> None:
    thresholds = made.check("metric.reduction-below-ambition").thresholds
    with pytest.raises(TypeError):
        thresholds["ambition-percent"] = Decimal(0)  # type: ignore[index]


@pytest.mark.parametrize(("old", "new", "path", "reason"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_named_by_file_place_and_reason(
    tmp_path: Path, old: str, new: str, path: str, reason: str
) -> None:
    assert WELL_MADE.count(old) == 1, "the change must touch one place of the file"
    file = tmp_path / "2030-32.toml"
    file.write_text(WELL_MADE.replace(old, new), encoding="utf-8")
    with pytest.raises(CycleDefinitionError, match=re.escape(reason)) as caught:
        load_definition(file)
    assert (caught.value.file, caught.value.path) == (file, path)
    assert str(caught.value).startswith(f"2030-32.toml: {path}")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CycleDefinitionError, match=r"2050-52\.toml: cannot be read"):
        load_definition(tmp_path / "2050-52.toml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of definition files that the system check reads, with a well-made one."""
    monkeypatch.setattr(system_checks, "CYCLES", tmp_path)
    (tmp_path / "2030-32.toml").write_text(WELL_MADE, encoding="utf-8")
    return tmp_path


def test_the_system_check_names_the_mistake_of_each_file(folder: Path) -> None:
    assert system_checks.check_cycle_files() == []
    (folder / "2030-32.toml").write_text(WELL_MADE.replace("approves", "aproves"), encoding="utf-8")
    (folder / "2040-41.toml").write_text("key =", encoding="utf-8")
    first, second = system_checks.check_cycle_files()
    assert first.msg == "2030-32.toml: ratings[approved].aproves: is not known here"
    assert first.hint == "docs/cycles.md says what goes there."
    assert second.msg.startswith("2040-41.toml: cannot be read")


def test_the_system_check_names_what_does_not_fit_between_files(folder: Path) -> None:
    follower = 'contributor_kinds = ["local-authority"]\nfollows = ["tithe"]'
    (folder / "2030-32.toml").write_text(
        WELL_MADE.replace('contributor_kinds = ["local-authority"]', follower), encoding="utf-8"
    )
    [only] = system_checks.check_cycle_files()
    assert "no earlier cycle has “tithe” in this list" in only.msg


def test_manage_py_check_reads_the_definition_files() -> None:
    assert system_checks.check_cycle_files in registry.get_checks()
