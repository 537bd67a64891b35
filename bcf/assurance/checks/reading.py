"""Gathers one plan for its checks, in a fixed number of queries whatever its size."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Exists, F, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from bcf.assurance.benefits import gather_benefits, with_months
from bcf.assurance.checks.record import (
    AgreementRow,
    AgreementValueRow,
    AnswerRow,
    BoardRow,
    BodyRow,
    ConditionRow,
    FactRow,
    MetricOptionRow,
    MilestoneRow,
    NetworkRow,
    Record,
    RiskRow,
    SchemeMetricRow,
    SchemeRow,
    ShareRow,
    SignOffRow,
)
from bcf.assurance.checks.together import Wanted, read_together
from bcf.assurance.gather import figures_of, parts_in_order
from bcf.assurance.measured import gather_measured, unit_of
from bcf.base.worked import RowRef, stated
from bcf.money import from_pence
from bcf.periods import PartialDate, parse_period
from governance.models import (
    Agreement,
    AgreementValue,
    ConditionResponse,
    ProgrammeNetwork,
    Risk,
    SignOff,
)
from metrics.models import ContextFigure, MetricOption
from plans.models import Answer, Board, FundingShare, Organisation, Plan
from schemes.models import BenefitProfile, DeliveryLink, Milestone, Scheme, SchemeMetric

# The fields of a scheme's description, in the order of the form.
DESCRIPTION = (
    *("objective", "overview", "delivery_chain", "evidence", "investment"),
    *("impact", "feedback_loop", "success_factors"),
)
# The rows that answer a field of it as well as words do, and how each names its scheme.
ANSWERED_BY: dict[str, tuple[type[Model], str]] = {
    "delivery_chain": (DeliveryLink, "scheme"),
    "success_factors": (Milestone, "schemes"),
}
Values = dict[str, Any]


def gather_record(
    plan: Plan,
    parts: QuerySet[Plan],
    joint: Plan | None,
    agreements: QuerySet[Agreement],
    today: date,
) -> Record:
    """The plan as its checks read it.

    Eleven queries. `parts` are those parts that the reader may see, `joint` the joint plan where
    it may be seen, `agreements` a scoped read of all agreements; those of the plan and of its
    boards are taken.
    """
    return record_and_more(plan, parts_in_order(plan, parts), joint, agreements, today)[0]


def record_and_more(
    plan: Plan,
    own_parts: Sequence[Plan],
    joint: Plan | None,
    agreements: QuerySet[Agreement],
    today: date,
    *,
    more: Mapping[str, Wanted] = {},
) -> tuple[Record, dict[str, list[Values]]]:
    """The same of a plan and parts whose boards are read already, and `more` rows beside it.

    Ten queries, however many kinds of rows `more` asks for: they are read together with the
    record's own small rows.
    """
    family = [plan, *own_parts]
    found = read_together({**_wanted(plan, family, joint, agreements), **more})
    labels = {each.key: each.label for each in plan.cycle.definition.confirmed}
    record = Record(
        cycle=plan.asked,
        today=today,
        money=figures_of(plan, own_parts, with_printed=True),
        form=plan.template_version,
        joint=joint.slug if joint else "",
        commissioners=tuple(BodyRow(**each) for each in found["commissioners"]),
        councils=tuple(BodyRow(**each) for each in found["councils"]),
        boards=_boards(family),
        schemes=tuple(map(_scheme, found["schemes"])),
        benefits=with_months(gather_benefits(family, with_months=False), found["benefit_months"]),
        measured=gather_measured(family, with_context=False),
        conditions=tuple(
            ConditionRow(**each, label=labels.get(each["condition"], ""))
            for each in found["conditions"]
        ),
        answers=tuple(AnswerRow(**each) for each in found["answers"]),
        risks=tuple(RiskRow(**each) for each in found["risks"]),
        milestones=tuple(map(_milestone, found["milestones"])),
        sign_offs=tuple(map(_sign_off, found["sign_offs"])),
        agreements=tuple(map(agreement_row, found["agreements"])),
        agreement_values=tuple(map(_agreement_value, found["agreement_values"])),
        shares=tuple(map(_share, found["shares"])),
        facts=tuple(map(_fact, found["facts"])),
        networks=tuple(NetworkRow(**each) for each in found["networks"]),
        scheme_metrics=tuple(SchemeMetricRow(**each) for each in found["scheme_metrics"]),
        metric_options=tuple(MetricOptionRow(**each) for each in found["metric_options"]),
    )
    return record, {name: found[name] for name in more}


def _wanted(
    plan: Plan, family: Sequence[Plan], joint: Plan | None, agreements: QuerySet[Agreement]
) -> Mapping[str, Wanted]:
    own = Q(plan__in=family)
    inherited = own | Q(plan=joint) if joint else own
    boards = {board.pk for each in family for board in each.boards.all()}
    of_plans = Q(plan__in=family) | Q(plan__isnull=True, boards__in=boards)
    if joint:
        of_plans |= Q(plan=joint, boards__in=boards)
    relevant = agreements.filter(pk__in=Agreement.objects.filter(of_plans).values("pk"))
    return {
        **_of_boards(family, boards),
        **_own(own),
        **_inherited(inherited),
        **_of_agreements(relevant),
    }


def _of_boards(family: Sequence[Plan], boards: Collection[int]) -> Mapping[str, Wanted]:
    """Who takes part: commissioners, councils, their shares, and the boards' own networks."""
    return {
        "commissioners": Wanted(
            Organisation.objects.filter(
                pk__in=Organisation.objects.filter(commissioned_plans__in=family).values("pk")
            ),
            _names("key", "name"),
        ),
        "councils": Wanted(
            Board.objects.filter(pk__in=boards),
            {"board": F("slug"), "key": F("authority__key"), "name": F("authority__name")},
        ),
        "shares": Wanted(
            FundingShare.objects.filter(board__in=boards),
            {
                "board": F("board__slug"),
                "commissioner": F("commissioner__name"),
                "percent": F("percent"),
            },
        ),
        "networks": Wanted(
            ProgrammeNetwork.objects.filter(
                programme__board__in=boards,
                population__isnull=False,
                population_on_own_page__isnull=False,
            ),
            {
                **_names("ref", "name"),
                "owner": F("programme__slug"),
                "people": F("population"),
                "people_on_own_page": F("population_on_own_page"),
            },
        ),
    }


def _inherited(inherited: Q) -> Mapping[str, Wanted]:
    """The rows of the plans that a part has from its joint plan too."""
    return {
        "conditions": _rows(
            ConditionResponse.objects.filter(inherited), "condition", "status", "text", "action"
        ),
        "answers": _rows(Answer.objects.filter(inherited).exclude(text=""), "question"),
        "risks": _rows(
            Risk.objects.filter(inherited),
            "printed_ref",
            "likelihood",
            "impact",
            "printed_rating",
            "mitigation",
            "rating_after_mitigation",
            name="title",
        ),
        "sign_offs": _rows(
            SignOff.objects.filter(inherited),
            "role",
            "name",
            "signed_on",
            "is_delegated",
            "to_be_ratified_on",
            "position",
            body=Coalesce("organisation__name", "board__name", Value("")),
            organisation=Coalesce("organisation__key", Value("")),
            board=Coalesce("board__slug", Value("")),
        ),
    }


def _own(own: Q) -> Mapping[str, Wanted]:
    """The rows that are each plan's own."""
    return {
        "schemes": _rows(
            Scheme.objects.filter(own),
            "reference",
            "name",
            "theme",
            "scheme_type",
            "sub_type",
            "type_specified",
            parent=Coalesce("parent__ref", Value("")),
            **{name: _is_blank(name) for name in DESCRIPTION},
        ),
        "milestones": _rows(
            Milestone.objects.filter(own),
            "starts",
            "due",
            "when_in_words",
            "done_on",
            name="title",
            year="financial_year",
        ),
        "facts": _rows(
            ContextFigure.objects.filter(own, value__isnull=False),
            *("label", "subject", "period", "value", "upper_value", "unit"),
            place="citation_place",
            step=Cast("rounded_to", CharField()),
        ),
        "scheme_metrics": _rows(
            SchemeMetric.objects.filter(own, metric__isnull=False),
            scheme="scheme__ref",
            metric="metric__key",
            metric_name="metric__name",
        ),
        "benefit_months": _rows(
            BenefitProfile.objects.filter(own),
            *("month", "planned", "actual", "forecast"),
            benefit="benefit__ref",
        ),
        "metric_options": _rows(MetricOption.objects.filter(own), "indicator"),
    }


def _of_agreements(relevant: QuerySet[Agreement]) -> Mapping[str, Wanted]:
    return {
        "agreements": agreements_wanted(relevant),
        "agreement_values": Wanted(
            AgreementValue.objects.filter(agreement__in=relevant.values("pk")),
            {
                **_names("ref", "measure", "amount", "printed", "printed_unit", "unit_meant"),
                "owner": F("agreement__slug"),
                "agreement": F("agreement__slug"),
                "agreement_name": F("agreement__title"),
                "plan": Coalesce("agreement__plan__slug", Value("")),
                "year": F("financial_year"),
                "party": Coalesce("organisation__key", Value("")),
                "rounded_to": Cast("rounded_to", CharField()),
            },
        ),
    }


def agreements_wanted(rows: QuerySet[Agreement]) -> Wanted:
    """These agreements with what `agreement_row` makes a plain value of."""
    return Wanted(
        rows,
        {
            **_names("kind", "arrangement", "starts", "ends", "review", "notice"),
            **_names("is_open_ended", "is_section_75", "notice_months"),
            "ref": F("slug"),
            "owner": Coalesce("plan__slug", Value("")),
            "plan": Coalesce("plan__slug", Value("")),
            "parent": Coalesce("parent__slug", Value("")),
            "name": F("title"),
        },
    )


def _rows(rows: QuerySet[Any], *names: str, **values: Any) -> Wanted:
    """Rows of plans with these fields, and whose they are."""
    return Wanted(rows, {"owner": F("plan__slug"), **_names("ref", *names), **_paths(values)})


def _names(*names: str) -> Values:
    return {name: F(name) for name in names}


def _paths(values: Values) -> Values:
    return {name: F(value) if isinstance(value, str) else value for name, value in values.items()}


def _is_blank(name: str) -> Case:
    nothing = Q(**{name: ""})
    if name in ANSWERED_BY:
        model, path = ANSWERED_BY[name]
        rows = model._default_manager.filter(**{path: OuterRef("pk")})
        nothing &= Q(~Exists(rows))
    return Case(When(nothing, then=Value(name)), default=Value(""))


def _scheme(values: Values) -> SchemeRow:
    blank = tuple(name for each in DESCRIPTION if (name := values.pop(each)))
    return SchemeRow(**values, blank=blank)


def _milestone(values: Values) -> MilestoneRow:
    return MilestoneRow(
        **{
            **values,
            "starts": _partial(values["starts"]),
            "due": _partial(values["due"]),
            "done_on": _day(values["done_on"]),
            "year": parse_period(values["year"]),
        }
    )


def _sign_off(values: Values) -> SignOffRow:
    return SignOffRow(
        **{
            **values,
            "is_delegated": bool(values["is_delegated"]),
            "signed_on": _day(values["signed_on"]),
            "to_be_ratified_on": _day(values["to_be_ratified_on"]),
        }
    )


def agreement_row(values: Values) -> AgreementRow:
    """An agreement from its values as they are read together."""
    return AgreementRow(
        **{
            **values,
            **{name: _partial(values[name]) for name in ("starts", "ends", "review", "notice")},
            "is_open_ended": bool(values["is_open_ended"]),
            "is_section_75": bool(values["is_section_75"]),
        }
    )


def _agreement_value(values: Values) -> AgreementValueRow:
    amount, step = values["amount"], values["rounded_to"]
    return AgreementValueRow(
        **{
            **values,
            "year": parse_period(values["year"]),
            "amount": None if amount is None else from_pence(amount),
            "rounded_to": None if step is None else Decimal(step),
        }
    )


def _fact(values: Values) -> FactRow:
    step = Decimal(values.pop("step") or 0)
    row = RowRef(FactRow.KIND, values["owner"], values["ref"], values["label"])
    value, upper = (
        None
        if (number := values.pop(name)) is None
        else stated(Decimal(number) / 10_000, step, unit_of(values["unit"]), row)
        for name in ("value", "upper_value")
    )
    assert value is not None
    return FactRow(
        **{**values, "period": parse_period(values["period"])}, figure=value, upper=upper
    )


def _share(values: Values) -> ShareRow:
    return ShareRow(**{**values, "percent": from_pence(values["percent"])})


def _boards(family: Sequence[Plan]) -> tuple[BoardRow, ...]:
    plans: dict[str, list[str]] = {}
    names = {}
    for plan in family:
        for board in plan.boards.all():
            plans.setdefault(board.slug, []).append(plan.slug)
            names[board.slug] = board.name
    return tuple(BoardRow(slug, names[slug], tuple(own)) for slug, own in plans.items())


def _partial(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
