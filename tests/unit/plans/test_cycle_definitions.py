"""Cycle definition files: the real ones load, and a mistake is named by file, place and reason."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

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


@pytest.fixture
def made() -> CycleDefinition:
    return load_definition(FILES / "2030-32.toml")


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
