"""Sums of rows say how they were made; minimums are held against what a plan states."""

from dataclasses import replace
from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from bcf.assurance.figures import NOT_STATED, Choice, Printed
from bcf.assurance.printed import SPEND, printed_tables
from bcf.assurance.summary import summarise
from bcf.assurance.sums import (
    components_added,
    contributions_added,
    counted,
    held,
    held_as_printed,
    minimums,
    sources_of,
    spend_added,
)
from bcf.base.worked import POUNDS, added, percent_of, stated
from plans.cycle_definitions import LinesCounted, definitions
from tests.unit.assurance.values import (
    DFG,
    NHS,
    Y1,
    Y2,
    contribution,
    figures,
    pool,
    spend_line,
)

RULE = Choice("social-care", "Social care")
HEALTH, CARE = Choice("health", "Health"), Choice("care", "Care")
amounts = st.lists(st.tuples(st.sampled_from([NHS, DFG]), st.integers(1, 10**9)), min_size=1)


def test_contributions_by_source_part_and_year() -> None:
    part = figures(contribution(5, plan="b", source=DFG), slug="b")
    plan = figures(
        contribution(10), contribution(2, source=DFG), contribution(7, year=Y2), parts=(part,)
    )
    whole = contributions_added(plan, Y1)
    assert whole is not None
    assert (whole.value, whole.how) == (17, "£10 + £2 + £5")
    of_grant = contributions_added(plan, Y1, sources=["dfg"])
    of_part = contributions_added(plan, Y1, of="b")
    assert of_grant is not None
    assert of_part is not None
    assert (of_grant.value, of_part.value) == (7, 5)
    assert contributions_added(plan, Y2, sources=["dfg"]) is None


def test_spend_that_counts_and_what_breaks_it_down() -> None:
    whole = spend_line(100, ref="whole", theme=HEALTH)
    plan = figures(
        whole,
        spend_line(60, ref="one", breaks_down="whole", theme=HEALTH),
        spend_line(50, ref="two", breaks_down="whole", theme=HEALTH),
        spend_line(9, ref="beside", in_pool=False),
    )
    spent, parts = spend_added(plan, Y1), components_added(plan, whole)
    assert spent is not None
    assert parts is not None
    assert (spent.value, parts.value) == (100, 110)
    assert [row.ref for row in parts.rows] == ["one", "two"]
    assert spend_added(plan, Y1, theme="care") is None


def test_a_minimum_is_held_against_what_is_stated() -> None:
    row = pool(120, rule=RULE, is_total_pool=False, minimum=D(100))
    part = pool(None, plan="b", rule=RULE, is_total_pool=False, minimum=D(50))
    found = held(figures(row), "social-care", Y1)
    assert found.margin is not None
    assert (found.margin.value, found.margin.how, found.is_met) == (20, "£120 − £100", True)
    joint = held(figures(row, parts=(figures(part, slug="b"),)), "social-care", Y1)
    assert joint.minimum is not None
    assert (joint.minimum.value, joint.actual, joint.is_met) == (150, None, None)
    assert held(figures(row), "social-care", Y2).is_met is None
    assert held(figures(pool(99, rule=RULE, minimum=D(100))), "social-care", Y1).is_met is False


def test_a_summary_holds_each_minimum_once_a_year() -> None:
    rows = [pool(9, rule=RULE, minimum=D(1), plan=plan, year=Y1) for plan in "ab"]
    plan = figures(rows[0], parts=(figures(rows[1], slug="b"),))
    assert summarise(plan).minimums == minimums(plan)
    assert [(each.rule, each.year) for each in minimums(plan)] == [("social-care", Y1)]


def printed(value: int, **about: str) -> Printed:
    plan, measure = about.pop("plan", "a"), about.pop("measure", SPEND)
    return Printed(plan, measure, Y1, stated(value, 1, POUNDS), about.pop("table", "1"), **about)


def test_a_printed_total_is_made_of_finer_figures_of_its_table() -> None:
    own = (
        printed(10),
        printed(6, theme="Health"),
        printed(4, theme="Care"),
        printed(5, theme="Health", line="Beds"),
        printed(3, theme="Care", line="Homes"),
        printed(7, theme="Care", table="2"),
        printed(8, plan="b"),
    )
    tables = printed_tables(replace(figures(), printed=own))
    whole = tables.find(SPEND, Y1)
    assert whole is not None
    assert [tables.added_along(whole, *along) for along in (["site"], ["line"])] == [None, None]
    themes = tables.added_along(whole, "theme")
    lines = tables.added_along(whole, "theme", "line")
    parts = tables.added_along(whole, "plan")
    assert themes is not None
    assert lines is not None
    assert parts is not None
    assert (themes.value, lines.value, parts.value) == (10, 8, 8)
    assert tables.find(SPEND, Y1, "2") is None
    assert tables.find(SPEND, Y2) is None


def test_a_minimum_as_it_is_printed() -> None:
    own = (printed(5, measure="social-care-minimum"), printed(7, measure="social-care-actual"))
    tables = printed_tables(replace(figures(), printed=own))
    margin = held_as_printed(tables, "social-care", Y1).margin
    assert margin is not None
    assert margin.value == 2
    assert held_as_printed(tables, "social-care", Y2).margin is None


def test_a_total_of_a_cycle_stands_for_sources() -> None:
    for cycle in definitions().values():
        every = {source.key for source in cycle.funding_sources}
        for key in every:
            assert sources_of(cycle, key) == (key,)
        for total in cycle.funding_totals:
            found = sources_of(cycle, total.key)
            assert set(found) <= every
            assert len(set(found)) == len(found) > 1


@given(amounts)
def test_shares_by_source_add_up_to_all(paid: list[tuple[Choice, int]]) -> None:
    plan = figures(*(contribution(amount, source=source) for source, amount in paid))
    whole = contributions_added(plan, Y1)
    assert whole is not None
    parts = [contributions_added(plan, Y1, sources=[key]) for key in ("nhs-minimum", "dfg")]
    shares = [share for part in parts if part and (share := percent_of(part, whole))]
    together = added(shares)
    assert together is not None
    assert together.value == 100


RING_FENCE = LinesCounted(
    sources=("nhs-minimum",), other_areas_than=("acute",), commissioners=("nhs",)
)
SOCIAL_CARE = LinesCounted(sources=("nhs-minimum",), areas=("social-care",))
ACUTE, COMMUNITY = Choice("acute", "Acute"), Choice("community", "Community health")
BY_NHS, JOINTLY = Choice("nhs", "NHS"), Choice("joint", "Joint")


def test_spend_lines_that_count_towards_a_minimum() -> None:
    given = {"source": NHS, "area": COMMUNITY, "commissioner": BY_NHS}
    plan = figures(
        spend_line(100, **given),
        spend_line(40, **{**given, "commissioner": JOINTLY, "nhs_percent": D("25.00")}),
        spend_line(7, **{**given, "area": ACUTE}),
        spend_line(6, **{**given, "source": DFG}),
        spend_line(5, **{**given, "commissioner": Choice("council", "Council")}),
        spend_line(4, **given, in_pool=False),
        spend_line(3, **given, year=Y2),
    )
    found = counted(plan, RING_FENCE, Y1)
    assert found is not None
    assert found.value == 110
    assert counted(plan, LinesCounted(), Y1) is None
    none_of_it = counted(plan, SOCIAL_CARE, Y1)
    assert none_of_it is not None
    assert none_of_it.value == 0


def test_a_line_that_does_not_say_what_decides_leaves_the_whole_untold() -> None:
    given = {"source": NHS, "area": COMMUNITY, "commissioner": BY_NHS}
    for unsaid in ("source", "area", "commissioner"):
        line = spend_line(1, **{**given, unsaid: NOT_STATED})
        assert counted(figures(spend_line(9, **given), line), RING_FENCE, Y1) is None
    elsewhere = spend_line(1, source=DFG)
    found = counted(figures(spend_line(9, **given), elsewhere), RING_FENCE, Y1)
    assert found is not None
    assert found.value == 9
    without_share = spend_line(1, **{**given, "commissioner": JOINTLY})
    assert counted(figures(without_share), RING_FENCE, Y1) is None


def test_what_lines_come_to_is_held_where_the_plan_states_nothing() -> None:
    line = spend_line(80, source=NHS, area=Choice("social-care", "Social care"))
    row = pool(None, rule=RULE, is_total_pool=False, minimum=D(100), counts=SOCIAL_CARE)
    found = held(figures(row, line), "social-care", Y1)
    assert found.spend is not None
    assert (found.spend.words, found.is_met) == ("£80", False)


def test_cycles_hold_carers_the_care_act_and_the_grant_against_minimums() -> None:
    within = {"care-act", "carers", "dfg"}
    cycles = [
        cycle
        for cycle in definitions().values()
        if within <= {rule.key for rule in cycle.requirement_rules}
    ]
    first = {"2014-16", "2016-17", "2017-19", "2019-20", "2023-25"}
    assert first <= {cycle.key for cycle in cycles}
    for cycle in cycles:
        counts = cycle.requirement_rule("dfg").counts
        found = counted(figures(spend_line(30, source=DFG), spend_line(9)), counts, Y1)
        assert found is None
        named = counted(figures(spend_line(30, source=DFG), spend_line(9, source=NHS)), counts, Y1)
        assert named is not None
        assert named.value == 30
