"""A plan as its cycle's planning template: the sections of the form, filled from the plan."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from bcf.assurance.attached import Refreshed
from bcf.assurance.money_tables import names_objectives
from bcf.reporting.attached_tables import NOTHING_BESIDE, REFRESHED, refreshed_tables
from bcf.reporting.documents import (
    benefits,
    conditions,
    descriptions,
    expenditure,
    governance,
    metrics,
    money,
    narrative,
    payment,
    schemes,
)
from bcf.reporting.documents.checked import checked
from bcf.reporting.documents.data import version_of
from bcf.reporting.documents.fields import facts_of
from bcf.reporting.documents.known import is_all_unverified, mark_of, mark_of_block
from bcf.reporting.documents.model import Answer, Block, Document, Section, Tabled, Words, numbered
from bcf.reporting.documents.own_headings import own_blocks, own_sections, places_of
from bcf.reporting.documents.reading import Piece, Reading, Writer
from plans.cycle_definitions import BLOCKS, PlanField, Question, Template
from plans.cycle_definitions import Block as FormBlock
from plans.cycle_definitions import Section as FormSection

# What fills each block of a form. A test holds that every block of the definitions is here.
WRITERS: dict[str, Writer] = {
    "authorisation": governance.authorisation,
    "related-documents": narrative.related_documents,
    "population": narrative.populations,
    "milestones": schemes.milestones,
    "governance-structure": governance.governance_structure,
    "scheme-list": schemes.scheme_list,
    "scheme-descriptions": descriptions.scheme_descriptions,
    "scheme-contributions": schemes.scheme_contributions,
    "risk-log": governance.risk_log,
    "risk-share": governance.risk_share,
    "national-conditions": conditions.national_conditions,
    "planning-requirements": conditions.planning_requirements,
    "maturity": governance.maturity,
    "provider-commentary": governance.provider_commentary,
    "funding": money.funding,
    "requirements": money.requirements,
    "expenditure": expenditure.expenditure,
    "spend-by-source": money.spend_by_source,
    "spend-by-theme": money.spend_by_theme,
    "spend-by-objective": money.spend_by_objective,
    "spend-by-part": money.spend_by_part,
    "benefits": benefits.benefits,
    "metrics": metrics.metrics,
    "metric-options": narrative.metric_options,
    "costing-assumptions": schemes.costing_assumptions,
    "payment-for-performance": payment.payment_for_performance,
}
# A Board's paper always has these, whether or not the cycle's form has a place for them.
ALWAYS = (
    "funding",
    "requirements",
    "expenditure",
    "spend-by-theme",
    "spend-by-source",
    "spend-by-part",
    "scheme-list",
    "scheme-descriptions",
    "national-conditions",
    "planning-requirements",
    "risk-log",
    "risk-share",
    "metrics",
    "milestones",
    "authorisation",
)
# Of these, cuts of money that is said to be missing elsewhere are left out where there is none.
CUTS = ("spend-by-theme", "spend-by-source", "spend-by-part")
# And these where the plan has rows of them.
WHERE_STATED = {
    "benefits": "benefits",
    "scheme-contributions": "scheme_metrics",
    "related-documents": "related_documents",
    "population": "populations",
    "governance-structure": "bodies",
    "maturity": "maturity",
    "provider-commentary": "commentaries",
    "metric-options": "metric_options",
}


def planning_template(reading: Reading) -> Document:
    """The plan as a document. What is not answered shows as not answered."""
    plan = reading.plan
    form = reading.cycle.template(plan.template_version)
    sections = numbered(tuple(_all_sections(reading, form)))
    boards = tuple(board.name for board in plan.boards.all())
    status = plan.get_status_display()
    return Document(
        slug=plan.slug,
        title=plan.title,
        cycle=plan.cycle.name,
        cycle_key=plan.cycle.key,
        form=form.label,
        boards=boards,
        status=status,
        is_draft=plan.is_open,
        version=version_of(sections, plan.title, plan.cycle.name, form.label, status, *boards),
        changed_at=reading.changed_at,
        sections=sections,
        noun=plan.words.noun,
        paper=plan.words.paper,
        attached_by=plan.words.attaches_by if reading.base else "",
        attached_to=reading.base.title if reading.base else "",
    )


def _all_sections(reading: Reading, form: Template) -> Iterator[Section]:
    """The summary, the form, the headings of the plan's own, and what neither has a place for."""
    places = places_of(form)
    yield _summary(reading)
    if reading.refreshed is not None:
        yield _refreshed(reading.refreshed)
    for section in form.sections:
        yield _section(reading, section)
    yield from own_sections(reading, places, WRITERS)
    yield from _rest(reading, {*places.blocks, *own_blocks(reading, places)})
    if reading.findings is not None:
        yield checked(reading.findings)


def _summary(reading: Reading) -> Section:
    return Section("summary", "Summary of the money", blocks=_blocks(money.summary(reading)))


def _refreshed(found: Refreshed) -> Section:
    """What a refresh changes of its plan."""
    tables = [Tabled(each) for each in refreshed_tables(found)]
    return Section("refreshed", REFRESHED, blocks=tuple(tables) or (Words(NOTHING_BESIDE),))


def _section(reading: Reading, form: FormSection, *, is_marked: bool = False) -> Section:
    """A section of the form; `is_marked` where a heading above it says what is not verified."""
    pieces = [_titled(piece, form) for piece in _pieces(reading, form)]
    mark = "" if is_marked else mark_of(reading.cycle, form)
    is_marked = is_marked or is_all_unverified(reading.cycle, form)
    return Section(
        key=form.key,
        heading=form.heading,
        number=form.number,
        part=form.part,
        guidance=form.guidance,
        blocks=_blocks(pieces),
        sections=(
            *(piece for piece in pieces if isinstance(piece, Section)),
            *(_section(reading, inner, is_marked=is_marked) for inner in form.subsections),
        ),
        mark=mark,
    )


def _titled(piece: Piece, form: FormSection) -> Piece:
    """An answer whose question has the section's own heading, or number, needs them no twice."""
    if not isinstance(piece, Answer) or piece.label != form.heading:
        return piece
    is_own = not piece.number or piece.number.endswith(form.number or piece.number)
    return replace(piece, label="", number="" if is_own else piece.number)


def _blocks(pieces: Iterable[Piece]) -> tuple[Block, ...]:
    return tuple(piece for piece in pieces if not isinstance(piece, Section))


def _pieces(reading: Reading, form: FormSection) -> Iterator[Piece]:
    """What stands in a section, in its order; facts that follow each other stand together."""
    fields: list[PlanField] = []
    for entry in form.entries:
        if isinstance(entry, PlanField):
            fields.append(entry)
            continue
        if fields:
            yield facts_of(reading, fields)
            fields = []
        if isinstance(entry, Question):
            yield from narrative.answers_to(reading, entry)
        else:
            yield from WRITERS[entry.key](reading, entry)
    if fields:
        yield facts_of(reading, fields)


def _rest(reading: Reading, placed: Container[str]) -> Iterator[Section]:
    """What neither form nor plan has a place for and a Board's paper has all the same."""
    stated = [key for key, kind in WHERE_STATED.items() if reading.held(kind)]
    if any(_has_assumptions(held.row) for held in reading.held("schemes")):
        stated.append("costing-assumptions")
    if names_objectives(reading.summary):
        stated.append("spend-by-objective")
    first = True
    for key in (*ALWAYS, *stated):
        if key in placed:
            continue
        pieces = list(WRITERS[key](reading, FormBlock(key)))
        if pieces and not (key in CUTS and all(map(_is_empty, pieces))):
            yield Section(
                key=f"more-{key}",
                heading=BLOCKS[key].label,
                part="Further parts of this plan" if first else "",
                blocks=_blocks(pieces),
                sections=tuple(piece for piece in pieces if isinstance(piece, Section)),
                mark=mark_of_block(reading.cycle, key),
            )
            first = False


def _is_empty(piece: Piece) -> bool:
    return isinstance(piece, Tabled) and not piece.table.rows


def _has_assumptions(scheme: object) -> bool:
    return bool(
        getattr(scheme, "costing_assumption", "") or getattr(scheme, "savings_assumption", "")
    )
