"""A board's dashboard: one page that a Board member opens before a meeting."""
