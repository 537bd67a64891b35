"""Agreements with what hangs on them, as plain values: amounts, providers, notes, variations.

Amounts are in pounds by the unit meant; `printed` keeps the figure as the document prints it,
whatever its unit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from bcf.assurance.figures import NOT_STATED, Choice
from bcf.assurance.programmes import Programme, programme_values
from bcf.base.published import printed_pounds
from bcf.base.worked import POUNDS, Figure, RowRef, stated
from bcf.periods import PartialDate, Period
from governance import models


@dataclass(frozen=True)
class AgreedValue:
    """An amount of an agreement in a year; a party that is not stated means all together."""

    year: Period
    measure: str
    party: Choice
    amount: Decimal | None
    step: Decimal | None
    printed: Decimal | None
    is_put_right: bool
    row: RowRef

    @property
    def figure(self) -> Figure | None:
        """The amount in pounds, in the unit meant."""
        if self.amount is None:
            return None
        return stated(self.amount, self.step, POUNDS, self.row)


@dataclass(frozen=True)
class Provider:
    """Who provides what under an agreement."""

    organisation: Choice
    service: str
    status: str
    starts: PartialDate | None
    ends: PartialDate | None
    row: RowRef


@dataclass(frozen=True)
class Note:
    """A sentence about an agreement."""

    kind: str
    text: str
    row: RowRef


@dataclass(frozen=True)
class Variation:
    """A change of an agreement's terms."""

    varied: PartialDate | None
    reason: str
    change: str
    row: RowRef


@dataclass(frozen=True)
class Agreement:
    """An agreement or a schedule of one, whose slug `parent` then is."""

    slug: str
    title: str
    kind: str
    is_section_75: bool
    parent: str
    client_group: str
    arrangement: str
    host: Choice
    parties: tuple[Choice, ...]
    starts: PartialDate | None
    ends: PartialDate | None
    is_open_ended: bool
    values: tuple[AgreedValue, ...]
    providers: tuple[Provider, ...]
    notes: tuple[Note, ...]
    variations: tuple[Variation, ...]
    row: RowRef


@dataclass(frozen=True)
class Agreements:
    """Agreements, and the programmes beside them."""

    rows: tuple[Agreement, ...]
    programmes: tuple[Programme, ...] = ()

    def of_client_group(self, client_group: str) -> "Agreements":
        """Those for adults, for children, or for all."""
        return Agreements(tuple(row for row in self.rows if row.client_group == client_group))

    def named(self, *slugs: str) -> "Agreements":
        """Those of these slugs."""
        return Agreements(tuple(row for row in self.rows if row.slug in slugs))


def gather_agreements(
    agreements: QuerySet[models.Agreement],
    programmes: QuerySet[models.Programme] | None = None,
) -> Agreements:
    """These agreements and programmes with all their rows; ten queries, whatever their number.

    Both are scoped reads; what hangs on an agreement is read as the agreement is.
    """
    found = (
        agreements.order_by("pk")
        .select_related("host", "parent")
        .prefetch_related(
            "parties",
            Prefetch("values", models.AgreementValue.objects.select_related("organisation")),
            Prefetch("providers", models.AgreementProvider.objects.select_related("provider")),
            "notes",
            "variations",
        )
    )
    return Agreements(
        tuple(map(_agreement, found)),
        () if programmes is None else programme_values(programmes),
    )


def _agreement(row: models.Agreement) -> Agreement:
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
        notes=tuple(Note(each.kind, each.text, _ref(row, each)) for each in row.notes.all()),
        variations=tuple(
            Variation(each.varied or None, each.reason, each.change, _ref(row, each))
            for each in row.variations.all()
        ),
        row=RowRef("governance.agreement", row.slug, row.slug, row.title),
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
    )


def _provider(agreement: models.Agreement, row: models.AgreementProvider) -> Provider:
    return Provider(
        organisation=_organisation(row.provider),
        service=row.service,
        status=row.status,
        starts=row.starts or None,
        ends=row.ends or None,
        row=_ref(agreement, row),
    )


def _organisation(row: Any) -> Choice:
    return Choice(row.key, row.name) if row else NOT_STATED


def _ref(agreement: models.Agreement, row: Any) -> RowRef:
    return RowRef(row._meta.label_lower, agreement.slug, row.ref, f"{agreement.title}: {row}")


def values_of(
    agreements: Iterable[Agreement],
    measure: str,
    year: Period | None = None,
    *,
    of_parties: bool = False,
) -> Sequence[AgreedValue]:
    """Amounts of a measure in a year, or in any: those of all parties together, or of each."""
    return [
        value
        for agreement in agreements
        for value in agreement.values
        if value.measure == measure
        and year in (None, value.year)
        and of_parties == bool(value.party.key)
    ]
