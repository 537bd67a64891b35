"""What governance's rows refuse and allow beyond their named constraints."""

import pytest
from django.core.exceptions import ValidationError

from governance.models import Agreement, AgreementNote, PrintedFigure, ProgrammeMilestone
from tests.factories.agreement import AgreementFactory
from tests.factories.agreement_note import AgreementNoteFactory
from tests.factories.agreement_value import AgreementValueFactory
from tests.factories.board import BoardFactory
from tests.factories.condition_response import ConditionResponseFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.plan import PlanFactory
from tests.factories.printed_figure import PrintedFigureFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.programme_milestone import ProgrammeMilestoneFactory
from tests.factories.programme_network import ProgrammeNetworkFactory
from tests.factories.risk import RiskFactory
from tests.factories.scheme import SchemeFactory
from tests.factories.sign_off import SignOffFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2018-09-01", "2018"), ("2018", "2018-01"), ("2018-09-01", "2018-09-01"), ("", "2018")],
)
def test_an_end_that_is_vaguer_than_the_start_may_hold_it(starts: str, ends: str) -> None:
    row = AgreementFactory(starts=starts, ends=ends)
    assert Agreement.objects.get(pk=row.pk).ends == row.ends


def test_a_name_of_an_agreement_or_programme_is_taken_once() -> None:
    for make in (AgreementFactory, ProgrammeFactory):
        with pytest.raises(ValidationError, match="is taken already"):
            make(slug=make().slug)


def test_agreements_are_no_circle() -> None:
    top = AgreementFactory()
    schedule = AgreementFactory(kind="schedule", parent=top)
    top.parent = AgreementFactory(kind="schedule", parent=schedule)
    with pytest.raises(ValidationError, match="is itself under this agreement"):
        top.full_clean()


def test_a_condition_is_one_of_the_cycle() -> None:
    with pytest.raises(ValidationError, match=r"is no (national condition|funding source) of"):
        ConditionResponseFactory(condition="data-sharing")


def test_a_board_that_signs_is_one_of_the_plan() -> None:
    with pytest.raises(ValidationError, match="Choose a board of it"):
        SignOffFactory(organisation=None, board=BoardFactory(), role="board")


def test_a_printed_figure_is_of_a_scheme_and_a_source_of_its_plan() -> None:
    with pytest.raises(ValidationError, match="Choose a scheme of this plan"):
        PrintedFigureFactory(scheme=SchemeFactory())
    with pytest.raises(ValidationError, match=r"is no (national condition|funding source) of"):
        PrintedFigureFactory(funding_source="lottery")
    assert PrintedFigureFactory(funding_source="ibcf-all").source_label


def test_a_note_names_an_agreement_or_a_board_not_both() -> None:
    with pytest.raises(ValidationError, match="Leave the board empty"):
        AgreementNoteFactory(board=BoardFactory())
    note = AgreementNote(board=BoardFactory(), kind="risk", text="About all of them.")
    note.save()
    assert note.ref == "risk-about-all-of-them"


def test_a_milestone_is_of_a_network_of_its_programme() -> None:
    row: ProgrammeMilestone = ProgrammeMilestoneFactory()
    row.network = ProgrammeNetworkFactory()
    with pytest.raises(ValidationError, match="Choose a network of this programme"):
        row.full_clean()


def test_rows_of_a_plan_and_of_a_board_have_refs_of_their_own() -> None:
    plan, board = PlanFactory(), BoardFactory()
    rows = [
        RiskFactory(plan=plan, title="Same"),
        RiskFactory(plan=plan, title="Same"),
        RiskFactory(plan=None, board=board, title="Same"),
    ]
    assert [row.ref for row in rows] == ["same", "same-2", "same"]


def test_a_rating_is_likelihood_times_impact() -> None:
    assert RiskFactory(likelihood=4, impact=4).rating == 16
    assert RiskFactory(likelihood=4).rating is None


def test_two_parties_of_an_agreement_stand_side_by_side() -> None:
    first = AgreementValueFactory(organisation=OrganisationFactory())
    facts = {"agreement": first.agreement, "financial_year": first.financial_year}
    AgreementValueFactory(**facts, organisation=OrganisationFactory())
    AgreementValueFactory(**facts)
    assert first.agreement.values.count() == 3


def test_figures_of_a_board_alone_need_no_cycle() -> None:
    row = PrintedFigureFactory(plan=None, board=BoardFactory(), measure="nhs-dfg-share")
    assert PrintedFigure.objects.get(pk=row.pk).measure_label == "NHS DFG share"
