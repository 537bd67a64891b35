"""A detailed description of each scheme, as the form asks for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bcf.assurance.cuts import Spent, spent
from bcf.assurance.rows import Held
from bcf.assurance.totals import counting, total_line
from bcf.reporting.documents.benefits import scheme_benefits
from bcf.reporting.documents.model import Answer, Block, Fact, Facts, Section, Tabled, Words
from bcf.reporting.documents.money import amounts_of, year_columns
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.schemes import SchemeTree, milestone_table, trees_of
from bcf.reporting.documents.tables import Shown, money_row, row_table, tabled
from bcf.ui.tables import Cell, Column, Row, build_row, build_table
from plans.cycle_definitions import Block as FormBlock
from schemes.models import Scheme


@dataclass(frozen=True)
class Question:
    """A question of the form: its key there, our heading, and the scheme's field.

    What is not asked is said of a scheme where there is something to say.
    """

    key: str
    label: str
    field: str
    is_asked: bool = True


QUESTIONS = (
    Question("description", "Description", "summary"),
    Question("objective", "Strategic objective", "objective"),
    Question("overview", "Overview of the scheme", "overview"),
    Question("delivery-chain", "Delivery chain", "delivery_chain"),
    Question("evidence", "Evidence base", "evidence"),
    Question("investment", "Investment requirements", "investment"),
    Question("impact", "Impact of the scheme", "impact"),
    Question("feedback", "Feedback loop", "feedback_loop"),
    Question("success-factors", "Key success factors", "success_factors"),
    Question("costing", "Assumption behind the cost", "costing_assumption", is_asked=False),
    Question("saving", "Assumption behind the saving", "savings_assumption", is_asked=False),
)


def scheme_descriptions(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """A detailed description of each scheme; of a joint plan, area by area."""
    money = spent(reading.figures)
    areas = [(tree, _sections(reading, form, tree, money)) for tree in trees_of(reading)]
    if not any(sections for _, sections in areas):
        yield Words("No scheme is entered.")
    elif not reading.parts:
        yield from areas[0][1]
    else:
        for tree, sections in areas:
            name = f"Schemes: {reading.area(tree.plan)}"
            yield Section(key=f"schemes-{tree.plan.slug}", heading=name, sections=sections)


def _sections(
    reading: Reading, form: FormBlock, tree: SchemeTree, money: Sequence[Spent]
) -> tuple[Section, ...]:
    """A section for each theme with its schemes in it, and for each scheme of no theme."""
    described = {
        scheme: _description(Described(reading, form, tree, scheme, money))
        for scheme in tree.described()
    }
    made = []
    for scheme in tree.schemes:
        if tree.is_theme(scheme):
            own = (each for each in described if each.parent_id == scheme.pk)
            made.append(_theme(scheme, tuple(described[each] for each in own)))
        elif scheme in described and not tree.has_theme(scheme):
            made.append(described[scheme])
    return tuple(made)


def _theme(scheme: Scheme, sections: tuple[Section, ...]) -> Section:
    return Section(
        key=f"theme-{scheme.plan.slug}-{scheme.ref}",
        heading=f"Theme {scheme}",
        blocks=(Answer(label="Description", question="", text=scheme.summary),),
        sections=sections,
    )


@dataclass(frozen=True)
class Described:
    """A scheme with all that its description is written from."""

    reading: Reading
    form: FormBlock
    tree: SchemeTree
    scheme: Scheme
    money: Sequence[Spent]

    @property
    def key(self) -> str:
        return f"scheme-{self.tree.plan.slug}-{self.scheme.ref}"

    @cached_property
    def family(self) -> list[Scheme]:
        """The scheme and its components."""
        return [self.scheme, *(each for _, each in self.tree.within(self.scheme))]

    def about(self, kind: str) -> list[Held]:
        """The rows of a kind that name the scheme or one of its components."""
        keys = {each.pk for each in self.family}
        return [
            held
            for held in self.reading.held(kind)
            if keys & {found.pk for found in held.row.schemes.all()}
        ]


def _description(what: Described) -> Section:
    texts = {each.key: getattr(what.scheme, each.field) for each in QUESTIONS}
    tables = _tables(what)
    facts = _facts(what.scheme)
    blocks: list[Block] = [Facts(facts)] if facts else []
    for each in QUESTIONS:
        if texts[each.key]:
            label = what.form.column_label(each.key, each.label)
            blocks.append(Answer(label=label, question="", text=texts[each.key]))
        table = tables.get(each.key)
        if table is not None:
            blocks.append(table)
    missing = [
        what.form.column_label(each.key, each.label)
        for each in QUESTIONS
        if each.is_asked and not texts[each.key] and tables.get(each.key) is None
    ]
    if missing:
        blocks.append(Words(f"Not answered: {'; '.join(missing)}."))
    return Section(key=what.key, heading=str(what.scheme), blocks=tuple(blocks))


def _facts(scheme: Scheme) -> tuple[Fact, ...]:
    facts = (
        ("Theme", scheme.theme),
        ("Tier", scheme.tier),
        ("Part of", str(scheme.parent) if scheme.parent else ""),
        ("Lead commissioner", str(scheme.lead_commissioner or "")),
        ("Scheme type", _type(scheme)),
        ("Other names", scheme.other_names),
        ("Described jointly with", scheme.printed_with),
    )
    return tuple(Fact(label, words) for label, words in facts if words)


def _type(scheme: Scheme) -> str:
    types = {each.key: each.label for each in scheme.plan.cycle.definition.scheme_types}
    words = [types.get(scheme.scheme_type, scheme.scheme_type), scheme.type_specified]
    return ": ".join(filter(None, words))


def _tables(what: Described) -> dict[str, Tabled | None]:
    """What belongs to a scheme's answers: by the key of the question, the table under it."""
    benefits, steps, ref = what.about("benefits"), what.about("milestones"), what.scheme.reference
    return {
        "description": _components(what),
        "delivery-chain": _delivery(what),
        "investment": _investment(what),
        "impact": scheme_benefits(
            what.form, benefits, key=f"{what.key}-benefits", caption=f"Benefits of scheme {ref}"
        )
        if benefits
        else None,
        "success-factors": milestone_table(
            what.reading,
            what.form,
            steps,
            f"{what.key}-milestones",
            f"Milestones of scheme {ref}",
            of_one_scheme=len(what.family) == 1,
        )
        if steps
        else None,
    }


def _components(what: Described) -> Tabled | None:
    rows = [
        build_row([each.reference, each.name, each.summary or None], indent=depth - 1)
        for depth, each in what.tree.within(what.scheme)
    ]
    columns = [Column("Ref."), Column("Component", is_row_header=True), Column("What it is")]
    caption = f"Components of scheme {what.scheme.reference}"
    return tabled(build_table(f"{what.key}-components", caption, columns, rows)) if rows else None


def _delivery(what: Described) -> Tabled | None:
    keys = {each.pk for each in what.family}
    held = [each for each in what.reading.held("delivery_links") if each.row.scheme_id in keys]
    if not held:
        return None
    return row_table(
        what.reading,
        what.form,
        f"Delivery chain of scheme {what.scheme.reference}",
        (
            Shown("service-area", "Service area", lambda row: row.service_area or "Whole scheme"),
            Shown("lead", "Commissioning lead", lambda row: row.lead),
            Shown("providers", "Providers", _providers),
            Shown("progress", "Progress", lambda row: row.progress),
        ),
        held,
        key=f"{what.key}-delivery",
        whose=False,
        empty="",
    )


def _providers(row: Any) -> str:
    return ", ".join(each.name for each in row.providers.all())


def _investment(what: Described) -> Tabled | None:
    """The scheme's spend lines with their components, and what counts of them."""
    refs = {each.ref for each in what.family}
    slug = what.tree.plan.slug
    rows = [each for each in what.money if each.row.plan == slug and each.row.scheme.key in refs]
    if not rows:
        return None
    lines = [
        line
        for line in counting(what.reading.figures.all_spend_lines)
        if line.plan == slug and line.scheme.key in refs
    ]
    years = what.reading.summary.years
    whole = money_row(["Total of what counts", ""], amounts_of(total_line(lines, years)))
    table = build_table(
        f"{what.key}-money",
        f"Investment in scheme {what.scheme.reference}",
        [Column("What is bought", is_row_header=True), Column("Provider"), *year_columns(years)],
        [_investment_row(each) for each in rows],
        total=whole if lines else None,
        notes=["A component breaks down the line above it and is not added again."]
        if any(each.is_component for each in rows)
        else [],
    )
    return tabled(table)


def _investment_row(each: Spent) -> Row:
    kind = "" if each.counts else "Component" if each.is_component else "Outside the pool"
    names = [name.label for name in (each.row.provider, each.row.provider_type) if name.key]
    first = Cell(each.row.description, note=kind)
    return money_row([first, names[0] if names else None], amounts_of(each.line), each.is_component)
