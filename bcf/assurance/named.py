"""Whom and what a plan names, as plain values: partners, schemes, signatures and documents."""

from collections.abc import Sequence
from dataclasses import dataclass

from bcf.assurance.figures import Choice
from bcf.base.worked import Figure, RowRef, stated
from plans.models import Plan


@dataclass(frozen=True)
class NamedScheme:
    """A scheme's reference and the place in the document where it stands."""

    reference: str
    place: str
    row: RowRef


@dataclass(frozen=True)
class Signature:
    """Who signs, in which role; nobody yet where the name is empty."""

    role: str
    name: str
    row: RowRef


@dataclass(frozen=True)
class Document:
    """A document that a plan refers to, under the reference that it prints."""

    printed_ref: str
    title: str
    row: RowRef


@dataclass(frozen=True)
class Named:
    """All that a plan names."""

    boards: tuple[Choice, ...]
    councils: tuple[Choice, ...]
    commissioners: tuple[Choice, ...]
    schemes: tuple[NamedScheme, ...]
    signatures: tuple[Signature, ...]
    documents: tuple[Document, ...]
    row: RowRef


def gather_named(plans: Sequence[Plan]) -> dict[str, Named]:
    """What each of these plans names, by slug; seven queries, whatever their number."""
    found = Plan.objects.filter(pk__in=[plan.pk for plan in plans]).prefetch_related(
        "boards__authority", "commissioners", "schemes", "sign_offs", "related_documents"
    )
    return {plan.slug: _named(plan) for plan in found}


def _named(plan: Plan) -> Named:
    boards = list(plan.boards.all())
    return Named(
        boards=tuple(Choice(each.slug, each.name) for each in boards),
        councils=tuple(Choice(each.authority.key, each.authority.name) for each in boards),
        commissioners=tuple(Choice(each.key, each.name) for each in plan.commissioners.all()),
        schemes=tuple(
            NamedScheme(
                each.reference,
                each.citation_place,
                RowRef("schemes.scheme", plan.slug, each.ref, str(each)),
            )
            for each in plan.schemes.all()
        ),
        signatures=tuple(
            Signature(
                each.role,
                each.name,
                RowRef("governance.signoff", plan.slug, each.ref, str(each)),
            )
            for each in plan.sign_offs.all()
        ),
        documents=tuple(
            Document(
                each.printed_ref,
                each.title,
                RowRef("plans.relateddocument", plan.slug, each.ref, str(each)),
            )
            for each in plan.related_documents.all()
        ),
        row=RowRef("plans.plan", plan.slug, plan.slug, plan.title),
    )


def partners(named: Named) -> Figure:
    """The councils and NHS commissioners whose plan it is: `3 councils + 3 NHS commissioners`."""
    councils, nhs = len(set(named.councils)), len(set(named.commissioners))
    figure = stated(councils + nhs, unit="organisations", row=named.row)
    return figure.called(f"{_count(councils, 'council')} + {_count(nhs, 'NHS commissioner')}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def signatories(named: Named) -> list[str]:
    """The people who sign, each once, in whatever number of roles."""
    return list(dict.fromkeys(each.name for each in named.signatures if each.name))


def schemes_at(named: Named, place: str) -> list[NamedScheme]:
    """The schemes that stand in a section of the document, such as `2c`."""
    return [
        scheme
        for scheme in named.schemes
        if any(f"{each.strip()} ".startswith(f"{place} ") for each in scheme.place.split(";"))
    ]


def boards_counted(named: Named) -> Figure:
    """How many boards' areas the plan covers."""
    return stated(len(named.boards), unit="areas", row=named.row)
