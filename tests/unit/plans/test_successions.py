"""Bodies over time: CCGs merged twice, a council divided, and the words for what they became."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.periods import FinancialYear
from plans.successions import DatedBody, Lifetime, Successions

BARNET = DatedBody("07M", "NHS Barnet CCG", Lifetime(date(2013, 4, 1), date(2020, 3, 31)))
CAMDEN = DatedBody("07R", "NHS Camden CCG", Lifetime(date(2013, 4, 1), date(2020, 3, 31)))
MERGED = DatedBody(
    "93C", "NHS North Central London CCG", Lifetime(date(2020, 4, 1), date(2022, 6, 30))
)
ICB = DatedBody("QMJ", "NHS North Central London ICB", Lifetime(date(2022, 7, 1)))


def pairs(*found: tuple[DatedBody, DatedBody]) -> Successions:
    """The successions of a body and one that came after it, each."""
    bodies = [(each, None) for pair in found for each in pair]
    return Successions.of_links([*bodies, *((one, other.key) for one, other in found)])


LONDON = pairs((BARNET, MERGED), (CAMDEN, MERGED), (MERGED, ICB))

COUNTY = DatedBody("county", "County Council", Lifetime(None, date(2023, 3, 31)))
EAST = DatedBody("east", "East Council", Lifetime(date(2023, 4, 1)))
WEST = DatedBody("west", "West Council", Lifetime(date(2023, 4, 1)))
SPLIT = pairs((COUNTY, EAST), (COUNTY, WEST))


def year(code: str) -> Lifetime:
    return Lifetime.of_years([FinancialYear.parse(code)])


@pytest.mark.parametrize(
    ("when", "meets"),
    [
        ("2012-13", False),
        ("2013-14", True),
        ("2019-20", True),
        ("2020-21", False),
    ],
)
def test_a_body_exists_in_the_years_that_its_dates_touch(when: str, meets: bool) -> None:
    assert BARNET.lifetime.meets(year(when)) is meets


def test_one_day_of_a_year_is_enough() -> None:
    assert MERGED.lifetime.meets(year("2022-23"))
    assert ICB.lifetime.meets(year("2022-23"))
    assert not ICB.lifetime.meets(year("2021-22"))


def test_what_is_not_known_stands_in_nobodys_way() -> None:
    assert Lifetime().meets(year("1948-49"))
    assert COUNTY.lifetime.meets(year("1948-49"))
    assert BARNET.lifetime.meets(Lifetime.of_years([]))


def test_the_years_of_a_plan_run_from_the_first_day_to_the_last() -> None:
    years = [FinancialYear.parse("2018-19"), FinancialYear.parse("2017-18")]
    assert Lifetime.of_years(years) == Lifetime(date(2017, 4, 1), date(2019, 3, 31))


def test_successors_are_told_step_by_step() -> None:
    assert LONDON.successors("07M") == ((MERGED,), (ICB,))
    assert LONDON.predecessors("QMJ") == ((MERGED,), (BARNET, CAMDEN))
    assert LONDON.successors("QMJ") == LONDON.predecessors("07M") == LONDON.successors("none") == ()
    assert SPLIT.successors("county") == ((EAST, WEST),)


def test_a_body_to_which_two_ways_lead_stands_at_the_last_step() -> None:
    short = pairs((BARNET, MERGED), (BARNET, ICB), (MERGED, ICB))
    assert short.successors("07M") == ((MERGED,), (ICB,))


def test_a_circle_is_gone_round_once() -> None:
    circle = pairs((EAST, WEST), (WEST, EAST))
    assert circle.successors("east") == ((WEST,),)


def test_a_body_leads_to_what_came_after_it_in_several_steps() -> None:
    assert LONDON.leads_to("07M", "QMJ")
    assert not LONDON.leads_to("QMJ", "07M")
    assert not LONDON.leads_to("07M", "07R")


@pytest.mark.parametrize(
    ("body", "day", "found"),
    [
        (BARNET, date(2020, 3, 31), (BARNET,)),
        (BARNET, date(2020, 4, 1), (MERGED,)),
        (BARNET, date(2022, 6, 30), (MERGED,)),
        (BARNET, date(2022, 7, 1), (ICB,)),
        (ICB, date(2021, 1, 1), (MERGED,)),
        (ICB, date(2015, 1, 1), (BARNET, CAMDEN)),
        (ICB, date(2012, 1, 1), ()),
    ],
)
def test_the_body_of_the_day(body: DatedBody, day: date, found: tuple[DatedBody, ...]) -> None:
    assert LONDON.of_the_day(body, day) == found


@given(st.dates(date(2013, 4, 1), date(2030, 1, 1)))
def test_there_is_somebody_on_every_day(day: date) -> None:
    for body in (BARNET, MERGED, ICB):
        assert LONDON.of_the_day(body, day)


def test_the_words_for_what_a_body_became() -> None:
    assert LONDON.told(BARNET) == (
        "NHS Barnet CCG, until 31 March 2020; then NHS North Central London CCG, until "
        "30 June 2022; then NHS North Central London ICB"
    )
    assert SPLIT.told(COUNTY) == "County Council, until 31 March 2023; then East Council and " + (
        "West Council"
    )
    assert LONDON.told(ICB) == "NHS North Central London ICB"
    after, until = date(2022, 7, 1), date(2022, 6, 30)
    assert LONDON.became("93C", after) == "until 30 June 2022; then NHS North Central London ICB"
    assert LONDON.became("93C", until) == LONDON.became("QMJ", after) == ""
    assert LONDON.became("none", after) == ""
    alone = Successions.of_links([(BARNET, None)])
    assert alone.became("07M", after) == "until 31 March 2020"
    assert LONDON.followed_by("07M") == (
        "NHS North Central London CCG, until 30 June 2022; then NHS North Central London ICB"
    )
    assert LONDON.followed_by("QMJ") == ""
    assert [each.lifetime.told for each in (BARNET, ICB, COUNTY)] == [
        "1 April 2013 to 31 March 2020",
        "from 1 July 2022",
        "until 31 March 2023",
    ]
    assert Lifetime().told == ""


def test_an_end_is_told_once_where_all_of_a_step_share_it() -> None:
    merging = pairs((COUNTY, BARNET), (COUNTY, CAMDEN))
    assert merging.told(COUNTY).endswith(
        "then NHS Barnet CCG and NHS Camden CCG, until 31 March 2020"
    )
    apart = pairs((COUNTY, BARNET), (COUNTY, ICB))
    assert apart.told(COUNTY).endswith(
        "then NHS Barnet CCG, until 31 March 2020 and NHS North Central London ICB"
    )


def test_a_refusal_names_whom_to_choose() -> None:
    assert LONDON.refusal(BARNET, year("2021-22"), "2021–22") == (
        "NHS Barnet CCG existed until 31 March 2020, before 2021–22. Choose NHS North Central "
        "London CCG, which came after it."
    )
    assert LONDON.refusal(MERGED, year("2017-18"), "2017–18") == (
        "NHS North Central London CCG exists from 1 April 2020, after 2017–18. Choose one of: "
        "NHS Barnet CCG; NHS Camden CCG."
    )
    assert SPLIT.refusal(COUNTY, year("2023-24"), "2023–24").endswith(
        "Choose one of: East Council; West Council."
    )
    assert SPLIT.refusal(EAST, year("2020-21"), "2020–21").endswith(
        "Choose County Council, which was there before it."
    )
    assert (
        Successions()
        .refusal(BARNET, year("2021-22"), "2021–22")
        .endswith("Choose a body that existed then.")
    )
