"""Cycle definition files: the real ones load, and a mistake is named by file, place and reason."""

import re
from pathlib import Path

import pytest

from plans.cycle_definitions import (
    CycleDefinition,
    CycleDefinitionError,
    UnknownChoice,
    definition,
    definitions,
    load_definition,
)

FILES = Path(__file__).parent / "cycle_files"
WELL_MADE = (FILES / "2030-32.toml").read_text(encoding="utf-8")
ALL_SOURCES = ["nhs-minimum", "nhs-additional", "la-additional", "dfg"]

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
    "same year twice": ('"2031-32"]', '"2030-31"]', "years[2]", "stands twice"),
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
    "contributor of no known kind": (
        'contributor_kinds = ["local-authority"]',
        'contributor_kinds = ["bank"]',
        "funding_sources[levy].contributor_kinds",
        "no kind of organisation “bank”",
    ),
    "question of no known condition": (
        'condition = "fair-play"',
        'condition = "foul-play"',
        "questions[who-plays].condition",
        "no condition “foul-play”",
    ),
    "question of no known form": (
        'template_versions = ["only-form"]',
        'template_versions = ["other-form"]',
        "questions[who-plays].template_versions",
        "no template version “other-form”",
    ),
    "question that asks nothing": (
        'text = "Who plays fair?"',
        'text = ""',
        "questions[who-plays].text",
        "is missing or blank",
    ),
    "not a financial year": ('"2031-32"]', '"2031-33"]', "years", "is not a financial year"),
    "years out of order": ('["2030-31", "2031-32"]', '["2031-32", "2030-31"]', "years", "in order"),
    "years with a gap": ('["2030-31", "2031-32"]', '["2030-31", "2032-33"]', "years", "in order"),
    "no years": ('["2030-31", "2031-32"]', "[]", "years", "must be financial years"),
    "key of another file": ('key = "2030-32"', 'key = "2040-42"', "key", "“2030-32”"),
}


@pytest.fixture
def made() -> CycleDefinition:
    return load_definition(FILES / "2030-32.toml")


def test_the_real_files_load_oldest_first() -> None:
    assert list(definitions()) == ["2014-16", "2017-19"]
    assert definitions() is definitions()


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
    assert len(cycle.questions_of("july-2014")) == 15
    assert len(cycle.questions_of("first-form")) == 10
    assert cycle.questions_of("") == cycle.questions


def test_2017_19_has_four_conditions_and_no_form_of_questions() -> None:
    cycle = definition("2017-19")
    assert [each.key for each in cycle.conditions] == [
        "jointly-agreed-plan",
        "social-care-maintenance",
        "nhs-out-of-hospital",
        "managing-transfers-of-care",
    ]
    assert cycle.questions == ()


def test_a_question_that_names_no_form_is_asked_by_all(made: CycleDefinition) -> None:
    keys = [each.key for each in made.questions_of("only-form")]
    assert keys == ["who-plays", "who-watches"]
    assert [each.key for each in made.questions_of("another")] == ["who-watches"]


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
    lists = [value for value in vars(cycle).values() if isinstance(value, tuple)]
    entries = [entry for each in lists for entry in each if hasattr(entry, "verified")]
    assert entries
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
