"""Ratings of risks, and the bands in which they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules import rated, risk_band, risk_rating

BANDS = {"low": 1, "medium": 6, "high": 15}

scores = st.integers(1, 5)


@given(scores, scores)
def test_a_rating_is_likelihood_times_impact(likelihood: int, impact: int) -> None:
    assert risk_rating(likelihood, impact) == likelihood * impact


@given(st.none() | scores)
def test_a_risk_that_is_not_scored_has_no_rating(score: int | None) -> None:
    assert risk_rating(score, None) is None
    assert risk_rating(None, score) is None


@given(scores, scores)
def test_a_rating_says_how_it_was_made(likelihood: int, impact: int) -> None:
    figure = rated(likelihood, impact)
    assert figure is not None
    assert figure.rounded() == risk_rating(likelihood, impact)
    assert figure.how == f"{likelihood} × {impact}"
    assert rated(likelihood, None) is None


@pytest.mark.parametrize(
    ("rating", "band"),
    [
        (1, "low"),
        (5, "low"),
        (6, "medium"),
        (14, "medium"),
        (15, "high"),
        (25, "high"),
        (0, None),
        (None, None),
    ],
)
def test_a_rating_stands_in_the_highest_band_that_it_reaches(
    rating: int | None, band: str | None
) -> None:
    assert risk_band(rating, BANDS) == band
    assert risk_band(rating, dict(reversed(BANDS.items()))) == band


def test_without_bands_a_rating_stands_in_none() -> None:
    assert risk_band(25, {}) is None
