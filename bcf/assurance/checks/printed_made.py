"""What a printed figure should equal: finer figures, the same one elsewhere, or rows.

Each measure that plans print has its rule here. What a measure is made of follows from the
cycle's definition (sources, totals, minimums, payments) and from the plan's own rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bcf.assurance.benefits import Benefits, reduction, share_of_reduction, total_saving
from bcf.assurance.checks.record import Record
from bcf.assurance.figures import Printed
from bcf.assurance.printed import CONTRIBUTIONS, DIMENSIONS, SPEND, PrintedTables
from bcf.assurance.sums import contributions_added, held, sources_of, spend_added
from bcf.base.worked import POUNDS, Figure, RowRef, added, negative, percent_of, times
from bcf.periods import NOT_STATED, Period

# The dimensions, one or two together, along which a printed total may be told apart.
ALONG = {
    ("plan",): "the areas",
    ("theme",): "the themes",
    ("line",): "the lines",
    ("source",): "the funding sources",
    ("scheme",): "the schemes",
    ("metric",): "the metrics",
    ("site",): "the sites",
    ("theme", "line"): "the lines of all themes",
}
FUNDING = "the funding"
SAME = "the same figure"
ONE = (FUNDING, SAME)
CHANGES = ("total-change", "two-year-change")
AT_RISK = ("pay-for-performance-amount", "payment-for-performance-at-risk")
WHOLE_POOL = ("allocation", "pool-opening-value")


@dataclass(frozen=True)
class Other:
    """What a printed figure is held against: what it is in words, the figure, and its places.

    `is_one` where it is one figure, which is so much, and not several that come to it.
    """

    words: str
    figure: Figure
    places: tuple[str, ...] = ()
    is_one: bool = False


@dataclass(frozen=True)
class Book:
    """A plan's record with its printed tables, and where its rows stand."""

    record: Record
    tables: PrintedTables
    places: Mapping[RowRef, str]

    def of_rows(self, words: str, figure: Figure | None, is_one: bool = False) -> Iterator[Other]:
        """A figure of rows, with the places where they stand."""
        if figure is not None:
            places = dict.fromkeys(filter(None, (self.places.get(row) for row in figure.rows)))
            yield Other(words, figure, tuple(places), is_one)

    def worked(self, figure: Figure | None) -> Iterator[Other]:
        """A figure that is said by how it was worked out."""
        return self.of_rows(figure.how if figure else "", figure, is_one=True)

    def of_printed(self, words: str, figures: Iterable[Printed]) -> Iterator[Other]:
        """Printed figures added, with the places where they stand."""
        found = list(figures)
        whole = added(each.figure for each in found)
        if whole is not None:
            places = dict.fromkeys(each.place for each in found)
            yield Other(words, whole, tuple(places), is_one=words in ONE)

    def whole_spend(self, year: Period, plan: str) -> Figure | None:
        """All that counts of a plan's spend in a year."""
        if (year, plan) not in self._spent:
            self._spent[year, plan] = spend_added(self.record.money, year, of=plan)
        return self._spent[year, plan]

    @cached_property
    def _spent(self) -> dict[tuple[Period, str], Figure | None]:
        return {}

    @cached_property
    def totals(self) -> frozenset[str]:
        """The measures that are totals of funding."""
        return frozenset(each.key for each in self.record.cycle.funding_totals)

    @cached_property
    def minimums(self) -> frozenset[str]:
        """The measures that are published minimums, or what the plan states against one."""
        rules = [each.key for each in self.record.cycle.requirement_rules]
        return frozenset(f"{key}-{each}" for key in rules for each in ("minimum", "actual"))


def others(book: Book, alike: Iterable[Printed]) -> Iterator[Other]:
    """All that a figure should equal, wherever it is printed alike."""
    each, *more = alike
    for printed in (each, *more):
        for along, finer in book.tables.every_finer(printed).items():
            if along in ALONG and len(finer) > 1:
                yield from book.of_printed(ALONG[along], finer)
        yield from _same_elsewhere(book, printed)
    for fits, make in MADE:
        if fits(book, each):
            yield from make(book, each)


def _same_elsewhere(book: Book, printed: Printed) -> Iterator[Other]:
    """The same figure where it is first printed, in another table."""
    about = dict(zip(DIMENSIONS, book.tables.about(printed), strict=True))
    first = book.tables.alike(printed.measure, printed.year, **about)[0]
    if first.table != printed.table:
        yield from book.of_printed(SAME, [first])


# What each measure is made of.


def _spend(book: Book, printed: Printed) -> Iterator[Other]:
    """Spend against its lines, and where it is not told apart, against what pays for it."""
    record, year = book.record, printed.year
    sources = sources_of(record.cycle, printed.source) if printed.source else ()
    lines = spend_added(
        record.money,
        year,
        of=printed.plan,
        theme=printed.theme,
        line=printed.line,
        scheme=printed.scheme,
        sources=sources,
    )
    yield from book.of_rows("its spend lines", lines)
    if not (printed.theme or printed.line or printed.scheme):
        yield from _funding(book, printed, sources)


def _funding(book: Book, printed: Printed, sources: Iterable[str]) -> Iterator[Other]:
    """The funding of a year, as it is printed, else as the contributions add up."""
    wanted = tuple(sources)
    of_all = [each.key for each in book.record.cycle.funding_totals if not wanted]
    for key in reversed(of_all):
        if found := book.tables.find(key, printed.year, plan=printed.plan):
            yield from book.of_printed(FUNDING, [found])
            return
    listed = [
        each
        for each in book.tables.figures
        if each.measure == CONTRIBUTIONS
        and (each.plan, each.year) == (printed.plan, printed.year)
        and each.source in wanted
    ]
    if listed:
        yield from book.of_printed(FUNDING, listed)
        return
    paid = contributions_added(book.record.money, printed.year, sources=wanted, of=printed.plan)
    yield from book.of_rows("its contributions", paid)


def _contributions(book: Book, printed: Printed) -> Iterator[Other]:
    sources = sources_of(book.record.cycle, printed.source) if printed.source else ()
    paid = contributions_added(
        book.record.money,
        printed.year,
        sources=sources,
        sub_source=printed.sub_source,
        of=printed.plan,
    )
    yield from book.of_rows("its contributions", paid)


def _funding_total(book: Book, printed: Printed) -> Iterator[Other]:
    """A total over sources: of the contributions, and of the printed figures that it adds."""
    cycle = book.record.cycle
    total = next(each for each in cycle.funding_totals if each.key == printed.measure)
    sources = sources_of(cycle, total.key)
    paid = contributions_added(book.record.money, printed.year, sources=sources, of=printed.plan)
    yield from book.of_rows("its contributions", paid)
    adds = [key for each in total.adds for key in _as_printed(book, each)]
    found = [_printed_part(book, printed, key) for key in adds]
    if all(found):
        yield from book.of_printed("the funding sources", [each for part in found for each in part])


def _as_printed(book: Book, key: str) -> Iterable[str]:
    """A total stands for itself, where it is printed; a group for its sources."""
    return (key,) if key in book.totals else sources_of(book.record.cycle, key)


def _printed_part(book: Book, printed: Printed, key: str) -> list[Printed]:
    return [
        each
        for each in book.tables.figures
        if (each.plan, each.year) == (printed.plan, printed.year)
        and (each.measure == key or (each.measure == CONTRIBUTIONS and each.source == key))
    ]


def _of_source(book: Book, printed: Printed) -> Iterator[Other]:
    """An allocation that names its source, against the contributions of that source."""
    yield from _contributions(book, printed)


def _pool(book: Book, printed: Printed) -> Iterator[Other]:
    """What is called the whole pool, against the stated pool, else the contributions."""
    money = book.record.money
    pools = [each.key for each in book.record.cycle.requirement_rules if each.is_total_pool]
    stated = (held(money, key, printed.year, of=printed.plan).actual for key in pools)
    whole = next(filter(None, stated), None)
    paid = contributions_added(money, printed.year, of=printed.plan)
    yield from book.of_rows("the pool", whole or paid, is_one=True)


def _minimum(book: Book, printed: Printed) -> Iterator[Other]:
    rule, which = printed.measure.rsplit("-", 1)
    found = held(book.record.money, rule, printed.year, of=printed.plan)
    figure = found.minimum if which == "minimum" else found.actual
    is_one = figure is not None and len(figure.rows) == 1
    words = "the amount that is entered" if is_one else "the amounts of the areas"
    yield from book.of_rows(words, figure, is_one)


def _kin_of_minimum(book: Book, printed: Printed) -> Iterator[Other]:
    """An amount named after a published minimum, against what the plan states of that."""
    for each in book.record.money.all_requirements:
        is_of = printed.measure.startswith(f"{each.rule.key}-") and each.plan == printed.plan
        if is_of and printed.year in (NOT_STATED, each.year):
            words = f"what the plan states of “{each.rule.label}”"
            yield from book.of_rows(words, each.actual_figure, is_one=True)


def _share_of_pool(book: Book, printed: Printed) -> Iterator[Other]:
    money, year = book.record.money, printed.year
    own = spend_added(money, year, of=printed.plan, scheme=printed.scheme)
    whole = book.whole_spend(year, printed.plan)
    if own and whole:
        share = percent_of(own, whole)
        yield from book.worked(share)


def _benefits(book: Book, printed: Printed, year: Period | None) -> Benefits:
    return book.record.benefits.chosen(scheme=printed.scheme, metric=printed.metric, year=year)


def _share_of_reduction(book: Book, printed: Printed) -> Iterator[Other]:
    together = book.record.benefits.chosen(metric=printed.metric, year=printed.year)
    share = share_of_reduction(together, _benefits(book, printed, printed.year))
    yield from book.worked(share)


def _change(book: Book, printed: Printed) -> Iterator[Other]:
    if printed.line:
        return
    year = None if printed.measure == "two-year-change" else printed.year
    reduced = reduction(_benefits(book, printed, year))
    yield from book.of_rows("the benefits", reduced and negative(reduced))


def _saving(book: Book, printed: Printed) -> Iterator[Other]:
    if printed.line:
        return
    year = None if printed.year == NOT_STATED else printed.year
    yield from book.of_rows("the benefits", total_saving(_benefits(book, printed, year)))


def _at_risk(book: Book, printed: Printed) -> Iterator[Other]:
    """Money at risk against the planned reduction at the plan's own price of a case."""
    reduced = reduction(_cases(book, printed))
    price = _price(book, printed)
    if reduced and price:
        yield from book.worked(times(reduced, price))


def _cases(book: Book, printed: Printed) -> Benefits:
    """The benefits in the metric that is paid for."""
    paid_for = {each.metric for each in book.record.cycle.payments}
    metric = printed.metric or (paid_for.pop() if len(paid_for) == 1 else "")
    return book.record.benefits.chosen(metric=metric or "none", year=printed.year)


def _price(book: Book, printed: Printed) -> Figure | None:
    prices = {each.unit_price: each.price for each in _cases(book, printed).rows if each.price}
    return next(iter(prices.values())) if len(prices) == 1 else None


def _saving_of_site(book: Book, printed: Printed) -> Iterator[Other]:
    """The saving of a site against its own change at the plan's price of a case."""
    change = book.tables.find(
        "change-by-site",
        printed.year,
        printed.table,
        plan=printed.plan,
        metric=printed.metric,
        site=printed.site,
    )
    price = _price(book, printed)
    if change and price:
        yield from book.worked(times(negative(change.figure), price))


Fits = Callable[[Book, Printed], bool]
Make = Callable[[Book, Printed], Iterator[Other]]


def _is(*measures: str) -> Fits:
    return lambda book, printed: printed.measure in measures


def _is_total(book: Book, printed: Printed) -> bool:
    return printed.measure in book.totals


def _is_minimum(book: Book, printed: Printed) -> bool:
    return printed.measure in book.minimums


def _is_of_source(book: Book, printed: Printed) -> bool:
    return bool(printed.source) and printed.measure not in (SPEND, CONTRIBUTIONS)


def _is_kin(book: Book, printed: Printed) -> bool:
    return not _is_minimum(book, printed) and printed.figure.unit == POUNDS


MADE: tuple[tuple[Fits, Make], ...] = (
    (_is(SPEND), _spend),
    (_is(CONTRIBUTIONS), _contributions),
    (_is_total, _funding_total),
    (_is_of_source, _of_source),
    (_is(*WHOLE_POOL), _pool),
    (_is_minimum, _minimum),
    (_is_kin, _kin_of_minimum),
    (_is("share-of-pool"), _share_of_pool),
    (_is("share-of-reduction"), _share_of_reduction),
    (_is(*CHANGES), _change),
    (_is("total-saving"), _saving),
    (_is(*AT_RISK), _at_risk),
    (_is("saving-by-site"), _saving_of_site),
)
