"""Checks of schemes: their descriptions, their components, and their money."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from bcf.assurance.benefits import Benefit
from bcf.assurance.checks import components
from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import all_of, few_of
from bcf.assurance.checks.record import Record, SchemeRow
from bcf.assurance.figures import SpendLine
from plans.cycle_definitions import CheckRule
from plans.cycle_definitions.template import Column

LINES = "schemes.spendline"
DESCRIPTIONS = "scheme-descriptions"
# The form's headings of a description, by the key of each, and the field that answers it.
ASKED = {
    "objective": "objective",
    "overview": "overview",
    "delivery-chain": "delivery_chain",
    "evidence": "evidence",
    "investment": "investment",
    "impact": "impact",
    "feedback": "feedback_loop",
    "success-factors": "success_factors",
}
# The fields that rows of a component answer for the scheme too.
ANSWERED_BY_COMPONENTS = ("delivery_chain", "success_factors")


Key = tuple[str, str]


@dataclass(frozen=True)
class Tree:
    """The schemes of a plan and of its parts, each by whose it is and its ref."""

    plan: str
    schemes: tuple[SchemeRow, ...]

    @cached_property
    def _parents(self) -> dict[Key, Key | None]:
        """Of each scheme what it is part of: of the same plan, else of the joint plan."""
        known = {_key(each) for each in self.schemes}
        return {
            _key(each): next(
                (
                    key
                    for owner in (each.owner, self.plan)
                    if (key := (owner, each.parent)) in known
                ),
                None,
            )
            for each in self.schemes
        }

    @cached_property
    def _by_key(self) -> dict[Key, SchemeRow]:
        return {_key(each): each for each in self.schemes}

    def above(self, scheme: SchemeRow) -> SchemeRow | None:
        """The scheme that it is part of, if any."""
        key = self._parents[_key(scheme)]
        return self._by_key[key] if key else None

    def all_above(self, scheme: SchemeRow) -> Iterator[SchemeRow]:
        """The scheme that it is part of, the one that this is part of, and so on."""
        if above := self.above(scheme):
            yield above
            yield from self.all_above(above)

    @cached_property
    def _components(self) -> dict[Key, list[SchemeRow]]:
        found: dict[Key, list[SchemeRow]] = {}
        for each in self.schemes:
            for above in self.all_above(each):
                found.setdefault(_key(above), []).append(each)
        return found

    def within(self, scheme: SchemeRow) -> list[SchemeRow]:
        """The components of a scheme, and theirs."""
        return self._components.get(_key(scheme), [])

    @staticmethod
    def is_theme(scheme: SchemeRow) -> bool:
        """Whether a scheme is nothing but the theme that others stand under."""
        return not scheme.parent and scheme.name == scheme.theme

    def described(self) -> list[SchemeRow]:
        """The schemes that a form describes one by one: what is no theme and no component."""
        return [
            each
            for each in self.schemes
            if not self.is_theme(each) and (not (up := self.above(each)) or self.is_theme(up))
        ]


def description_incomplete(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Each scheme is described as the form asks; lines and benefits answer for their fields."""
    asked = _asked(record)
    if not asked:
        return
    tree = Tree(record.slug, record.schemes)
    groups: dict[tuple[str, tuple[str, ...]], list[SchemeRow]] = {}
    for scheme in tree.described():
        missing = tuple(
            each.key for each in asked if not _is_answered(record, tree, scheme, ASKED[each.key])
        )
        if missing:
            groups.setdefault((scheme.owner, missing), []).append(scheme)
    for (owner, missing), schemes in groups.items():
        one = len(missing) == 1
        labels = all_of(f"“{each.label}”" for each in asked if each.key in missing)
        yield Finding(
            rule.key,
            Severity.WARNING,
            _told(
                record,
                owner,
                f"{labels} {'is' if one else 'are'} not filled in for {_named(schemes)}. Fill "
                f"{'it' if one else 'them'} in.",
            ),
            f"{len(asked) - len(missing)} of {len(asked)} headings",
            f"all {len(asked)} headings",
            Mend.row(schemes[0].row, ASKED[missing[0]]),
            record.area(owner),
            tuple(each.row for each in schemes),
        )


def _asked(record: Record) -> list[Column]:
    """The headings under which the plan's form has each scheme described, in its order."""
    blocks = record.cycle.template(record.form).blocks()
    columns = [column for each in blocks if each.key == DESCRIPTIONS for column in each.columns]
    return [each for each in columns if each.key in ASKED]


def _is_answered(record: Record, tree: Tree, scheme: SchemeRow, name: str) -> bool:
    family = [scheme, *tree.within(scheme)]
    said = family if name in ANSWERED_BY_COMPONENTS else [scheme]
    if any(name not in each.blank for each in said):
        return True
    own = set(map(_key, family))
    if name == "investment":
        return any((each.plan, each.scheme.key) in own for each in record.money.all_spend_lines)
    return name == "impact" and any(
        (each.row.owner, of.key) in own for each in record.benefits.rows for of in each.schemes
    )


def _key(scheme: SchemeRow) -> Key:
    return scheme.owner, scheme.ref


def _named(schemes: Sequence[SchemeRow]) -> str:
    if len(schemes) == 1:
        return f"scheme {schemes[0].title}"
    return f"{len(schemes)} schemes: {few_of(each.title for each in schemes)}"


def unfunded(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Each scheme has money in some year: its own, its components’, or what it is part of."""
    if not record.schemes:
        return
    lines = record.money.all_spend_lines
    named = [each for each in lines if each.scheme.key]
    if not named:
        yield _unnamed(record, rule.key, record.slug, len(lines))
        return
    tree = Tree(record.slug, record.schemes)
    paid = {(each.plan, each.scheme.key) for each in named if each.amount is None or each.amount}
    groups: dict[str, list[SchemeRow]] = {}
    for scheme in _unpaid(tree, paid):
        groups.setdefault(scheme.owner, []).append(scheme)
    for owner, schemes in groups.items():
        own = [each for each in lines if each.plan == owner]
        if own and not any(each.scheme.key for each in own):
            yield _unnamed(record, rule.key, owner, len(own))
        else:
            is_open = not all(each.scheme.key for each in own)
            yield _without_money(record, rule.key, schemes, is_open)
    yield from _outside_the_pool(record, rule.key)


def _outside_the_pool(record: Record, code: str) -> Iterator[Finding]:
    """Schemes whose money is all outside the pool, though the plan counts their benefits."""
    for scheme in record.schemes:
        lines = [
            each
            for each in record.money.all_spend_lines
            if (each.plan, each.scheme.key) == (scheme.owner, scheme.ref)
        ]
        benefits = [
            each
            for each in record.benefits.chosen(scheme=scheme.ref).rows
            if each.row.owner == scheme.owner and each.reduction
        ]
        if benefits and lines and not any(each.in_pool for each in lines):
            yield _counted_outside(record, code, scheme, lines, benefits)


def _counted_outside(
    record: Record,
    code: str,
    scheme: SchemeRow,
    lines: Sequence[SpendLine],
    benefits: Sequence[Benefit],
) -> Finding:
    money = all_of(
        f"{each.figure.words} in {each.year.label}" for each in lines if each.figure is not None
    )
    counted = all_of(
        f"{each.reduction.words} fewer in {each.year.label}" for each in benefits if each.reduction
    )
    return Finding(
        code,
        Severity.NOTE,
        _told(
            record,
            scheme.owner,
            f"The money of scheme {scheme.title}, {money}, is outside the pool, but what it should "
            f"bring, {counted}, counts in the plan’s benefits. Check that this is meant.",
        ),
        mend=_mend(lines[0], "in_pool"),
        area=record.area(scheme.owner),
        rows=(scheme.row, *(each.row for each in benefits)),
    )


def _unpaid(tree: Tree, paid: Set[Key]) -> Iterator[SchemeRow]:
    """Schemes that no money covers, without their components; a theme of parts is told by those."""

    def is_unpaid(scheme: SchemeRow) -> bool:
        covering = (scheme, *tree.within(scheme), *tree.all_above(scheme))
        return not any(_key(each) in paid for each in covering)

    for scheme in tree.schemes:
        above = tree.above(scheme)
        is_told = above is not None and above.owner == scheme.owner and is_unpaid(above)
        is_of_parts = any(each.owner != scheme.owner for each in tree.within(scheme))
        if is_unpaid(scheme) and not is_told and not is_of_parts:
            yield scheme


def _unnamed(record: Record, code: str, owner: str, lines: int) -> Finding:
    """The finding that schemes were not held against lines, since none says of which it is."""
    why = "no spend line is entered. Enter the lines, and the scheme of each"
    if lines == 1:
        why = "the only spend line does not name its scheme. Choose it"
    elif lines:
        why = f"none of the {lines} spend lines names its scheme. Choose the scheme of each"
    return Finding(
        code,
        Severity.NOT_CHECKED,
        _told(record, owner, f"It was not checked that every scheme has money, because {why}."),
        mend=Mend(LINES, owner),
        area=record.area(owner),
    )


def _without_money(
    record: Record, code: str, schemes: Sequence[SchemeRow], is_open: bool
) -> Finding:
    """`is_open` where a line names no scheme, which may be what pays for one of these."""
    one, owner = len(schemes) == 1, schemes[0].owner
    instead = f", or choose {'it' if one else 'them'} on a line that names no scheme"
    return Finding(
        code,
        Severity.WARNING,
        _told(
            record,
            owner,
            f"No money is planned in any year for {_named(schemes)}. Add a spend line for "
            f"{'it' if one else 'each'}{instead if is_open else ''}.",
        ),
        "£0",
        "a spend line in some year",
        Mend(LINES, owner),
        record.area(owner),
        tuple(each.row for each in schemes),
    )


def _told(record: Record, owner: str, sentence: str) -> str:
    """A sentence with the area that it is about before it."""
    area = record.area(owner)
    return f"{area}: {sentence[0].lower()}{sentence[1:]}" if area else sentence


def _mend(line: SpendLine, field: str = "") -> Mend:
    return Mend(LINES, line.plan, line.ref, field, line.description)


EVERY: Mapping[str, Callable[[Record, CheckRule], Iterable[Finding]]] = {
    "scheme.description-incomplete": description_incomplete,
    "scheme.components-differ": components.components_differ,
    "scheme.unfunded": unfunded,
}
