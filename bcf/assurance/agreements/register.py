"""The register of agreements as it stood on a day, as a tree by board and client group.

Agreements that start after the day are left out of it and named; those that ended before it stay,
and say so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bcf.assurance.agreements.positions import Position, State, positions_on
from bcf.assurance.agreements.sums import of_all_parties
from bcf.assurance.agreements.values import AgreedValue, Agreement, Agreements, values_of
from bcf.assurance.figures import Choice
from bcf.base.worked import Figure
from bcf.periods import NOT_STATED as YEAR_NOT_STATED
from bcf.periods import FinancialYear, Period
from governance.choices import AgreementKind, ClientGroup, ValueMeasure

# Stands in an address for what an agreement does not state.
UNSTATED = "none"


@dataclass(frozen=True)
class Asked:
    """What a reader asks of the register; what is empty, or None, asks for nothing.

    `board` is a slug, `words` are looked for in titles, purposes, parties and providers. A client
    group or an arrangement may be asked for as `UNSTATED`.
    """

    board: str = ""
    client_group: str = ""
    kind: str = ""
    arrangement: str = ""
    is_section_75: bool | None = None
    state: str = ""
    words: str = ""


@dataclass(frozen=True)
class Line:
    """An agreement in the tree: how deep it stands, and its parent where that is not above it."""

    position: Position
    depth: int
    parent: Choice | None = None

    @property
    def agreement(self) -> Agreement:
        """The agreement as it stood."""
        return self.position.agreement


@dataclass(frozen=True)
class Group:
    """The agreements of a board for one client group, each with its schedules after it."""

    client_group: str
    lines: tuple[Line, ...]

    @property
    def agreements(self) -> Agreements:
        return Agreements(tuple(line.agreement for line in self.lines))


@dataclass(frozen=True)
class Heading:
    """All agreements of a board, or of several boards that share them."""

    boards: tuple[Choice, ...]
    groups: tuple[Group, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def agreements(self) -> Agreements:
        return Agreements(tuple(line.agreement for line in self.lines))


@dataclass(frozen=True)
class Register:
    """The agreements that fit what was asked for; `later` are those that start after the day."""

    day: date
    headings: tuple[Heading, ...]
    later: tuple[Position, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for heading in self.headings for line in heading.lines)

    @property
    def agreements(self) -> Agreements:
        return Agreements(tuple(line.agreement for line in self.lines))

    @property
    def ending(self) -> list[Line]:
        """What ends within twelve months of the day, the earliest first."""
        found = [line for line in self.lines if line.position.state is State.ENDING]
        return sorted(found, key=lambda line: (line.position.days_left, line.agreement.title))

    def by_client_group(self) -> list[tuple[str, Agreements]]:
        """Its agreements by client group, whatever their boards."""
        found = defaultdict(list)
        for line in self.lines:
            found[line.agreement.client_group].append(line.agreement)
        return [(each, Agreements(tuple(found[each]))) for each in sorted(found, key=_group_place)]


def register_on(
    day: date, agreements: Sequence[Agreement], asked: Asked, names: Mapping[str, Choice]
) -> Register:
    """The register as it stood on a day.

    `agreements` are all that the reader may see, those asked for among them; `names` the
    organisations that were once parties.
    """
    every = positions_on(day, agreements, names)
    fitting = [each for each in every if fits(each, asked)]
    shown = [each for each in fitting if not each.is_later]
    titles = {each.agreement.slug: each.agreement.title for each in every if not each.is_later}
    later = sorted((each for each in fitting if each.is_later), key=lambda one: one.agreement.title)
    return Register(day, _headings(shown, titles), tuple(later))


def fits(position: Position, asked: Asked) -> bool:
    """Whether an agreement, as it stood, is one of those asked for."""
    it = position.agreement
    return (
        (not asked.board or any(board.key == asked.board for board in it.boards))
        and _is(it.client_group, asked.client_group)
        and _is(it.kind, asked.kind)
        and _is(it.arrangement, asked.arrangement)
        and asked.is_section_75 in (None, it.is_section_75)
        and _is_in(position.state, asked.state)
        and _mentions(it, asked.words)
    )


def _is(value: str, asked: str) -> bool:
    return not asked or value == ("" if asked == UNSTATED else asked)


def _is_in(state: State, asked: str) -> bool:
    """What ends soon is still in force."""
    return asked in ("", state) or (asked == State.IN_FORCE and state is State.ENDING)


def _mentions(agreement: Agreement, words: str) -> bool:
    """Whether each word occurs in its titles, its purpose, its parties or its providers."""
    if not words:
        return True
    names = [each.label for each in (*agreement.parties, agreement.host)]
    names += [provider.organisation.label for provider in agreement.providers]
    texts = (agreement.title, *agreement.other_titles, agreement.says.get("purpose", ""), *names)
    told = "\n".join(texts).casefold()
    return all(word in told for word in words.casefold().split())


# -- the tree -----------------------------------------------------------------------------


def _headings(shown: Iterable[Position], titles: Mapping[str, str]) -> tuple[Heading, ...]:
    """The agreements by their boards: those of one board before those it shares, by name."""
    found = defaultdict(list)
    for each in shown:
        boards = tuple(sorted(each.agreement.boards, key=lambda board: board.label))
        found[boards].append(each)
    places = sorted(found, key=lambda boards: [board.label for board in boards])
    return tuple(Heading(boards, _groups(found[boards], titles)) for boards in places)


def _groups(shown: Iterable[Position], titles: Mapping[str, str]) -> tuple[Group, ...]:
    found = defaultdict(list)
    for each in shown:
        found[each.agreement.client_group].append(each)
    return tuple(
        Group(group, tuple(_tree(found[group], titles)))
        for group in sorted(found, key=_group_place)
    )


def _tree(shown: Sequence[Position], titles: Mapping[str, str]) -> list[Line]:
    """Each agreement with what is under it after it; what stands nowhere above it comes first.

    An agreement whose parent is in another group, or was not asked for, names it; one that the
    reader may not see is not named.
    """
    here = {each.agreement.slug for each in shown}
    under = defaultdict(list)
    for each in sorted(shown, key=_place):
        parent = each.agreement.parent
        under[parent if parent in here and parent != each.agreement.slug else ""].append(each)

    def lines(above: str, depth: int) -> Iterator[Line]:
        for each in under[above]:
            parent = each.agreement.parent
            is_elsewhere = not depth and parent in titles
            yield Line(each, depth, Choice(parent, titles[parent]) if is_elsewhere else None)
            yield from lines(each.agreement.slug, depth + 1)

    return list(lines("", 0))


def _place(position: Position) -> tuple[int, str]:
    """Overarching agreements first, each kind by title."""
    it = position.agreement
    return (AgreementKind.values.index(it.kind), it.title)


def _group_place(client_group: str) -> int:
    return [*ClientGroup.values, ""].index(client_group)


# -- money --------------------------------------------------------------------------------


def pooled_years(agreements: Iterable[Agreement]) -> list[Period]:
    """The years of which a pooled fund is stated, in order; last, that none is stated."""
    return sorted({value.year for value in values_of(agreements, ValueMeasure.POOLED_FUND)})


def year_shown(years: Iterable[Period], day: date) -> Period:
    """The latest of these years that has begun by a day; else the first of them, or the day's."""
    stated = [year for year in years if isinstance(year, FinancialYear)]
    begun = [year for year in stated if year.starts_on <= day]
    return (begun[-1:] or stated[:1] or [FinancialYear.containing(day)])[0]


@dataclass(frozen=True)
class Pooled:
    """The pooled fund of an agreement in a year, in pounds, and what else is said of it.

    `value` is the row that states it for all parties together; None where it is theirs added, or
    not stated. `elsewhere` is another amount that is stated without a year.
    """

    figure: Figure | None
    value: AgreedValue | None
    elsewhere: AgreedValue | None


def pooled_of(agreement: Agreement, year: Period) -> Pooled:
    """The pooled fund of a year, or without one, beside what is printed otherwise."""
    figure = of_all_parties(agreement, ValueMeasure.POOLED_FUND, year)
    beside = None if year == YEAR_NOT_STATED else _whole(agreement, YEAR_NOT_STATED)
    is_other = beside is not None and beside.amount not in (None, figure and figure.rounded(2))
    return Pooled(figure, _whole(agreement, year), beside if is_other else None)


def _whole(agreement: Agreement, year: Period) -> AgreedValue | None:
    """The row that states the pooled fund of all parties together."""
    return next(iter(values_of([agreement], ValueMeasure.POOLED_FUND, year)), None)
