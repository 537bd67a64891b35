"""What the real cycles ask, each by what was read of it: metrics, money, conditions, returns."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any

import pytest

from plans.cycle_definitions import (
    CycleDefinition,
    definition,
    definitions,
    line_of,
)

ALL_SOURCES = ["nhs-minimum", "nhs-additional", "la-additional", "dfg"]


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


def periods_of(cycle: CycleDefinition, form: str) -> dict[str, list[str]]:
    return {each.key: list(map(str, each.plan_periods)) for each in cycle.of_form(form).metrics}


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
