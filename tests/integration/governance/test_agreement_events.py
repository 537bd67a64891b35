from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bcf.accounts.access import Role
from bcf.accounts.models import User
from bcf.periods import FinancialYear, PartialDate
from governance import actions
from governance.actions import Deed, terms_now
from governance.models import Agreement, AgreementEvent, AgreementValue
from governance.queries import events_that_stand
from governance.rules import Terms, terms_on
from plans.actions import NotAllowed, Refused
from plans.models import Board
from plans.models.events import AppendOnly
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = FinancialYear(2018)
DEED = Deed(date(2018, 10, 1), "Costs rose.", date(2018, 9, 20))


@pytest.fixture
def board() -> Board:
    return factories.BoardFactory()


@pytest.fixture
def editor(board: Board) -> User:
    return factories.MembershipFactory(board=board, role=Role.EDITOR).user


@pytest.fixture
def agreement(board: Board) -> Agreement:
    made = factories.AgreementFactory(
        starts="2017-04", ends="2021-03", arrangement="lead-commissioning"
    )
    made.boards.set([board])
    made.parties.set([factories.OrganisationFactory(key=key) for key in ("council", "nhs")])
    factories.AgreementValueFactory(agreement=made, financial_year=YEAR, amount="3642000.00")
    return made


def on(agreement: Agreement, day: date) -> Terms:
    fresh = Agreement.objects.get(pk=agreement.pk)
    return terms_on(day, terms_now(fresh), events_that_stand(fresh.events.all()))


class TestVary:
    def test_new_terms_apply_from_the_day_and_the_old_ones_stay_readable(
        self, agreement: Agreement, editor: User
    ) -> None:
        before = terms_now(agreement)
        after = Terms(
            ends=PartialDate(2022, 3),
            is_open_ended=False,
            arrangement="pooled-fund",
            parties=("council",),
            pooled={YEAR: Decimal("4000000.00"), FinancialYear(2019): Decimal("4100000.00")},
        )
        event = actions.agreement_vary(agreement=agreement, terms=after, deed=DEED, by=editor)
        assert on(agreement, date(2018, 9, 30)) == before
        assert on(agreement, date(2018, 10, 1)) == after
        assert (event.reason, event.deed_date) == ("Costs rose.", date(2018, 9, 20))
        assert event.actor == editor

    def test_terms_that_are_the_same_are_refused(self, agreement: Agreement, editor: User) -> None:
        with pytest.raises(Refused, match="Nothing would change"):
            actions.agreement_vary(
                agreement=agreement, terms=terms_now(agreement), deed=DEED, by=editor
            )

    def test_an_earlier_day_than_that_of_the_latest_event_is_refused(
        self, agreement: Agreement, editor: User
    ) -> None:
        actions.agreement_extend(
            agreement=agreement, ends=PartialDate(2022, 3), deed=DEED, by=editor
        )
        with pytest.raises(Refused, match="already from 1 October 2018"):
            actions.agreement_end(
                agreement=agreement,
                last_day=date(2019, 3, 31),
                deed=Deed(date(2018, 9, 30), "Too early."),
                by=editor,
            )
        assert agreement.events.count() == 1

    def test_a_day_before_the_start_is_refused(self, agreement: Agreement, editor: User) -> None:
        with pytest.raises(Refused, match="starts April 2017"):
            actions.agreement_extend(
                agreement=agreement,
                ends=PartialDate(2022, 3),
                deed=Deed(date(2017, 3, 31), "Too early."),
                by=editor,
            )

    def test_an_end_before_the_start_is_refused(self, agreement: Agreement, editor: User) -> None:
        terms = replace(terms_now(agreement), ends=PartialDate(2016, 3))
        with pytest.raises(Refused, match="before the start"):
            actions.agreement_vary(agreement=agreement, terms=terms, deed=DEED, by=editor)


class TestExtend:
    @pytest.mark.parametrize(
        ("ends", "label"), [(PartialDate(2023, 3), "March 2023"), (None, "no end")]
    )
    def test_the_end_is_later(
        self, agreement: Agreement, editor: User, ends: PartialDate | None, label: str
    ) -> None:
        actions.agreement_extend(agreement=agreement, ends=ends, deed=DEED, by=editor)
        assert on(agreement, date(2018, 9, 30)).end_label == "March 2021"
        assert on(agreement, date(2018, 10, 1)).end_label == label

    @pytest.mark.parametrize("ends", [PartialDate(2021, 3), PartialDate(2019)])
    def test_an_end_that_is_no_later_is_refused(
        self, agreement: Agreement, editor: User, ends: PartialDate
    ) -> None:
        with pytest.raises(Refused, match="ends March 2021"):
            actions.agreement_extend(agreement=agreement, ends=ends, deed=DEED, by=editor)

    def test_what_has_no_end_is_not_extended(self, agreement: Agreement, editor: User) -> None:
        actions.agreement_extend(agreement=agreement, ends=None, deed=DEED, by=editor)
        with pytest.raises(Refused, match="has no end"):
            actions.agreement_extend(
                agreement=agreement, ends=PartialDate(2025), deed=DEED, by=editor
            )


class TestEnd:
    def test_it_ends_on_its_last_day(self, agreement: Agreement, editor: User) -> None:
        actions.agreement_end(agreement=agreement, last_day=date(2019, 3, 31), deed=DEED, by=editor)
        assert on(agreement, date(2018, 10, 1)).ends == PartialDate(2019, 3, 31)
        assert on(agreement, date(2018, 9, 30)).ends == PartialDate(2021, 3)

    @pytest.mark.parametrize(
        ("day", "words"),
        [(date(2021, 4, 1), "ends March 2021 already"), (date(2017, 3, 31), "starts April 2017")],
    )
    def test_a_day_outside_its_term_is_refused(
        self, agreement: Agreement, editor: User, day: date, words: str
    ) -> None:
        with pytest.raises(Refused, match=words):
            actions.agreement_end(agreement=agreement, last_day=day, deed=DEED, by=editor)


class TestSupersede:
    def test_it_ends_the_day_before_its_successor_takes_over(
        self, agreement: Agreement, editor: User
    ) -> None:
        other = factories.AgreementFactory()
        event = actions.agreement_supersede(
            agreement=agreement, successor=other, deed=DEED, by=editor
        )
        assert event.successor == other
        assert on(agreement, date(2018, 10, 1)).ends == PartialDate(2018, 9, 30)
        assert list(other.supersedes.all()) == [event]

    def test_itself_is_refused(self, agreement: Agreement, editor: User) -> None:
        with pytest.raises(Refused, match="does not supersede itself"):
            actions.agreement_supersede(
                agreement=agreement, successor=agreement, deed=DEED, by=editor
            )

    def test_a_circle_is_refused(self, agreement: Agreement, board: Board, editor: User) -> None:
        other = factories.AgreementFactory(ends="2021-03")
        other.boards.set([board])
        actions.agreement_supersede(agreement=other, successor=agreement, deed=DEED, by=editor)
        with pytest.raises(Refused, match="is superseded by this agreement"):
            actions.agreement_supersede(agreement=agreement, successor=other, deed=DEED, by=editor)


class TestWithdraw:
    @pytest.fixture
    def event(self, agreement: Agreement, editor: User) -> AgreementEvent:
        now = terms_now(agreement)
        pooled = {YEAR: Decimal("1.00"), FinancialYear(2019): Decimal("2.00")}
        return actions.agreement_vary(
            agreement=agreement,
            terms=replace(now, ends=None, is_open_ended=True, parties=(), pooled=pooled),
            deed=DEED,
            by=editor,
        )

    def test_everything_is_as_before(
        self, agreement: Agreement, event: AgreementEvent, editor: User
    ) -> None:
        actions.agreement_event_withdraw(event=event, reason="Wrong agreement.", by=editor)
        assert on(agreement, date(2030, 1, 1)) == event.terms_before
        assert on(agreement, date(2018, 1, 1)) == event.terms_before
        assert AgreementValue.objects.count() == 1
        assert agreement.events.count() == 2

    def test_only_the_latest_is_taken_back(
        self, agreement: Agreement, event: AgreementEvent, editor: User
    ) -> None:
        actions.agreement_end(agreement=agreement, last_day=date(2030, 1, 1), deed=DEED, by=editor)
        with pytest.raises(Refused, match="Only the latest event"):
            actions.agreement_event_withdraw(event=event, reason="Wrong.", by=editor)

    def test_a_later_change_by_hand_is_not_lost(
        self, agreement: Agreement, event: AgreementEvent, editor: User
    ) -> None:
        changed = Agreement.objects.get(pk=agreement.pk)
        changed.arrangement = "integrated-provision"
        changed.save()
        with pytest.raises(Refused, match="changed by hand"):
            actions.agreement_event_withdraw(event=event, reason="Wrong.", by=editor)


class TestWho:
    @pytest.mark.parametrize("role", [Role.VIEWER, Role.ANALYST])
    def test_who_may_not_edit_may_not_change_terms(
        self, agreement: Agreement, board: Board, role: Role
    ) -> None:
        person = factories.MembershipFactory(board=board, role=role).user
        with pytest.raises(NotAllowed):
            actions.agreement_extend(
                agreement=agreement, ends=PartialDate(2022), deed=DEED, by=person
            )

    def test_an_editor_of_another_board_may_not(self, agreement: Agreement) -> None:
        person = factories.MembershipFactory(role=Role.EDITOR).user
        with pytest.raises(NotAllowed):
            actions.agreement_end(
                agreement=agreement, last_day=date(2019, 3, 31), deed=DEED, by=person
            )

    def test_an_event_never_changes(self, agreement: Agreement, editor: User) -> None:
        event = actions.agreement_extend(
            agreement=agreement, ends=PartialDate(2022), deed=DEED, by=editor
        )
        with pytest.raises(AppendOnly):
            event.save()
        with pytest.raises(AppendOnly):
            event.delete()
