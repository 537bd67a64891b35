"""Reads agreements with what hangs on them, in a fixed number of queries."""

from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, QuerySet

from bcf.assurance.agreements.values import (
    Actual,
    AgreedValue,
    Agreement,
    Agreements,
    Happened,
    Note,
    Provider,
    Share,
    Sharing,
    Variation,
)
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.assurance.programmes import programme_values
from bcf.base.published import PrintedUnit, printed_pounds, printed_words
from bcf.base.worked import POUNDS, RowRef
from governance import models
from governance.choices import ValueMeasure
from governance.queries import events_that_stand

# The texts of an agreement under the heads of regulation 7.
SAYS = (
    "purpose",
    "contributions_varied",
    "functions",
    "services",
    "resources",
    "management",
    "ending",
)


def gather_agreements(
    agreements: QuerySet[models.Agreement],
    programmes: QuerySet[models.Programme] | None = None,
) -> Agreements:
    """These agreements and programmes with all their rows; fifteen queries, whatever their number.

    Both are scoped reads; what hangs on an agreement is read as the agreement is.
    """
    found = _read(agreements, _amounts()).prefetch_related(
        "notes",
        "variations",
        Prefetch("actuals", models.AgreementActual.objects.select_related("organisation")),
        Prefetch("risk_shares__terms", _terms()),
    )
    return Agreements(
        tuple(map(_agreement, found)),
        () if programmes is None else programme_values(programmes),
    )


def gather_register(agreements: QuerySet[models.Agreement]) -> Agreements:
    """These agreements with what a register shows of them; six queries, whatever their number.

    Of their amounts these are the pooled funds; notes, variations, quarters and rules of sharing
    are left out. It is a scoped read.
    """
    pooled = _amounts().filter(measure=ValueMeasure.POOLED_FUND)
    return Agreements(tuple(map(_in_register, _read(agreements, pooled))))


def _read(
    agreements: QuerySet[models.Agreement], amounts: QuerySet[models.AgreementValue]
) -> QuerySet[models.Agreement]:
    return (
        agreements.order_by("pk")
        .select_related("host", "parent", "plan")
        .prefetch_related(
            "parties",
            "boards",
            Prefetch("values", amounts),
            Prefetch("providers", models.AgreementProvider.objects.select_related("provider")),
            Prefetch("events", _standing()),
        )
    )


def _amounts() -> QuerySet[models.AgreementValue]:
    return models.AgreementValue.objects.select_related("organisation")


def _standing() -> QuerySet[models.AgreementEvent]:
    events = events_that_stand(models.AgreementEvent.objects.all())
    return events.select_related("successor").order_by("effective", "pk")


def _terms() -> QuerySet[models.RiskShareTerm]:
    return models.RiskShareTerm.objects.select_related("organisation").order_by("pk")


def _agreement(row: models.Agreement) -> Agreement:
    return replace(
        _in_register(row),
        notes=tuple(_note(row, each) for each in row.notes.all()),
        variations=tuple(_variation(row, each) for each in row.variations.all()),
        actuals=tuple(_actual(row, each) for each in row.actuals.all()),
        risk_shares=tuple(_sharing(row, each) for each in row.risk_shares.all()),
    )


def _in_register(row: models.Agreement) -> Agreement:
    """An agreement with its amounts, providers and events, as far as these are read."""
    return Agreement(
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        is_section_75=row.is_section_75,
        parent=row.parent.slug if row.parent else "",
        client_group=row.client_group,
        arrangement=row.arrangement,
        host=_organisation(row.host),
        parties=tuple(map(_organisation, row.parties.all())),
        starts=row.starts or None,
        ends=row.ends or None,
        is_open_ended=row.is_open_ended,
        values=tuple(_value(row, each) for each in row.values.all()),
        providers=tuple(_provider(row, each) for each in row.providers.all()),
        notes=(),
        variations=(),
        row=RowRef("governance.agreement", row.slug, row.slug, row.title),
        other_titles=tuple(row.other_titles.splitlines()),
        boards=tuple(Choice(each.slug, each.area) for each in row.boards.all()),
        plan=Choice(row.plan.slug, row.plan.title) if row.plan else NOT_STATED,
        fund_manager=row.pooled_fund_manager,
        review=row.review or None,
        notice=row.notice or None,
        notice_months=row.notice_months,
        says={name: getattr(row, name) for name in SAYS},
        events=tuple(map(_event, row.events.all())),
        citation=row.citation,
        term_in_words=row.term_in_words,
    )


def _note(agreement: models.Agreement, row: models.AgreementNote) -> Note:
    return Note(row.kind, row.text, _ref(agreement, row), row.citation)


def _variation(agreement: models.Agreement, row: models.AgreementVariation) -> Variation:
    return Variation(
        varied=row.varied or None,
        reason=row.reason,
        change=row.change,
        row=_ref(agreement, row),
        varied_in_words=row.varied_in_words,
        citation=row.citation,
    )


def _actual(agreement: models.Agreement, row: models.AgreementActual) -> Actual:
    return Actual(
        quarter=row.quarter,
        measure=row.measure,
        party=_organisation(row.organisation),
        outturn=row.outturn,
        forecast=row.forecast,
        note=row.note,
        row=_ref(agreement, row),
        citation=row.citation,
    )


def _event(row: models.AgreementEvent) -> Happened:
    after = row.successor
    return Happened(
        number=row.pk,
        action=row.action,
        effective=row.effective,
        deed_date=row.deed_date,
        reason=row.reason,
        by=row.actor_name,
        successor=Choice(after.slug, after.title) if after else NOT_STATED,
        terms_before=row.terms_before,
        terms_after=row.terms_after,
    )


def _sharing(agreement: models.Agreement, row: models.RiskShare) -> Sharing:
    return Sharing(
        rule=row.rule,
        method=row.method,
        amount=row.amount,
        shares=tuple(
            Share(_organisation(each.organisation), each.percent, each.amount)
            for each in row.terms.all()
        ),
        row=_ref(agreement, row),
        citation=row.citation,
        plan=row.plan_id,
    )


def _value(agreement: models.Agreement, row: models.AgreementValue) -> AgreedValue:
    is_changed = row.differs_from_print(row.amount)
    return AgreedValue(
        year=row.financial_year,
        measure=row.measure,
        party=_organisation(row.organisation),
        amount=row.amount,
        step=None if is_changed else row.rounded_to,
        printed=printed_pounds(row.printed, POUNDS),
        is_put_right=row.unit_meant not in ("", row.printed_unit),
        row=_ref(agreement, row),
        as_printed=printed_words(row.printed, row.printed_unit),
        ground=row.unit_ground if row.unit_meant else "",
        unit_meant=PrintedUnit(row.unit_meant).label if row.unit_meant else "",
        citation=row.citation,
    )


def _provider(agreement: models.Agreement, row: models.AgreementProvider) -> Provider:
    return Provider(
        organisation=_organisation(row.provider),
        service=row.service,
        status=row.status,
        starts=row.starts or None,
        ends=row.ends or None,
        row=_ref(agreement, row),
        status_in_words=row.status_in_words,
        citation=row.citation,
    )


def _organisation(row: Any) -> Choice:
    return Choice(row.key, row.name) if row else NOT_STATED


def _ref(agreement: models.Agreement, row: Any) -> RowRef:
    return RowRef(row._meta.label_lower, agreement.slug, row.ref, f"{agreement.title}: {row}")
