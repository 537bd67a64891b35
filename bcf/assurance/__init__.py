"""One plan's figures, gathered once: totals, summary, checks. This room has no models."""
