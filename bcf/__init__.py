"""Better Care Fund plans: pooled money, schemes, agreements and metrics in one place."""
