"""Rules of governance over plain values."""


def risk_rating(likelihood: int | None, impact: int | None) -> int | None:
    """Likelihood times impact, 1 to 25; None where one of them is not scored."""
    if likelihood is None or impact is None:
        return None
    return likelihood * impact
