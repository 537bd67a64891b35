"""The kinds of entry of a cycle's definition: one dataclass a kind, its fields the file's keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar

from bcf.periods import PartialDate, Period

KINDS = "local-authority nhs-commissioner nhs-provider voluntary private other"
ORGANISATION_KINDS = tuple(KINDS.split())
SIGN_OFF_ROLES = ("council", "nhs-commissioner", "board", "provider")
FREQUENCIES = ("monthly", "quarterly", "yearly")
DIRECTIONS = ("higher", "lower", "neither")
PLAN, SUPPLEMENT, REFRESH, YEAR_END = FORM_KINDS = ("plan", "supplement", "refresh", "year-end")
A_DAY, A_WEEK, OF_100 = WAYS = ("a-day", "a-week", "of-100")
# Likelihood and impact are scored from 1 to 5 each.
HIGHEST_RATING = 25


@dataclass(frozen=True)
class Choice:
    """One entry of a list: `verified` says whether it was checked against its `source`.

    It is offered by the forms named, by all where none is. An entry of the same key in an earlier
    cycle is the same thing; what it `follows` are the keys of earlier cycles whose place it takes,
    several where they were joined. `change` says in one sentence what was defined anew: figures
    before and after are not of one kind.
    """

    key: str
    label: str
    verified: bool
    source: str
    template_versions: tuple[str, ...] = field(default=(), kw_only=True)
    follows: tuple[str, ...] = field(default=(), kw_only=True)
    change: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class TemplateVersion(Choice):
    """A form, of one of `FORM_KINDS`; the years that it asks about, all of the cycle's where none.

    `metric_years` are those for which it plans metrics, where they are fewer.
    A supplement adds to a plan and a refresh takes the place of one for its years: both are
    attached to a plan of the cycle on a form of the kind `plan`. A year-end form is filled in
    where no plan was asked for.
    """

    kind: str = PLAN
    years: tuple[str, ...] = ()
    metric_years: tuple[str, ...] = ()


# Entries that carry nothing of their own yet.
AreaOfSpend = Choice
Commissioner = Choice
ProviderType = Choice
BenefitType = Choice
Beneficiary = Choice
MaturityLevel = Choice
SignOffRole = Choice
PrimaryObjective = Choice
ReturnAnswer = Choice


@dataclass(frozen=True)
class FundingGroup(Choice):
    """Funding sources that are printed as one total; it may itself be `part_of` a wider group."""

    part_of: str = ""


@dataclass(frozen=True)
class FundingSource(Choice):
    """Where money comes from; the kinds of organisation that may pay it in; its parts, if any."""

    group: str
    contributor_kinds: tuple[str, ...]
    sub_sources: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class FundingTotal(Choice):
    """A total that plans print over several sources; it `adds` sources, groups and other totals.

    Its key is the measure of the printed figures that state it.
    """

    adds: tuple[str, ...]


@dataclass(frozen=True)
class SubType(Choice):
    """A part of a scheme type; `unit` where its planned output has one of its own."""

    unit: str = ""


@dataclass(frozen=True)
class SchemeType(Choice):
    """What kind of scheme; `unit` is the unit of its planned output, blank where there is none."""

    sub_types: tuple[SubType, ...] = ()
    unit: str = ""

    def unit_of(self, sub_type: str) -> str:
        """The unit of the planned output of a sub type: its own, else that of the type."""
        own = {each.key: each.unit for each in self.sub_types}
        return own.get(sub_type) or self.unit


@dataclass(frozen=True)
class LinesCounted:
    """Which spend lines count towards a minimum; what is left out is open.

    Where commissioners are named, a line that is commissioned jointly counts by its NHS share.
    """

    sources: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    other_areas_than: tuple[str, ...] = ()
    commissioners: tuple[str, ...] = ()
    scheme_types: tuple[str, ...] = ()


EVERY_LINE = LinesCounted()


@dataclass(frozen=True)
class RequirementRule(Choice):
    """A published minimum; `what` says in one sentence what must be at least what.

    `counts` says which spend lines make what is held against it; where it says nothing, no lines
    do, and it is what the plan states.
    """

    what: str
    is_total_pool: bool = False
    counts: LinesCounted = EVERY_LINE


@dataclass(frozen=True)
class Rating(Choice):
    """An assurer's outcome; `approves` is false where the plan has to come back.

    `permits_spend` where the area may spend meanwhile, although it does.
    """

    approves: bool
    permits_spend: bool = False


@dataclass(frozen=True)
class NationalCondition(Choice):
    """What every plan must meet: its `number` as printed, blank where it has no heading."""

    summary: str
    number: str = ""


@dataclass(frozen=True)
class PlanningRequirement(NationalCondition):
    """What a plan confirms, with an action and a date where it does not; its code as `number`.

    `condition` is the national condition that it belongs to, where it does to one.
    """

    condition: str = ""


@dataclass(frozen=True)
class Question(Choice):
    """What the forms named (all, where none is) ask under a printed number, in our own words."""

    section: str
    text: str
    condition: str = ""

    @property
    def heading(self) -> str:
        """Its number and heading in the form: `7(a)(i) Protecting social care services`."""
        return f"{self.section} {self.label}"


@dataclass(frozen=True)
class Told:
    """How a metric is told for people: how many of them each day or week, or of every hundred.

    `way` is one of `WAYS`. Of every hundred it is said of `who` how many `are` so: 81 of 100 were
    `still at home`. Else a count of what the metric `counts`, in that unit or in one of `units`,
    is so many people who `are` so each day, with `after` to follow: 12 people `in hospital` each
    day `who could have left`. `monthly_units` are those of an average by month.
    """

    way: str
    are: str
    who: str = "people"
    after: str = ""
    counts: str = ""
    units: tuple[str, ...] = ()
    monthly_units: tuple[str, ...] = ()


NOT_TOLD = Told("", "")


@dataclass(frozen=True)
class CycleMetric(Choice):
    """A metric, by the key of the `Metric`, and the periods that a plan states it for.

    `baseline_periods` are what the plan is held against, `plan_periods` what it plans; either is
    empty where it is not known. `frequency` is `monthly`, `quarterly` or `yearly`. `definition` is
    what this cycle counts, `ascof_code` its number in the framework of the time. One that
    `is_supporting` is looked at beside the others, and a plan need not plan it. `better` says of a
    metric that no file of metrics has which way it improves, one of `DIRECTIONS`. It is `told` for
    people where that can be.
    """

    frequency: str
    baseline_periods: tuple[Period, ...] = ()
    plan_periods: tuple[Period, ...] = ()
    unit: str = ""
    note: str = ""
    definition: str = ""
    ascof_code: str = ""
    is_supporting: bool = False
    better: str = ""
    told: Told = NOT_TOLD


@dataclass(frozen=True)
class SignOffRule(Choice):
    """Who signs: one of `SIGN_OFF_ROLES`; `each` where every body of that role signs.

    Without `is_required` the signature is shown where a plan has it, and not missed otherwise.
    """

    role: str
    each: bool
    is_required: bool
    note: str = ""


@dataclass(frozen=True)
class RiskBand(Choice):
    """How high a risk is: in this band from this rating on, likelihood times impact."""

    from_rating: int


@dataclass(frozen=True)
class Deadline(Choice):
    """A date of the cycle, as far as it is known; `submits` where plans are handed in by it."""

    on: PartialDate
    submits: bool = False


@dataclass(frozen=True)
class HighImpactChange(Choice):
    """One change of the High Impact Change Model, by its number."""

    number: int


@dataclass(frozen=True)
class PaymentQuarter(Choice):
    """A quarter whose admissions are held against those of its `baseline`; when that is paid."""

    baseline: Period
    performance: Period
    paid: PartialDate


@dataclass(frozen=True)
class PaymentForPerformance(Choice):
    """Money paid for fewer admissions: pounds a case, and the least reduction in per cent."""

    metric: str
    unit_price: Decimal
    ambition_percent: Decimal
    quarters: tuple[PaymentQuarter, ...]


@dataclass(frozen=True)
class CheckRule(Choice):
    """A check that applies, by its code, with its thresholds by name; for which metrics, if any."""

    KEY: ClassVar[tuple[str, str]] = (
        r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*",
        "two words with a point between them",
    )

    thresholds: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    metrics: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReturnSheet(Choice):
    """A sheet of the returns on a plan: what it `asks`, a sentence each, and answers it offers."""

    asks: tuple[str, ...] = ()
    answers: tuple[ReturnAnswer, ...] = ()


@dataclass(frozen=True)
class ReturnRound(Choice):
    """A return that areas hand in: of which `period`, on which sheets, and by when, if known."""

    period: Period
    sheets: tuple[str, ...] = ()
    due: PartialDate | None = None


@dataclass(frozen=True)
class NotKnown(Choice):
    """What is not known of the cycle: its key names the list, the label says it in a sentence."""

    KEY: ClassVar[tuple[str, str]] = r"[a-z]+(_[a-z]+)*", "the name of a list"
