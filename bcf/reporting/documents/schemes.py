"""The schemes: their list, their milestones, and what they contribute to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bcf.assurance.rows import Held
from bcf.reporting.documents.model import Tabled
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import Shown, row_table, tabled
from bcf.ui.tables import Cell, Column, build_row, build_table
from plans.cycle_definitions import Block as FormBlock
from plans.models import Plan
from schemes.models import Scheme


@dataclass(frozen=True)
class SchemeTree:
    """The schemes of one plan: themes that only group, schemes, and components within them."""

    plan: Plan
    schemes: Sequence[Scheme]

    def children(self, scheme: Scheme) -> list[Scheme]:
        return [each for each in self.schemes if each.parent_id == scheme.pk]

    def is_theme(self, scheme: Scheme) -> bool:
        """Whether a scheme is nothing but the theme that others stand under."""
        return scheme.parent_id is None and scheme.name == scheme.theme

    def described(self) -> list[Scheme]:
        """The schemes that the form describes one by one: what is no theme and no component."""
        themes = {each.pk for each in self.schemes if self.is_theme(each)}
        own = {each.pk for each in self.schemes}
        return [
            each
            for each in self.schemes
            if each.pk not in themes and (each.parent_id in themes or each.parent_id not in own)
        ]

    def has_theme(self, scheme: Scheme) -> bool:
        """Whether the scheme stands under a theme of the same plan."""
        return any(each.pk == scheme.parent_id and self.is_theme(each) for each in self.schemes)

    def within(self, scheme: Scheme) -> list[tuple[int, Scheme]]:
        """The components of a scheme in order, each with how deep it lies."""
        return [
            found
            for child in self.children(scheme)
            for found in ((1, child), *((depth + 1, each) for depth, each in self.within(child)))
        ]


def trees_of(reading: Reading) -> list[SchemeTree]:
    """The schemes of the plan and of its parts."""
    return [SchemeTree(plan, reading.rows.of(plan, "schemes")) for plan in reading.family]


def scheme_list(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Every scheme with its reference, components under the scheme that they belong to."""
    rows = []
    linked = _links(reading)
    for tree in trees_of(reading):
        for depth, scheme in _in_order(tree):
            rows.append(
                build_row(
                    [
                        scheme.reference,
                        Cell(scheme.name, note=_about(reading, tree, scheme)),
                        scheme.summary or None,
                        linked.get(scheme.pk) or None,
                    ],
                    indent=depth,
                    emphasis=tree.is_theme(scheme),
                )
            )
    table = build_table(
        form.key,
        "Schemes",
        [
            Column(form.column_label("reference", "Ref.")),
            Column(form.column_label("name", "Scheme"), is_row_header=True),
            Column(form.column_label("description", "What it is")),
            Column(form.column_label("links", "Conditions and metrics")),
        ],
        rows,
        empty="No scheme is entered.",
    )
    yield tabled(table)


def _about(reading: Reading, tree: SchemeTree, scheme: Scheme) -> str:
    """The area of a scheme in a joint plan, and its theme."""
    area = reading.area(tree.plan) if reading.parts else ""
    theme = "" if tree.is_theme(scheme) else scheme.theme
    return "; ".join(filter(None, (area, theme)))


def _in_order(tree: SchemeTree) -> Iterator[tuple[int, Scheme]]:
    own = {each.pk for each in tree.schemes}
    for scheme in tree.schemes:
        if scheme.parent_id not in own:
            yield 0, scheme
            yield from tree.within(scheme)


def _links(reading: Reading) -> dict[int, str]:
    """The conditions and metrics to which schemes are linked, by the key of the scheme."""
    found: dict[int, list[str]] = {}
    for held in reading.held("scheme_conditions"):
        found.setdefault(held.row.scheme_id, []).append(held.row.condition_label)
    for held in reading.held("scheme_metrics"):
        found.setdefault(held.row.scheme_id, []).append(held.row.metric.name)
    words = {pk: "; ".join(dict.fromkeys(names)) for pk, names in found.items()}
    for held in reading.held("schemes"):
        if held.row.links_in_words and held.row.pk not in words:
            words[held.row.pk] = held.row.links_in_words
    return words


def scheme_contributions(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Which scheme is meant to move which metric."""
    held = reading.held("scheme_metrics")
    metrics = list(dict.fromkeys(each.row.metric for each in held))
    linked = {(each.row.scheme_id, each.row.metric_id) for each in held}
    schemes = [
        Held(tree.plan, each)
        for tree in trees_of(reading)
        for each in tree.schemes
        if any(scheme == each.pk for scheme, _ in linked)
    ]
    table = build_table(
        form.key,
        "Which scheme is meant to move which metric",
        [Column("Scheme", is_row_header=True), *(Column(metric.name) for metric in metrics)],
        [
            build_row(
                [
                    Cell(str(each.row), note=reading.area(each.plan) if reading.parts else ""),
                    *("Yes" if (each.row.pk, m.pk) in linked else "–" for m in metrics),
                ]
            )
            for each in schemes
        ],
        empty="No scheme is linked to a metric.",
    )
    yield tabled(table)


def milestones(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """What will be done by when."""
    yield milestone_table(reading, form, reading.held("milestones"), form.key, "Milestones")


def milestone_table(
    reading: Reading,
    form: FormBlock,
    held: Sequence[Held],
    key: str,
    caption: str,
    *,
    of_one_scheme: bool = False,
) -> Tabled:
    """Milestones with their group, schemes and dates."""
    about = () if of_one_scheme else (Shown("scheme", "Scheme", _schemes, optional=True),)
    return row_table(
        reading,
        form,
        caption,
        (
            Shown("milestone", "Milestone", _milestone),
            Shown("group", "Group", lambda row: row.group, optional=True),
            *about,
            Shown("when", "When", lambda row: row.when or _year(row)),
            Shown("done", "Done on", lambda row: row.done_on and f"{row.done_on:%d %B %Y}"),
        ),
        held,
        key=key,
        whose=not of_one_scheme,
        empty="No milestone is entered.",
    )


def _milestone(row: Any) -> str:
    return f"{row.printed_ref} {row.title}".strip()


def _schemes(row: Any) -> str:
    return ", ".join(scheme.reference for scheme in row.schemes.all())


def _year(row: Any) -> str:
    label = str(row.financial_year.label)
    return "" if label == "not stated" else label


def costing_assumptions(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """The basis of each scheme's cost and saving."""
    held = [
        each
        for each in reading.held("schemes")
        if each.row.costing_assumption or each.row.savings_assumption
    ]
    yield row_table(
        reading,
        form,
        "Assumptions behind costs and savings",
        (
            Shown("scheme", "Scheme", str),
            Shown("cost", "Cost", lambda row: row.costing_assumption),
            Shown("saving", "Saving", lambda row: row.savings_assumption),
        ),
        held,
        empty="No assumption is entered.",
    )
