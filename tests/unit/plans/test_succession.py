"""What follows what over the cycles: lines of entries, where they break, and strangers."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from plans.cycle_definitions import (
    Choice,
    CycleDefinition,
    CycleDefinitionError,
    definitions,
    line_of,
    lines,
    load_definition,
    load_definitions,
)

FILES = Path(__file__).parent / "cycle_files"
AREAS = "areas_of_spend"


@pytest.fixture(scope="module")
def made() -> CycleDefinition:
    return load_definition(FILES / "2030-32.toml")


@pytest.fixture
def cycle(made: CycleDefinition) -> Callable[..., CycleDefinition]:
    """A cycle of one year with these areas of spend: keys, or entries."""

    def make(year: str, *areas: str | Choice) -> CycleDefinition:
        entries = tuple(each if isinstance(each, Choice) else area(each) for each in areas)
        return replace(made, key=year, years=(year,), areas_of_spend=entries)

    return make


def area(key: str, *, follows: tuple[str, ...] = (), change: str = "") -> Choice:
    return Choice(key, key.capitalize(), False, "a test", follows=follows, change=change)


def test_an_entry_of_the_same_key_is_the_same_thing(
    cycle: Callable[..., CycleDefinition],
) -> None:
    cycles = [cycle("2030-31", "home", "ward"), cycle("2031-32", "ward")]
    assert [(line.key, len(line.terms)) for line in lines(cycles, AREAS)] == [
        ("home", 1),
        ("ward", 2),
    ]


def test_a_line_goes_on_under_another_key_in_several_steps(
    cycle: Callable[..., CycleDefinition],
) -> None:
    cycles = [
        cycle("2030-31", "ward"),
        cycle("2031-32", area("unit", follows=("ward",))),
        cycle("2032-33", area("clinic", follows=("unit",))),
    ]
    [line] = lines(cycles, AREAS)
    assert (line.key, line.label, line.keys) == ("clinic", "Clinic", {"ward", "unit", "clinic"})
    assert line_of(cycles, AREAS, "ward") == line
    assert line_of(cycles, AREAS, "garden") is None


def test_what_is_joined_or_divided_is_one_line(cycle: Callable[..., CycleDefinition]) -> None:
    cycles = [
        cycle("2030-31", "bed", "chair"),
        cycle("2031-32", area("seat", follows=("bed", "chair"))),
        cycle("2032-33", area("sofa", follows=("seat",)), area("stool", follows=("seat",))),
    ]
    [line] = lines(cycles, AREAS)
    assert line.label == "Sofa; Stool"
    assert [entry.key for entry in line.of_cycle("2030-31")] == ["bed", "chair"]
    assert line.of_cycle("2040-41") == ()


def test_a_line_breaks_where_its_definition_changed(
    cycle: Callable[..., CycleDefinition],
) -> None:
    cycles = [cycle("2030-31", "ward"), cycle("2031-32", area("ward", change="Now without beds."))]
    [line] = lines(cycles, AREAS)
    assert [(each.cycle.key, each.entry.change) for each in line.breaks] == [
        ("2031-32", "Now without beds.")
    ]


def test_what_follows_nothing_known_is_refused(tmp_path: Path) -> None:
    well_made = (FILES / "2030-32.toml").read_text(encoding="utf-8")
    (tmp_path / "2030-32.toml").write_text(well_made, encoding="utf-8")
    later = (
        well_made.replace("2031-32", "2033-34")
        .replace("2030-31", "2032-33")
        .replace('key = "2030-32"', 'key = "2032-34"')
    )
    follower = later.replace(
        'contributor_kinds = ["local-authority"]',
        'contributor_kinds = ["local-authority"]\nfollows = ["tithe"]',
    )
    (tmp_path / "2032-34.toml").write_text(follower, encoding="utf-8")
    with pytest.raises(CycleDefinitionError) as refused:
        load_definitions(tmp_path)
    assert str(refused.value) == (
        "2032-34.toml: funding_sources[levy].follows: no earlier cycle has “tithe” in this list"
    )
    (tmp_path / "2032-34.toml").write_text(later, encoding="utf-8")
    assert list(load_definitions(tmp_path)) == ["2030-32", "2032-34"]


@pytest.mark.parametrize("name", ["funding_sources", "scheme_types", "metrics", "conditions"])
def test_every_entry_is_of_one_line(name: str) -> None:
    cycles = list(definitions().values())
    found = [(t.cycle.key, t.entry.key) for line in lines(cycles, name) for t in line.terms]
    every = [(each.key, entry.key) for each in cycles for entry in each.lists()[name]]
    assert sorted(found) == sorted(every)
