"""Unit prices that a plan does not print, worked out of the total savings that it does."""

from collections.abc import Mapping

from bcf.assurance.benefits import Benefit, Benefits, reduction, saving
from bcf.base.worked import POUNDS, Figure, added, divided, less, times
from bcf.periods import Period
from schemes.choices import PriceBasis

Totals = Mapping[tuple[str, Period], Figure]


def derived_prices(benefits: Benefits, totals: Totals) -> dict[str, Figure]:
    """The unit price of each metric that schemes' total savings give, by its key, in pounds.

    `totals` has a scheme's total saving in a year. Less what the scheme saves on metrics whose
    price is known, it is what the scheme saves on the one other metric, and by its reduction the
    price of that. A price found so helps to find the next. A metric of which two schemes give
    different prices, beyond what rounding explains, has none.
    """
    found: dict[str, Figure] = {}
    refused: set[str] = set()
    while True:
        made = _next_prices(benefits, totals, found)
        new = {metric: prices for metric, prices in made.items() if metric not in refused}
        if not new:
            return found
        for metric, prices in new.items():
            if all(prices[0].agrees(each) for each in prices):
                found[metric] = prices[0]
            else:
                refused.add(metric)


def _next_prices(
    benefits: Benefits, totals: Totals, known: Mapping[str, Figure]
) -> dict[str, list[Figure]]:
    made: dict[str, list[Figure]] = {}
    for (scheme, year), total in totals.items():
        own = benefits.chosen(scheme=scheme, year=year)
        left = [row for row in own.rows if _explained(row, known) is None]
        metrics = {_metric(row) for row in left}
        if len(metrics) == 1 and (price := _price_left(own, left, total, known)):
            made.setdefault(metrics.pop(), []).append(price)
    made.pop("", None)
    return made


def _metric(row: Benefit) -> str:
    return row.metrics[0].key if len(row.metrics) == 1 else ""


def _explained(row: Benefit, known: Mapping[str, Figure]) -> Figure | None:
    """What a benefit saves by what is printed of it, or at a price found before."""
    if row.saving is not None or row.price_basis == PriceBasis.PRINTED:
        return saving(row)
    price = known.get(_metric(row))
    return times(row.reduction, price) if row.reduction and price else None


def _price_left(
    own: Benefits, left: list[Benefit], total: Figure, known: Mapping[str, Figure]
) -> Figure | None:
    explained = added(each for row in own.rows if (each := _explained(row, known)))
    rest = less(total, explained) if explained else total
    counted = reduction(Benefits(tuple(left)))
    price = divided(rest, counted, POUNDS) if counted else None
    how = f"({rest.how}) ÷ {counted.words}" if counted else ""
    return price.called(how) if price else None
