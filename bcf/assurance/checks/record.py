"""Everything of a plan that checks read, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from bcf.assurance.benefits import Benefits
from bcf.assurance.figures import PlanFigures
from bcf.assurance.measured import Measured
from bcf.base.worked import Figure, RowRef
from bcf.periods import NOT_STATED, PartialDate, Period
from plans.cycle_definitions import CycleDefinition

NO_BENEFITS = Benefits(())
NOTHING_MEASURED = Measured()


@dataclass(frozen=True)
class Stated:
    """A row: whose it is (a plan's slug, or a board's where it names no plan), and its ref."""

    KIND = ""

    owner: str
    ref: str

    @property
    def title(self) -> str:
        """The row in words."""
        return self.ref

    @property
    def row(self) -> RowRef:
        return RowRef(self.KIND, self.owner, self.ref, self.title)


S = TypeVar("S", bound=Stated)


@dataclass(frozen=True)
class SchemeRow(Stated):
    """A scheme; `blank` names the fields of its description that nothing answers.

    The delivery chain is answered by its links too, and success factors by milestones.
    """

    KIND = "schemes.scheme"

    reference: str
    name: str
    theme: str
    parent: str
    scheme_type: str
    sub_type: str
    type_specified: str
    blank: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.reference} {self.name}".strip()


@dataclass(frozen=True)
class ConditionRow(Stated):
    """A plan's response to a national condition."""

    KIND = "governance.conditionresponse"

    condition: str
    status: str
    text: str
    action: str
    label: str = ""

    @property
    def title(self) -> str:
        return self.label or self.condition


@dataclass(frozen=True)
class AnswerRow(Stated):
    """A question of the template that is answered."""

    KIND = "plans.answer"

    question: str


@dataclass(frozen=True)
class RiskRow(Stated):
    """A risk with its scores, from 1 to 5 where scored, and the rating as printed."""

    KIND = "governance.risk"

    printed_ref: str
    name: str
    likelihood: int | None
    impact: int | None
    printed_rating: str
    mitigation: str
    rating_after_mitigation: str

    @property
    def title(self) -> str:
        return f"{self.printed_ref} {self.name}".strip()


@dataclass(frozen=True)
class MilestoneRow(Stated):
    """A milestone: when it is due, by date, by year or in words, and when it was reached."""

    KIND = "schemes.milestone"

    name: str
    due: PartialDate | None
    when_in_words: str
    done_on: date | None
    starts: PartialDate | None = None
    year: Period = NOT_STATED

    @property
    def title(self) -> str:
        return self.name


@dataclass(frozen=True)
class SignOffRow(Stated):
    """Somebody's signature, or the place where it is still to be; `body` is whom it is for."""

    KIND = "governance.signoff"

    role: str
    organisation: str
    board: str
    name: str
    signed_on: date | None
    is_delegated: bool
    to_be_ratified_on: date | None
    position: str = ""
    body: str = ""

    @property
    def title(self) -> str:
        who = self.name or self.position or "someone not named"
        return f"{who} for {self.body}" if self.body else who


@dataclass(frozen=True)
class AgreementRow(Stated):
    """An agreement of the plan, of its joint plan, or of its boards apart from any plan.

    Its ref is its slug; its owner is the plan that carries it, or nothing. `review` is the day by
    which it is to be reviewed, `notice` that on which notice was given; `notice_months` is how long
    before its end notice is to be given, in months.
    """

    KIND = "governance.agreement"

    name: str
    kind: str
    arrangement: str
    parent: str
    plan: str
    starts: PartialDate | None
    ends: PartialDate | None
    is_open_ended: bool
    is_section_75: bool
    review: PartialDate | None = None
    notice: PartialDate | None = None
    notice_months: int | None = None

    @property
    def title(self) -> str:
        return self.name


@dataclass(frozen=True)
class AgreementValueRow(Stated):
    """An amount of an agreement in pounds, as meant, and how it is printed."""

    KIND = "governance.agreementvalue"

    agreement: str
    agreement_name: str
    plan: str
    year: Period
    measure: str
    party: str
    amount: Decimal | None
    rounded_to: Decimal | None
    printed: str
    printed_unit: str
    unit_meant: str

    @property
    def title(self) -> str:
        return f"{self.agreement_name}, {self.year.label}"


@dataclass(frozen=True)
class FactRow(Stated):
    """A figure around the plan, or a range, with the place where it stands."""

    KIND = "metrics.contextfigure"

    label: str
    subject: str
    period: Period
    unit: str
    figure: Figure
    upper: Figure | None = None
    place: str = ""

    @property
    def title(self) -> str:
        return ", ".join(filter(None, (self.label, self.subject)))


@dataclass(frozen=True)
class NetworkRow(Stated):
    """A network of a board's programme: its people in one place, and on a page of its own."""

    KIND = "governance.programmenetwork"

    name: str
    people: int
    people_on_own_page: int

    @property
    def title(self) -> str:
        return self.name


@dataclass(frozen=True)
class SchemeMetricRow(Stated):
    """A metric on which a scheme is said to act."""

    KIND = "schemes.schememetric"

    scheme: str
    metric: str
    metric_name: str

    @property
    def title(self) -> str:
        return self.metric_name


@dataclass(frozen=True)
class MetricOptionRow(Stated):
    """A measure that is considered for the local metric."""

    KIND = "metrics.metricoption"

    indicator: str

    @property
    def title(self) -> str:
        return self.indicator


@dataclass(frozen=True)
class ShareRow:
    """The share of a board's NHS money that one commissioner provides, in per cent."""

    board: str
    commissioner: str
    percent: Decimal


@dataclass(frozen=True)
class BoardRow:
    """A board of the plan or of a part of it, with the plans whose board it is."""

    slug: str
    name: str
    plans: tuple[str, ...]


@dataclass(frozen=True)
class BodyRow:
    """An organisation that signs: an NHS commissioner of the plan, or the council of a board."""

    key: str
    name: str
    board: str = ""


@dataclass(frozen=True)
class Record:
    """A plan with its parts, and with what it inherits from the joint plan of which it is a part.

    `today` is the day on which dates are late. `cycle` is what the plan's own form asks, and
    `form` the form's key, empty where it is not stated. Rows of the joint plan carry its slug,
    `joint`, as their owner.
    """

    cycle: CycleDefinition
    today: date
    money: PlanFigures
    form: str = ""
    joint: str = ""
    commissioners: tuple[BodyRow, ...] = ()
    councils: tuple[BodyRow, ...] = ()
    boards: tuple[BoardRow, ...] = ()
    schemes: tuple[SchemeRow, ...] = ()
    benefits: Benefits = NO_BENEFITS
    measured: Measured = NOTHING_MEASURED
    conditions: tuple[ConditionRow, ...] = ()
    answers: tuple[AnswerRow, ...] = ()
    risks: tuple[RiskRow, ...] = ()
    milestones: tuple[MilestoneRow, ...] = ()
    sign_offs: tuple[SignOffRow, ...] = ()
    agreements: tuple[AgreementRow, ...] = ()
    agreement_values: tuple[AgreementValueRow, ...] = ()
    shares: tuple[ShareRow, ...] = ()
    facts: tuple[FactRow, ...] = ()
    networks: tuple[NetworkRow, ...] = ()
    scheme_metrics: tuple[SchemeMetricRow, ...] = ()
    metric_options: tuple[MetricOptionRow, ...] = ()

    @property
    def slug(self) -> str:
        return self.money.slug

    @property
    def family(self) -> tuple[str, ...]:
        """The slugs of the plan and its parts."""
        return tuple(each.slug for each in self.money.everything())

    def area(self, slug: str) -> str:
        """The area of one plan of the family where there are several; else nothing."""
        if not self.money.parts or slug == self.slug:
            return ""
        return next((each.area for each in self.money.parts if each.slug == slug), "")

    def own(self, rows: Iterable[S]) -> list[S]:
        """Those rows that are the plan's or its parts', not inherited."""
        return [row for row in rows if row.owner in self.family]
