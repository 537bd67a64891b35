"""Rules of governance over plain values: how risks are rated, and how their cost is shared."""

from governance.rules.ratings import rated, risk_band, risk_rating
from governance.rules.risk_share import (
    Division,
    bear_own,
    share_by_percent,
    share_capped,
    share_in_proportion,
)

__all__ = [
    "Division",
    "bear_own",
    "rated",
    "risk_band",
    "risk_rating",
    "share_by_percent",
    "share_capped",
    "share_in_proportion",
]
