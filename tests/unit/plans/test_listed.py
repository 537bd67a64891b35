"""Every entry of a definition alike, and how many of them are verified."""

from dataclasses import replace
from pathlib import Path

from plans.cycle_definitions import (
    CycleDefinition,
    Verified,
    definition,
    definitions,
    listed,
    listed_by_list,
    load_definition,
)

SMALL = Path(__file__).parent / "cycle_files" / "2030-32.toml"


def small() -> CycleDefinition:
    return load_definition(SMALL)


def test_parts_and_sections_are_listed_with_their_whole() -> None:
    found = {(each.name, each.part_of, each.key): each for each in listed(small())}
    assert found["funding_sources", "", "grant"].label == "Grant"
    assert found["funding_sources.sub_sources", "grant", "first-half"].label == "First half"
    assert found["payments.quarters", "bonus", "first"].source == "a test"
    assert found["return_sheets.answers", "score", "enough"].verified is False
    assert found["templates.sections", "only-form", "1a"].label == "1(a) Players"
    # Nothing is listed twice.
    assert len(found) == len(listed(small()))


def test_parts_are_counted_with_the_list_of_their_whole() -> None:
    by_list = listed_by_list(small())
    assert [each.key for each in by_list["funding_sources"]] == [
        *("grant", "first-half", "second-half", "levy")
    ]
    assert [each.key for each in by_list["templates"]] == ["1", "1a"]
    assert sum(map(len, by_list.values())) == len(listed(small()))


def test_what_an_entry_follows_and_how_it_changed_are_listed() -> None:
    cycle = small()
    [grant, levy] = cycle.funding_sources
    changed = replace(levy, follows=("tithe",), change="It is a tenth no more.")
    found = listed(replace(cycle, funding_sources=(grant, changed)))
    [of_levy] = [each for each in found if each.key == "levy"]
    assert (of_levy.follows, of_levy.change) == (("tithe",), "It is a tenth no more.")


def test_verified_entries_are_counted() -> None:
    cycle = small()
    assert Verified.among(listed(cycle)) == Verified(0, len(listed(cycle)))
    [grant, levy] = cycle.funding_sources
    one = replace(cycle, funding_sources=(replace(grant, verified=True), levy))
    assert Verified.among(listed(one)).count == 1
    assert not Verified.among(listed(one)).is_whole
    assert Verified(3, 3).is_whole


def test_every_real_cycle_lists_its_entries() -> None:
    for cycle in definitions().values():
        found = listed(cycle)
        assert {each.name for each in found} >= {"funding_sources", "template_versions"}
        assert all(each.key and each.label and each.source for each in found)
    in_2014 = Verified.among(listed(definition("2014-16")))
    assert 0 < in_2014.count < in_2014.of
