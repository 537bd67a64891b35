"""Documents as plain values: numbers of tables, levels of headings, and what stands sideways."""

from typing import Any

from bcf.charts import BarChart
from bcf.reporting.documents.model import (
    Answer,
    Block,
    Fact,
    Figure,
    Section,
    Tabled,
    Words,
    numbered,
)
from bcf.ui.tables import build_table


def tabled(key: str, rows: int = 1, *, is_wide: bool = False) -> Tabled:
    table = build_table(key, key.title(), ["A", "B"], [["a", "b"]] * rows)
    return Tabled(table, is_wide=is_wide)


def section(key: str, *blocks: Block, sections: tuple[Section, ...] = (), **more: Any) -> Section:
    return Section(key, key.title(), blocks=blocks, sections=sections, **more)


def test_tables_and_figures_are_numbered_through() -> None:
    chart = Figure(BarChart("c", "Chart", "", ()))
    made = numbered(
        (
            section("one", tabled("a"), chart, sections=(section("inner", tabled("b")),)),
            section("two", tabled("empty", rows=0), tabled("c"), chart),
        )
    )
    blocks = [block for outer in made for each in outer.walk() for block in each.blocks]
    numbers = [(block.kind, block.number) for block in blocks if not isinstance(block, Words)]  # type: ignore[union-attr]
    assert numbers == [
        ("table", 1),
        ("figure", 1),
        ("table", 2),
        ("table", 0),
        ("table", 3),
        ("figure", 2),
    ]
    first = blocks[0]
    assert isinstance(first, Tabled)
    assert first.numbered.caption == "Table 1: A"


def test_headings_go_down_one_level_at_a_time() -> None:
    made = numbered((section("a", sections=(section("b", sections=(section("c"),)),)),))
    assert [each.level for each in made[0].walk()] == [2, 3, 4]


def test_a_heading_goes_sideways_with_the_wide_table_under_it() -> None:
    wide = tabled("wide", is_wide=True)
    assert section("a", wide).starts_wide
    assert section("a", sections=(section("b", wide),)).starts_wide
    assert section("a", Answer("Q", "Question?", ""), wide).wide_lead == 2
    assert not section("a", Answer("Q", "Question?", "word " * 400), wide).starts_wide
    assert not section("a", tabled("upright"), wide).starts_wide
    assert not section("a", Words("Something."), wide).starts_wide


def test_what_is_not_answered_says_so() -> None:
    assert Fact("Agreed", "").shown == "Not answered"
    assert Fact("Agreed", "Yes").shown == "Yes"


def test_an_answer_s_title_says_whose_it_is() -> None:
    assert Answer("Vision", "?", "", number="2a").title == "2a Vision"
    assert Answer("Vision", "?", "", number="2a", whose="Havering").title == "2a Vision: Havering"


def test_short_tables_are_kept_on_one_page() -> None:
    assert tabled("a", rows=8).is_short
    assert not tabled("a", rows=9).is_short
    wordy = Tabled(build_table("t", "T", ["A"], [["word " * 400]]))
    assert not wordy.is_short
