"""Forms of agreements and of what hangs on them."""

from typing import Any

from django.db.models import Q

from bcf.accounts.access import Ability
from bcf.base.formfields import RowChoiceField, RowsChoiceField
from bcf.base.safe_forms import OfferingForm
from governance.models import (
    Agreement,
    AgreementActual,
    AgreementNote,
    AgreementProvider,
    AgreementValue,
    AgreementVariation,
)
from governance.queries import agreements_visible_to
from plans.models import Board, Plan
from plans.models.dated import bodies_refused
from plans.queries import boards_where
from plans.row_forms import POUNDS, existing_then, organisation_groups
from schemes.queries import schemes_of_family

DATE = "Such as 1 April 2017, April 2017 or 2017."


class AgreementForm(OfferingForm):
    """An agreement of a plan, or of boards and no plan."""

    parent = RowChoiceField(
        required=False,
        label="Schedule of",
        help_text="The agreement of which this one is a schedule.",
    )
    boards = RowsChoiceField(help_text="Whose agreement it is: at least one board.")
    parties = RowsChoiceField(required=False, help_text="Who has signed it.")
    host = RowChoiceField(required=False, help_text="The party that holds the pooled fund.")
    schemes = RowsChoiceField(
        required=False,
        label="Schemes that it carries",
        help_text="Schemes of the plan that carries the agreement, or of the parts of that plan.",
    )

    class Meta:
        model = Agreement
        fields = "__all__"
        labels = {"is_open_ended": "It has no end", "slug": "Name in addresses"}
        help_texts = {
            "slug": "Letters, figures and hyphens, such as s75-carers. It never changes.",
            "other_titles": "Other names under which it is printed, one a line.",
            "starts": DATE,
            "ends": DATE,
            "review": DATE,
            "notice": DATE,
            "notice_months": "How many months’ notice a party gives, such as 6.",
            "contributions_varied": "What each partner pays in, and how that may be changed.",
            "functions": "The functions of the NHS bodies, and the health-related functions of "
            "the councils, that it is about.",
            "services": "Whom it serves, and the kinds of services.",
            "resources": "What each partner provides beside money.",
            "management": "Who manages the fund, and how and to whom it is reported.",
            "ending": "How long it lasts, and how it is reviewed, varied and ended.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.setdefault("boards", self._own_boards())

    def _own_boards(self) -> list[Board]:
        plan, board = self.bound.get("plan"), self.bound.get("board")
        if isinstance(plan, Plan):
            return list(plan.boards.all())
        return [board] if isinstance(board, Board) else []

    def rows_offered(self) -> dict[str, Any]:
        saved = self.instance.pk is not None
        boards = list(self.instance.boards.all()) if saved else self._own_boards()
        of_boards = Q(boards__in=boards) & ~Q(pk=self.instance.pk)
        plan = self.instance.plan if saved else self.bound.get("plan")
        carrier = plan if isinstance(plan, Plan) else None
        organisations = organisation_groups(carrier, [board.authority for board in boards])
        parties = list(self.instance.parties.all()) if saved else []
        when, _ = Agreement(plan=carrier).runs if not saved else self.instance.runs
        return {
            "parent": agreements_visible_to(self.person).filter(of_boards).distinct(),
            "boards": self._boards_offered(boards),
            "parties": existing_then(organisations, when, parties),
            "host": organisations,
            "schemes": schemes_of_family(carrier),
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if named := cleaned.get("parties"):
            typed = {name: cleaned.get(name) or "" for name in ("starts", "ends")}
            is_open = bool(cleaned.get("is_open_ended"))
            agreement = Agreement(plan=self.instance.plan, is_open_ended=is_open, **typed)
            kept = self.instance.parties.all() if self.instance.pk else ()
            if refused := bodies_refused(named, *agreement.runs, kept):
                self.add_error("parties", refused)
        return cleaned

    def _boards_offered(self, own: list[Board]) -> list[Board]:
        """The boards of its plan; without one, those that the person may change."""
        if isinstance(self.bound.get("plan"), Plan):
            return own
        others = boards_where(self.person, Ability.EDIT_DRAFT)
        return [*own, *(board for board in others if board not in own)]


class AgreementRowForm(OfferingForm):
    """A row of one agreement, whose parties come first among the organisations."""

    def organisations(self) -> Any:
        agreement = self.bound.get("agreement")
        parties = list(agreement.parties.all()) if isinstance(agreement, Agreement) else []
        return organisation_groups(None, parties)


class AgreementValueForm(AgreementRowForm):
    organisation = RowChoiceField(required=False, help_text="Leave empty for all parties together.")

    class Meta:
        model = AgreementValue
        fields = "__all__"
        help_texts = {"amount": POUNDS, "financial_year": "Such as 2017-18, or “not stated”."}

    def rows_offered(self) -> dict[str, Any]:
        return {"organisation": self.organisations()}


class AgreementActualForm(AgreementRowForm):
    organisation = RowChoiceField(required=False, help_text="Leave empty for all parties together.")

    class Meta:
        model = AgreementActual
        fields = "__all__"
        help_texts = {
            "outturn": POUNDS,
            "forecast": "In pounds for the whole year, as expected now, such as 1,234,000.",
        }

    def rows_offered(self) -> dict[str, Any]:
        return {"organisation": self.organisations()}


class AgreementProviderForm(AgreementRowForm):
    provider = RowChoiceField()

    class Meta:
        model = AgreementProvider
        fields = "__all__"
        help_texts = {"starts": DATE, "ends": DATE}

    def rows_offered(self) -> dict[str, Any]:
        return {"provider": self.organisations()}


class AgreementVariationForm(OfferingForm):
    class Meta:
        model = AgreementVariation
        fields = "__all__"
        help_texts = {"varied": DATE, "varied_in_words": "Where the document gives no date."}


class AgreementNoteForm(OfferingForm):
    class Meta:
        model = AgreementNote
        fields = "__all__"
        labels = {"kind": "Kind of note"}
