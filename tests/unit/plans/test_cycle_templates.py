"""Templates of the real cycles, as trees of sections in which each question has its place."""

from pathlib import Path

import pytest

from plans.cycle_definitions import (
    BLOCKS,
    FIELDS,
    Block,
    PlanField,
    Question,
    Template,
    definition,
    definitions,
    load_definition,
)
from plans.cycle_definitions.entries import PLAN, REFRESH

ALL = list(definitions().items())
FORMS = [(key, form.key) for key, cycle in ALL for form in cycle.templates]
WHOLE_PLANS = [
    (key, form)
    for key, form in FORMS
    if definition(key).template_version(form).kind in (PLAN, REFRESH)
]
# What a Board reads in every form, whatever its cycle.
EVERYWHERE = {
    "authorisation",
    "related-documents",
    "scheme-list",
    "funding",
    "requirements",
    "expenditure",
    "spend-by-source",
}
# What it reads besides in every form of a whole plan; others ask about money alone.
IN_PLANS = {
    "scheme-descriptions",
    "scheme-contributions",
    "risk-log",
    "risk-share",
    "national-conditions",
    "governance-structure",
    "milestones",
    "population",
    "benefits",
    "metrics",
}
# Blocks that only a plan's own heading holds.
OWN = {"metric-options", "costing-assumptions"}


def numbers(template: Template) -> list[str]:
    return [section.number for section in template.walk() if section.number]


def test_every_template_version_has_its_template() -> None:
    versions = [(key, each.key) for key, cycle in ALL for each in cycle.template_versions]
    assert len(versions) == 13
    assert sorted(FORMS) == sorted(versions)


@pytest.mark.parametrize(("cycle", "form"), FORMS)
def test_a_template_asks_the_questions_of_its_form_in_their_order(cycle: str, form: str) -> None:
    template = definition(cycle).template(form)
    asked = [e for section in template.walk() for e in section.entries if isinstance(e, Question)]
    assert asked == list(definition(cycle).questions_of(form))
    is_whole = (cycle, form) in WHOLE_PLANS and bool(definition(cycle).questions)
    assert len(asked) > 6 or not is_whole


@pytest.mark.parametrize(("cycle", "form"), FORMS)
def test_a_template_has_a_place_for_what_every_board_reads(cycle: str, form: str) -> None:
    blocks = {block.key for block in definition(cycle).template(form).blocks()}
    assert blocks >= EVERYWHERE | (IN_PLANS if (cycle, form) in WHOLE_PLANS else set())


def test_every_block_and_field_stands_in_some_template() -> None:
    entries = [
        entry
        for cycle, form in FORMS
        for section in definition(cycle).template(form).walk()
        for entry in section.entries
    ]
    fields = {entry.key for entry in entries if isinstance(entry, PlanField)}
    blocks = {entry.key for entry in entries if isinstance(entry, Block)}
    assert (fields, blocks) == (set(FIELDS), set(BLOCKS) - OWN)


def test_the_form_of_july_2014_has_eight_sections_two_annexes_and_part_2() -> None:
    template = definition("2014-16").template("july-2014")
    assert [section.number for section in template.sections[:8]] == list("12345678")
    assert [section.part for section in template.sections if section.part] == [
        "Part 1",
        "Annex 1",
        "Annex 2",
        "Part 2",
    ]
    assert numbers(template)[:4] == ["1", "1(a)", "1(b)", "1(c)"]
    assert template.sections[-4].number == "Tab 3"


def test_the_first_form_has_its_own_order() -> None:
    template = definition("2014-16").template("first-form")
    assert numbers(template) == [
        *("1", "1a", "1b", "1c", "1d", "1e"),
        *("2", "2a", "2b", "2c", "2d", "2e"),
        *("3", "a", "b", "c", "d", "4"),
    ]


def test_the_form_of_2016_17_has_a_narrative_and_six_tabs() -> None:
    template = definition("2016-17").template()
    assert [section.part for section in template.sections if section.part] == [
        "Narrative plan",
        "Planning template (workbook)",
    ]
    assert numbers(template) == [
        *"ABCDEF",
        *(f"F{condition}" for condition in range(1, 9)),
        *"GHIJ",
        *(f"Tab {tab}" for tab in range(1, 7)),
    ]


def test_without_a_version_the_newest_form_is_shown() -> None:
    assert definition("2014-16").template().key == "july-2014"
    assert definition("2014-16").template("").label == "Form of July 2014"


def test_a_form_whose_sections_are_not_known_has_none(tmp_path: Path) -> None:
    well_made = (Path(__file__).parent / "cycle_files" / "2030-32.toml").read_text(encoding="utf-8")
    file = tmp_path / "2030-32.toml"
    file.write_text(well_made.partition("[[templates]]")[0], encoding="utf-8")
    assert load_definition(file).template("only-form").sections == ()


def test_a_block_has_the_headings_of_its_form() -> None:
    blocks = {block.key: block for block in definition("2014-16").template("july-2014").blocks()}
    risks = blocks["risk-log"]
    assert risks.column_label("likelihood", "Likelihood") == "Prob (1–5)"
    assert risks.column_label("reference", "Reference") == "Reference"


def test_a_section_is_walked_before_its_subsections() -> None:
    section = definition("2014-16").template("july-2014").sections[0]
    assert [each.key for each in section.walk()] == ["1", "1a", "1b", "1c"]
    fields = [entry for entry in section.subsections[0].entries if isinstance(entry, PlanField)]
    assert [(each.key, each.year) for each in fields[-2:]] == [
        ("total-pool", "2014-15"),
        ("total-pool", "2015-16"),
    ]


def test_the_workbook_of_2019_20_has_its_sheets_in_order() -> None:
    template = definition("2019-20").template()
    assert numbers(template) == [
        *("Tab 2", "Tab 3", "Tab 4", "A", "B(i)", "B(ii)", "C"),
        *("Tab 5", "Tab 6", "Tab 7", "Tab 8", "Tab 9"),
    ]
    assert [each.part for each in template.sections if each.part] == [
        "Planning template (workbook)",
        "Beside the template",
    ]
    assert {block.key for block in template.sections[7].entries if isinstance(block, Block)} == {
        "planning-requirements",
        "national-conditions",
    }


def test_the_return_of_2020_21_is_a_form_without_metrics() -> None:
    template = definition("2020-21").template()
    assert [each.heading for each in template.sections[:4]] == [
        "Cover",
        "National Conditions",
        "Income",
        "Expenditure",
    ]
    assert "metrics" not in {block.key for block in template.blocks()}


@pytest.mark.parametrize(("cycle", "parts"), [("2021-22", 3), ("2022-23", 4)])
def test_a_narrative_stands_before_the_workbook_again(cycle: str, parts: int) -> None:
    template = definition(cycle).template()
    assert [section.part for section in template.sections if section.part][:2] == [
        "Narrative plan",
        "Planning template (workbook)",
    ]
    assert len([section for section in template.sections if section.part]) == parts
    assert numbers(template) == [*"CDEFGHI", *(f"Tab {tab}" for tab in range(2, 8))]


def test_the_form_of_the_discharge_fund_asks_about_its_own_money_alone() -> None:
    template = definition("2022-23").template("discharge-fund-2022")
    assert template.sections[0].part == "Adult Social Care Discharge Fund template"
    assert not {block.key for block in template.blocks()} & {
        "metrics",
        "national-conditions",
        "planning-requirements",
    }


def test_the_forms_of_2023_25_have_a_narrative_or_its_updates() -> None:
    cycle = definition("2023-25")
    assert numbers(cycle.template("april-2023")) == [
        *("A–B", "C–D", "E", "F–G", "H–L", "M–N", "O"),
        *("Tab 2", "Tab 3", "Tab 4", "Tab 5", "Tab 6a", "Tab 7", "Tab 8"),
    ]
    assert numbers(cycle.template("refresh-2024-25")) == [
        *("Tab 2", "Tab 3", "Tab 4", "Tab 5", "Tab 6a", "Tab 7", "Tab 8", "Tab 9"),
    ]
    assert cycle.template().key == "april-2023"


def test_expenditure_of_2025_26_is_by_activity_and_objective() -> None:
    blocks = {block.key: block for block in definition("2025-26").template().blocks()}
    expenditure = blocks["expenditure"]
    assert expenditure.column_label("scheme-type", "Scheme type") == "Activity"
    assert {"primary-objective", "comment"} < {column.key for column in expenditure.columns}
    assert "spend-by-objective" in blocks


def test_of_2026_27_every_section_is_our_own() -> None:
    sections = list(definition("2026-27").template().walk())
    assert len(sections) == 9
    assert {each.source for each in sections} == {"the product’s own section, not verified"}
