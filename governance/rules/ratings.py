"""How a risk is rated, and in which band its rating stands."""

from collections.abc import Mapping
from fractions import Fraction

from bcf.base.spans import Span
from bcf.base.worked import Figure, RowRef


def risk_rating(likelihood: int | None, impact: int | None) -> int | None:
    """Likelihood times impact, 1 to 25; None where one of them is not scored."""
    if likelihood is None or impact is None:
        return None
    return likelihood * impact


def rated(likelihood: int | None, impact: int | None, row: RowRef | None = None) -> Figure | None:
    """The rating with how it was made: likelihood first, as `4 × 3`; None without both."""
    rating = risk_rating(likelihood, impact)
    if rating is None:
        return None
    how = f"{likelihood} × {impact}"
    return Figure(Fraction(rating), Span.exactly(rating), "", how, (row,) if row else ())


def risk_band(rating: int | None, bands: Mapping[str, int]) -> str | None:
    """The band with the highest lower end that the rating reaches; None where it reaches none.

    `bands` gives each band's lower end: `{"low": 1, "medium": 6, "high": 15}` puts 12 in
    `medium`. A risk that is not scored stands in no band. The bands are whoever's they are,
    a plan's or a reader's: neither planning template says any.
    """
    if rating is None:
        return None
    reached = [band for band, lower_end in bands.items() if rating >= lower_end]
    return max(reached, key=lambda band: bands[band], default=None)
