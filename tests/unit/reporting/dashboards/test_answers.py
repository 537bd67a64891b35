"""The other answers of a board's dashboard: risks, signatures, agreements, milestones, money."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bcf.assurance.checks.finding import Finding, Severity
from bcf.assurance.checks.record import AgreementRow
from bcf.assurance.figures import Choice
from bcf.assurance.summary import summarise
from bcf.charts import MatrixChart, Stage, TimelineChart
from bcf.periods import PartialDate
from bcf.reporting.dashboards.deciding import deciding_of
from bcf.reporting.dashboards.milestones import (
    MOST_EVENTS,
    milestones_question,
    placed,
    time_between,
)
from bcf.reporting.dashboards.money import money_question
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.reporting.dashboards.risks import Risks, risks_of, risks_question
from bcf.reporting.dashboards.terms import terms_of, terms_question, year_later
from bcf.ui.tables import Table
from plans.cycle_definitions import definition
from plans.models import Board
from tests.unit.assurance.checks.records_governance import (
    SIGNED,
    TODAY,
    agreement,
    milestone,
    risk,
    signature,
)
from tests.unit.assurance.values import contribution, figures, pool, spend_line


def column(table: Table | None, place: int) -> list[Any]:
    return [row.cells[place].value for row in table.rows] if table else []


# -- risks ---------------------------------------------------------------------------------


def found_risks(*rows: Any, inherited: frozenset[str] = frozenset()) -> Risks:
    return risks_of(rows, definition("2017-19").risk_bands, inherited)


def panel(question: Question, key: str) -> Panel:
    return next(each for each in question.panels if each.key == key)


def test_risks_stand_in_their_squares_by_number_highest_rating_first() -> None:
    low, high = risk("Low", likelihood=1, impact=2), risk("High", likelihood=4, impact=5)
    asked = risks_question(found_risks(low, high))
    found = panel(asked, "risks")
    assert isinstance(found.chart, MatrixChart)
    squares = {
        (int(likelihood), place): square
        for likelihood, row in zip(found.chart.rows, found.chart.squares, strict=True)
        for place, square in enumerate(row, start=1)
    }
    assert len(squares) == 25
    assert {place: each.marks for place, each in squares.items() if each.marks} == {
        (4, 5): ("1",),
        (1, 2): ("2",),
    }
    assert [(squares[4, 5].corner, squares[4, 5].level), squares[1, 2].level] == [("20", 3), 1]
    assert column(found.table, 1) == ["High", "Low"]
    assert asked.sentences == (
        "2 risks are entered, and 1 of them is high. The highest rating is 20 of 25: “High”.",
    )


def test_a_risk_without_scores_is_named_and_in_no_square() -> None:
    asked = risks_question(found_risks(risk("Vague", likelihood=None, printed_rating="High")))
    assert [each.key for each in asked.panels] == ["risks-without-scores"]
    assert asked.panels[0].points == ("Vague (printed as High)",)
    assert asked.sentences == ("1 risk is entered; none of them is scored, so none is in a grid.",)
    assert risks_question(found_risks()).sentences == ("No risk is entered for this plan.",)


def test_risks_of_the_joint_plan_are_said_to_be() -> None:
    found = found_risks(risk("One"), inherited=frozenset({"one"}))
    assert "all of the joint plan" in risks_question(found).sentences[0]


def test_a_rating_after_mitigation_stands_beside_the_level_before() -> None:
    assert len(risks_question(found_risks(risk("One"))).panels) == 1
    rows = (
        risk("Stays", likelihood=5, impact=5, rating_after_mitigation="RED"),
        risk("Falls", likelihood=4, impact=4, rating_after_mitigation="GREEN"),
        risk("Unknown", likelihood=1, impact=1),
    )
    asked = risks_question(found_risks(*rows))
    assert column(panel(asked, "risks").table, 6) == ["RED", "GREEN", None]
    after = panel(asked, "risks-after-mitigation")
    assert isinstance(after.chart, MatrixChart)
    assert (after.chart.rows, after.chart.columns) == (("High", "Medium", "Low"), ("GREEN", "RED"))
    assert [square.marks for square in after.chart.squares[0]] == [("2",), ("1",)]
    assert after.sentences == (
        "After mitigation, of 2 risks 1 stays at the highest level. For 1 scored risk no rating "
        "after it is stated.",
    )


def test_a_rating_after_mitigation_that_is_no_plain_number_stands_as_it_is_printed() -> None:
    rows = [
        risk(f"Risk {word}", likelihood=5, impact=5, rating_after_mitigation=word)
        for word in ("²", "20", "falls", "RED")
    ]
    after = panel(risks_question(found_risks(*rows)), "risks-after-mitigation").chart
    assert isinstance(after, MatrixChart)
    levels = {
        word: square.level for word, square in zip(after.columns, after.squares[0], strict=True)
    }
    assert levels == {"²": 0, "falls": 0, "20": 3, "RED": 3}


def test_a_cycle_without_bands_calls_no_risk_high() -> None:
    asked = risks_question(risks_of([risk("One", likelihood=5, impact=5)], ()))
    assert asked.sentences == ("1 risk is entered. The highest rating is 25 of 25: “One”.",)
    assert column(panel(asked, "risks").table, 2) == [None]


# -- signatures ----------------------------------------------------------------------------


def test_all_signatures_with_name_and_date_are_complete() -> None:
    found = deciding_of("approved", SIGNED, [], TODAY)
    assert found.wanting == 0
    assert found.sentences[-1] == "All 3 signatures are entered with a name and a date."


def test_one_signature_alone_is_not_called_all() -> None:
    found = deciding_of("approved", SIGNED[:1], [], TODAY)
    assert found.sentences[-1] == "The 1 signature is entered with a name and a date."


def test_what_is_wanting_stands_first() -> None:
    rows = (
        SIGNED[0],
        signature("council", "No date", signed_on=None),
        signature("council", "No name", name=""),
        signature("board", "Late", is_delegated=True, to_be_ratified_on=date(2016, 1, 1)),
        signature("board", "Coming", is_delegated=True, to_be_ratified_on=date(2017, 1, 1)),
    )
    found = deciding_of("draft", rows, [], TODAY)
    assert [(cells[2].value, cells[1].value) for cells in (r.cells for r in found.table.rows)] == [
        ("No date", "No date entered"),
        ("No name", "No name entered"),
        ("Late", "Not ratified"),
        ("Coming", "To be ratified"),
        ("A Council", "Signed"),
    ]
    assert found.table.rows[2].cells[1].note == "was to be on 1 January 2016"
    assert found.sentences == (
        "The plan is a draft: it has still to be submitted for assurance.",
        "Of 5 signatures, 2 have no name or no date.",
        "2 signatures were given under delegation: whether they have been ratified since is not "
        "entered.",
    )


def test_a_signature_of_which_there_is_no_row_is_told_as_the_checks_tell_it() -> None:
    absent = Finding("signoff.missing", Severity.ERROR, "Nobody signs for A CCG.")
    other = Finding("risk.unmitigated", Severity.ERROR, "No mitigation.")
    found = deciding_of("draft", SIGNED, [absent, other], TODAY)
    assert found.absent == ("Nobody signs for A CCG.",)
    assert not any(sentence.startswith("All") for sentence in found.sentences)


# -- agreements ----------------------------------------------------------------------------


def agreed(name: str, ends: str = "", review: str = "", **given: Any) -> AgreementRow:
    row = agreement(name, "", ends, **given)
    return replace(row, review=PartialDate.parse(review) if review else None)


def test_agreements_by_what_is_to_be_done_the_most_pressing_first() -> None:
    found = terms_of(
        [
            agreed("Over", "2016-06-14"),
            agreed("Soon", "2017-06-15"),
            agreed("Far", "2017-06-16"),
            agreed("Open", is_open_ended=True),
            agreed("Unknown"),
            agreed("Review", review="2016-09", is_open_ended=True),
        ],
        TODAY,
    )
    assert list(zip(column(found.table, 0), column(found.table, 1), strict=True)) == [
        ("Review", "Review due"),
        ("Soon", "Ends soon"),
        ("Over", "Ended"),
    ]
    assert found.sentence == (
        "Of 6 agreements, 1 ends within twelve months, 1 needs review by then, and 1 has ended. "
        "For 1 no end is entered, so it cannot be told whether it still runs."
    )


def test_a_schedule_ends_with_the_agreement_above_it() -> None:
    rows = [agreed("Top", "2016-12"), agreed("Below", parent="top")]
    assert column(terms_of(rows, TODAY).table, 1) == ["Ends soon", "Ends soon"]


@pytest.mark.parametrize(
    ("ends", "months", "state", "reminder", "column_words"),
    [
        # Today is 15 June 2016.
        ("2017-03", 6, "Ends soon", "Give notice by 30 September 2016", "30 September 2016"),
        ("2017-09", 6, "Notice due", "Give notice by 30 March 2017", "30 March 2017"),
        ("2016-09", 6, "Ends soon", "Notice was to be given by 30 March 2016", "30 March 2016"),
        ("2016-12-15", 6, "Ends soon", "Give notice by 15 June 2016", "15 June 2016"),
        ("2017", 6, "Ends soon", "", "6 months before it ends"),
        ("2016-09", None, "Ends soon", "", None),
        ("2016-03", 1, "Ended", "", "29 February 2016"),
    ],
)
def test_notice_is_asked_for_so_many_months_before_the_end(
    ends: str, months: int | None, state: str, reminder: str, column_words: str | None
) -> None:
    table = terms_of([agreed("One", ends, notice_months=months)], TODAY).table
    assert table is not None
    what, notice = table.rows[0].cells[1], table.rows[0].cells[3]
    assert (what.value, what.note, notice.value) == (state, reminder, column_words)


def test_what_needs_notice_soonest_stands_first_and_is_counted() -> None:
    found = terms_of(
        [
            agreed("Ends", "2016-12"),
            agreed("Notice", "2017-09", notice_months=12),
            agreed("Given", "2018", notice=PartialDate(2016, 5), notice_months=3),
            agreed("Far", "2020-03", notice_months=6),
        ],
        TODAY,
    )
    assert column(found.table, 0) == ["Given", "Notice", "Ends"]
    assert column(found.table, 1) == ["Notice given", "Notice due", "Ends soon"]
    assert column(found.table, 3) == ["given May 2016", "30 September 2016", None]
    assert found.sentence == (
        "Of 4 agreements, 1 ends within twelve months, none needs review by then, and none have "
        "ended. Notice is due within twelve months for 1 that ends later. Notice is given for 1."
    )


def test_a_schedule_needs_the_notice_of_the_agreement_above_it() -> None:
    rows = [
        agreed("Top", "2017-03", notice_months=6),
        agreed("Below", parent="top"),
        agreed("Sooner", parent="top", notice_months=3),
        agreed("Own", "2017-05", parent="top"),
    ]
    found = terms_of(rows, TODAY).table
    assert dict(zip(column(found, 0), column(found, 3), strict=True)) == {
        "Top": "30 September 2016",
        "Below": "30 September 2016",
        "Sooner": "31 December 2016",
        "Own": None,
    }


def test_a_notice_longer_than_all_time_is_no_day() -> None:
    rows = [agreed("One", "2016-12", notice_months=32767)]
    assert column(terms_of(rows, TODAY).table, 3) == ["32,767 months before it ends"]


def test_of_one_board_the_register_and_the_calendar_are_led_to() -> None:
    one, other = Board(slug="one"), Board(slug="other")
    found = terms_of([], TODAY)
    assert [(each.words, each.address) for each in terms_question(found, [one]).links] == [
        ("All agreements of this board", "/agreements/?board=one"),
        ("These dates as a calendar file", "/boards/one/agreements.ics"),
        ("Subscribe to these dates", "/accounts/tokens/?scope=calendar"),
    ]
    assert terms_question(found, [one, other]).links == ()


def test_a_board_without_agreements() -> None:
    assert terms_of([], TODAY).sentence == "No agreement is entered."


@pytest.mark.parametrize(
    ("day", "later"),
    [(date(2016, 2, 29), date(2017, 2, 28)), (date(2016, 6, 15), date(2017, 6, 15))],
)
def test_a_year_later(day: date, later: date) -> None:
    assert year_later(day) == later


# -- milestones ----------------------------------------------------------------------------


def test_late_milestones_stand_first_then_those_to_come_then_those_done() -> None:
    done = milestone("Done", "2014", done_on=date(2014, 5, 1))
    rows = [done, milestone("Vague"), milestone("Later", "2017"), milestone("Late", "2014-04-30")]
    found = placed(rows, TODAY)
    asked = milestones_question(found, "a", TODAY)
    table, chart = asked.panels[0].table, asked.panels[0].chart
    assert column(table, 0) == ["Late", "Later", "Done", "Vague"]
    assert column(table, 1) == ["Late", "To come", "Done", "No date"]
    assert column(table, 3) == ["2 years 1 month", "", "", ""]
    assert isinstance(chart, TimelineChart)
    assert [(event.label, event.stage) for event in chart.events] == [
        ("Late", Stage.LATE),
        ("Later", Stage.COMING),
        ("Done", Stage.DONE),
    ]
    assert asked.sentences == (
        "Of 4 milestones, 1 was due before 15 June 2016 and is not entered as done.",
        "1 has neither a date nor a year: whether it is late cannot be told.",
    )


def test_a_picture_holds_so_many_milestones_and_says_so() -> None:
    many = placed([milestone(f"M{n}", f"20{n:02}") for n in range(MOST_EVENTS + 2)], TODAY)
    (panel,) = milestones_question(many, "a", TODAY).panels
    assert isinstance(panel.chart, TimelineChart)
    assert len(panel.chart.events) == MOST_EVENTS
    said = f"The picture has the first {MOST_EVENTS} of {MOST_EVENTS + 2}, late ones before others."
    assert panel.sentences == (said,)
    assert panel.chart.description.endswith(said)
    few = milestones_question(many[:MOST_EVENTS], "a", TODAY).panels[0]
    assert few.sentences == ()


def test_no_milestone_is_not_none_late() -> None:
    assert milestones_question([], "a", TODAY).sentences == (
        "No milestone is entered for this plan.",
    )
    later = milestones_question(placed([milestone("Later", "2017")], TODAY), "a", TODAY)
    assert later.sentences == ("Of 1 milestone, none is known to be late on 15 June 2016.",)


def test_how_late_is_in_years_months_or_days() -> None:
    assert time_between(date(2014, 4, 30), TODAY) == "2 years 1 month"
    assert time_between(date(2016, 5, 16), TODAY) == "30 days"
    assert time_between(date(2015, 6, 15), TODAY) == "1 year"


# -- money ---------------------------------------------------------------------------------


def test_the_money_of_a_year_in_a_sentence() -> None:
    def said(*rows: Any) -> str:
        return money_question(summarise(figures(*rows))).sentences[0]

    assert said(contribution(100), spend_line(100)) == (
        "In 2015–16, £100 is pooled and all of it is to be spent: the plan is balanced."
    )
    assert said(contribution(100), spend_line(120)) == (
        "In 2015–16, £100 is pooled and £120 is to be spent, £20 more than is pooled."
    )
    assert said(contribution(100), spend_line("99.50")) == (
        "In 2015–16, £100 is pooled and £99.50 is to be spent, £0.50 less than is pooled."
    )
    assert said(pool(100)) == "In 2015–16, £100 is pooled; what it is spent on is not stated."
    assert said(spend_line(5)) == "For 2015–16, spend of £5 is stated, and no income."
    assert said() == "For 2015–16, neither income nor spend is stated."


def test_a_pool_of_several_boards_says_whose_it_is_everywhere() -> None:
    found = money_question(summarise(figures(contribution(100))), of="A and B together")
    assert found.sentences[-1] == "All amounts are of A and B together."
    for panel in found.panels:
        assert panel.table is not None
        assert panel.table.caption.endswith("A and B together")
        assert panel.chart is None or panel.chart.title.endswith("A and B together")
    assert any(panel.chart for panel in found.panels)


def test_what_is_not_stated_has_no_picture() -> None:
    assert {panel.chart for panel in money_question(summarise(figures())).panels} == {None}


def test_each_cut_of_the_spend_has_a_table_and_a_picture_where_it_names_something() -> None:
    lines = [spend_line(60, theme=Choice("Home", "Home")), spend_line(40)]
    found = {panel.key: panel for panel in money_question(summarise(figures(*lines))).panels}
    assert list(found)[2:] == ["spend-by-scheme", "spend-by-theme", "spend-by-source"]
    assert [key for key, panel in found.items() if panel.chart] == ["balance", "spend-by-theme"]
    nothing = money_question(summarise(figures()))
    assert [panel.key for panel in nothing.panels][-1] == "spend-by-scheme"
