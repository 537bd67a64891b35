"""Rules of governance over plain values: how risks are rated and their
cost is shared, and what was agreed when."""

from governance.rules.ratings import rated, risk_band, risk_rating
from governance.rules.risk_share import (
    Division,
    bear_own,
    share_by_percent,
    share_capped,
    share_fixed,
    share_in_proportion,
)
from governance.rules.terms import Terms, terms_on

__all__ = [
    "Division",
    "Terms",
    "bear_own",
    "rated",
    "risk_band",
    "risk_rating",
    "share_by_percent",
    "share_capped",
    "share_fixed",
    "share_in_proportion",
    "terms_on",
]
